#pragma once
// One message of a dialect as the message of another, without a server or a network.
#include "dialects/engine/client.hpp"

namespace dialects {

struct Translated {
    std::string text = {}; // as it stands on the wire, line by line
    std::vector<canonical::Loss> losses = {};
};

// A message as people keep it: a start line, fields, an empty line and a body, each line perhaps behind "> " or "< ";
// or a body alone.
struct Message {
    std::string start = {}; // "GET /api/projects HTTP/1.1"; empty for a body alone
    wire::Headers headers = {};
    std::string body = {};

    static Message parse(std::string_view text);
};

// The request of a client of the one as the request to the service of the other. A body alone is that of the operation
// of that name. What is no request of the dialect, or nothing that the service can be asked, is refused.
canonical::Result<Translated> translate_request(Dialect const &from, Client const &to, Message const &message,
                                                std::string_view operation);

// What a service answered to an operation of that name, as records of the model.
canonical::Result<canonical::Reply> read_answer(Client const &from, Message const &message, Operation const &operation);
// Records as the answer of the same operation of another dialect; they are whole.
canonical::Result<Translated> write_answer(Dialect const &from, Dialect const &to, Operation const &operation,
                                           canonical::Reply reply);

} // namespace dialects
