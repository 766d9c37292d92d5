#pragma once
// Where a request's body ends: by one Content-Length or by the one transfer coding "chunked", never by both, and never
// in a form that a proxy in front of us could read in another way.
#include "gateway/front_end/refusal.hpp"

namespace gateway::front_end {

class Framing {
public:
    // Of each such field, in any order.
    void content_length(std::string_view value);
    void transfer_encoding(std::string_view value);

    bool has_body() const { return transfer_encodings_ > 0 || (content_lengths_ > 0 && !zero_); }
    // Once the header section is over. `version`: 10 or 11.
    Verdict check(int version) const;

private:
    unsigned content_lengths_ = 0, transfer_encodings_ = 0;
    bool zero_ = false;          // the Content-Length is 0
    bool plain_number_ = true;   // it is a number without sign, list or leading zero
    bool chunked_ = false;       // the transfer coding is "chunked"
    bool single_coding_ = false; // it is one coding, if one that we do not know
};

} // namespace gateway::front_end
