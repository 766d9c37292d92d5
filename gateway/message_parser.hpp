#pragma once
// Reads one request from the bytes of a connection straight into a wire::Request, with all checks of the front end on
// the way. Beast takes the message apart; what it lets through and nobody should (see docs/threat-model.md) ends here.
#include "config/config.hpp"
#include "gateway/front_end/framing.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace gateway {

namespace beast = boost::beast;

// The bytes that wait in a buffer.
std::string_view unread(beast::flat_buffer const &buffer);

class MessageParser final : public beast::http::basic_parser<true> {
public:
    enum class Step : unsigned char { more, complete, refused };

    // Both outlive the parser.
    MessageParser(wire::Request &request, config::Limits const &limits);

    // Take from the buffer what belongs to the head, then what belongs to the body. After a refusal the rest of the
    // connection means nothing.
    Step read_head(beast::flat_buffer &buffer);
    // No more of the head will come: what is there of its first line tells which tool the request was meant for.
    void give_up(boost::beast::flat_buffer const &buffer);
    Step read_body(beast::flat_buffer &buffer);

    front_end::Refusal const &refusal() const { return *refusal_; }
    bool has_request_line() const { return version_ != 0; }
    bool is_http_1_0() const { return version_ == 10; }
    bool expects_continue() const { return expects_continue_; }

private:
    using Error = beast::error_code;

    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int version,
                         Error &error) override;
    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value, Error &error) override;
    void on_header_impl(Error &error) override;
    void on_body_init_impl(boost::optional<std::uint64_t> const &length, Error &error) override;
    std::size_t on_body_impl(beast::string_view piece, Error &error) override;
    void on_chunk_header_impl(std::uint64_t size, beast::string_view extensions, Error &error) override;
    std::size_t on_chunk_body_impl(std::uint64_t left, beast::string_view piece, Error &error) override;
    void on_finish_impl(Error &error) override;
    void on_response_impl(int, beast::string_view, int, Error &) override {}

    front_end::Verdict check_field(std::string_view name, std::string_view value);
    front_end::Verdict check_host() const;
    front_end::Verdict check_header() const;
    void guess_target(std::string_view unread);
    void refuse(front_end::Refusal const &refusal, Error &error);
    Error put_some(beast::flat_buffer &buffer);

    wire::Request &request_;
    config::Limits const &limits_;
    std::optional<front_end::Refusal> refusal_;
    front_end::Framing framing_;
    std::string authority_; // of a target in absolute form
    std::string_view authority_port_;
    int version_ = 0;
    std::size_t section_bytes_ = 0; // of the request line, the header fields and the trailers
    std::size_t fields_ = 0;
    unsigned hosts_ = 0, authorizations_ = 0;
    bool expects_continue_ = false, expects_other_ = false, encoded_ = false;
};

} // namespace gateway
