#include "gateway/front_end/framing.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>

namespace gateway::front_end {

namespace {

bool is_plain_number(std::string_view text) {
    bool const digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    return digits && !text.empty() && text.size() <= 18 && (text == "0" || text.front() != '0');
}

} // namespace

void Framing::content_length(std::string_view value) {
    ++content_lengths_;
    zero_ = value == "0";
    plain_number_ = plain_number_ && is_plain_number(value);
}

void Framing::transfer_encoding(std::string_view value) {
    ++transfer_encodings_;
    chunked_ = wire::same_letters(value, "chunked");
    single_coding_ = wire::is_token(value);
}

Verdict Framing::check(int version) const {
    if (content_lengths_ > 1) return bad_request("more than one Content-Length");
    if (!plain_number_) return bad_request("a Content-Length that is no plain number");
    if (transfer_encodings_ == 0) return {};
    if (content_lengths_ > 0) return bad_request("both Content-Length and Transfer-Encoding");
    if (transfer_encodings_ > 1) return bad_request("more than one Transfer-Encoding");
    if (version < 11) return bad_request("a Transfer-Encoding in HTTP/1.0");
    if (chunked_) return {};
    if (single_coding_) return Refusal{.status = 501, .why = "a transfer coding other than chunked"};
    return bad_request("a Transfer-Encoding other than chunked");
}

} // namespace gateway::front_end
