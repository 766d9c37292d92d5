#include "gateway/message_parser.hpp"

#include "gateway/front_end/fields.hpp"
#include "gateway/front_end/host.hpp"
#include "gateway/front_end/request_line.hpp"

#include <boost/beast/http/error.hpp>

namespace gateway {

using canonical::Code;
using front_end::bad_request, front_end::Refusal, front_end::Verdict;
namespace http = beast::http;

namespace {

constexpr std::size_t first_piece_of_body = 256 * 1024; // is made room for before any of it has come
constexpr std::size_t longest_guess = 256;

constexpr Refusal header_too_large{
    .status = 431, .code = Code::too_large, .why = "too many or too large header fields"};
constexpr Refusal target_too_long{.status = 414, .code = Code::too_large, .why = "the request target is too long"};
constexpr Refusal body_too_large{.status = 413, .code = Code::too_large, .why = "the body is too large"};

Refusal refusal_of(beast::error_code const &error) {
    if (error == http::error::body_limit) return body_too_large;
    if (error == http::error::header_limit) return header_too_large;
    if (error == http::error::bad_version) return bad_request("no version of HTTP that is spoken here");
    if (error == http::error::bad_method || error == http::error::bad_target)
        return bad_request("a malformed request line");
    if (error == http::error::bad_chunk || error == http::error::bad_chunk_extension)
        return bad_request("a malformed chunk");
    if (error == http::error::bad_content_length || error == http::error::multiple_content_length)
        return bad_request("a bad Content-Length");
    if (error == http::error::bad_transfer_encoding) return bad_request("a bad Transfer-Encoding");
    return bad_request("a malformed header");
}

// A field that goes on in the next line: what Beast makes of it does not stand where the value of a plain field would.
bool is_folded(std::string_view name, std::string_view value) {
    auto const *at = name.data() + name.size() + 1; // after the colon; the line ends with CR LF
    while (*at == ' ' || *at == '\t') ++at;
    return at != value.data();
}

// Once it has seen the first line of the last chunk, Beast takes for granted that what follows is no shorter than this.
bool is_part_of_last_chunk(beast::flat_buffer const &buffer) {
    auto const text = unread(buffer);
    return text == "0\r\n" || text == "0\r\n\r";
}

} // namespace

std::string_view unread(beast::flat_buffer const &buffer) {
    auto const bytes = buffer.data();
    return {static_cast<char const *>(bytes.data()), bytes.size()};
}

MessageParser::MessageParser(wire::Request &request, config::Limits const &limits)
    : request_(request), limits_(limits) {
    header_limit(std::uint32_t(limits.header_bytes + 1)); // for one piece; the sum is counted here
    body_limit(limits.body_bytes);
}

MessageParser::Error MessageParser::put_some(beast::flat_buffer &buffer) {
    Error error;
    buffer.consume(put(buffer.data(), error));
    if (error && error != http::error::need_more && !refusal_) refusal_ = refusal_of(error);
    return error;
}

MessageParser::Step MessageParser::read_head(beast::flat_buffer &buffer) {
    if (buffer.size() == 0) return Step::more;
    auto const before = buffer.size();
    put_some(buffer);
    section_bytes_ += before - buffer.size();
    bool const whole = is_header_done();
    if (!refusal_ && section_bytes_ + (whole ? 0 : buffer.size()) > limits_.header_bytes) refusal_ = header_too_large;
    if (refusal_ && !has_request_line()) {
        give_up(buffer);
        if (refusal_->status == 431) refusal_ = target_too_long;
    }
    if (refusal_) return Step::refused;
    return whole ? Step::complete : Step::more;
}

void MessageParser::give_up(beast::flat_buffer const &buffer) {
    if (!has_request_line()) guess_target(unread(buffer));
}

MessageParser::Step MessageParser::read_body(beast::flat_buffer &buffer) {
    while (!is_done()) {
        if (buffer.size() == 0 || (chunked() && is_part_of_last_chunk(buffer))) return Step::more;
        auto const error = put_some(buffer);
        if (refusal_) return Step::refused;
        if (error != http::error::need_more) continue;
        // What waits here is the line before a chunk, or the trailers.
        if (buffer.size() <= limits_.header_bytes) return Step::more;
        refusal_ = header_too_large;
        return Step::refused;
    }
    return Step::complete;
}

// The beginning of a target whose end never came, so that the answer can be in the words of the tool it was meant for.
void MessageParser::guess_target(std::string_view unread) {
    auto const start = unread.find(' ');
    if (start == unread.npos) return;
    request_.method = unread.substr(0, start);
    auto const rest = unread.substr(start + 1);
    request_.target = rest.substr(0, std::min(rest.find_first_of(" ?\r\n"), longest_guess));
}

void MessageParser::refuse(Refusal const &refusal, Error &error) {
    if (!refusal_) refusal_ = refusal;
    error = http::error::bad_value; // whichever: it ends the parsing
}

void MessageParser::on_request_impl(http::verb, beast::string_view method, beast::string_view target, int version,
                                    Error &error) {
    version_ = version;
    request_.method = method;
    auto const located = front_end::read_target(target);
    request_.target = located ? located->path : std::string_view(target.substr(0, longest_guess));
    if (target.size() > limits_.target_bytes) return refuse(target_too_long, error);
    if (auto const verdict = front_end::check_method(method)) return refuse(*verdict, error);
    if (!located) return refuse(bad_request("a request target that is no path"), error);
    if (auto const verdict = front_end::check_target(located->path)) return refuse(*verdict, error);
    if (located->port.empty()) return;
    if (!front_end::is_authority(located->authority))
        return refuse(bad_request("a request target with a bad host"), error);
    authority_ = located->authority;
    authority_port_ = located->port;
}

void MessageParser::on_field_impl(http::field, beast::string_view name, beast::string_view value, Error &error) {
    if (++fields_ > limits_.header_fields) return refuse(header_too_large, error);
    if (is_header_done()) { // a trailer: counted and forgotten
        section_bytes_ += name.size() + value.size() + 4;
        if (section_bytes_ > limits_.header_bytes) refuse(header_too_large, error);
        return;
    }
    if (is_folded(name, value)) return refuse(bad_request("a header field over several lines"), error);
    if (auto const verdict = check_field(name, value)) return refuse(*verdict, error);
    if (front_end::use_of(name) == front_end::Use::passed) request_.headers.add(name, value);
}

Verdict MessageParser::check_field(std::string_view name, std::string_view value) {
    auto const is = [&](std::string_view other) { return wire::same_letters(name, other); };
    if (is("Host") && ++hosts_ > 1) return bad_request("more than one Host");
    if (is("Authorization") && ++authorizations_ > 1) return bad_request("more than one Authorization");
    if (is("Content-Length")) framing_.content_length(value);
    if (is("Transfer-Encoding")) framing_.transfer_encoding(value);
    if (is("Content-Encoding")) encoded_ = encoded_ || !(value.empty() || wire::same_letters(value, "identity"));
    if (is("Expect")) (wire::same_letters(value, "100-continue") ? expects_continue_ : expects_other_) = true;
    return {};
}

Verdict MessageParser::check_host() const {
    if (hosts_ == 0) return bad_request("no Host");
    auto const host = request_.headers.find("Host");
    if (!front_end::is_authority(host)) return bad_request("a bad Host");
    if (!authority_.empty() && !front_end::same_authority(authority_, host, authority_port_))
        return bad_request("a Host that is not that of the request target");
    return {};
}

Verdict MessageParser::check_header() const {
    if (auto const verdict = framing_.check(version_)) return verdict;
    if (auto const verdict = check_host()) return verdict;
    if (expects_other_) return Refusal{.status = 417, .why = "an expectation other than 100-continue"};
    if (encoded_ && framing_.has_body())
        return Refusal{.status = 415, .code = Code::unsupported_type, .why = "a compressed body"};
    return {};
}

void MessageParser::on_header_impl(Error &error) {
    if (auto const verdict = check_header()) refuse(*verdict, error);
}

void MessageParser::on_body_init_impl(boost::optional<std::uint64_t> const &length, Error &) {
    if (length) request_.body.reserve(std::min(std::size_t(*length), first_piece_of_body));
}

std::size_t MessageParser::on_body_impl(beast::string_view piece, Error &) {
    request_.body.append(piece);
    return piece.size();
}

void MessageParser::on_chunk_header_impl(std::uint64_t, beast::string_view extensions, Error &error) {
    if (!extensions.empty()) refuse(bad_request("a chunk extension"), error);
}

std::size_t MessageParser::on_chunk_body_impl(std::uint64_t, beast::string_view piece, Error &error) {
    return on_body_impl(piece, error);
}

void MessageParser::on_finish_impl(Error &) {}

} // namespace gateway
