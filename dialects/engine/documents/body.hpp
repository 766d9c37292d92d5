#pragma once
// The body of a request as a document, whatever form it came in: the media type picks the parser, by a small table of
// what a tool takes.
#include "dialects/engine/documents/form.hpp"
#include "dialects/engine/documents/json.hpp"
#include "dialects/engine/documents/multipart.hpp"
#include "dialects/engine/documents/xml.hpp"
#include "dialects/engine/wire.hpp"

#include <optional>

namespace dialects {

enum class BodyForm : unsigned char { json, form, multipart, xml };

struct BodyType {
    std::string_view media_type; // in lower case, without parameters
    BodyForm form;
};

struct BodyRules {
    std::span<BodyType const> types;
    // A body without a Content-Type is what it looks like: JSON from a brace or bracket on, XML from a '<' on,
    // otherwise a form. Only forms of the table count.
    bool sniff = false;
    std::optional<BodyForm> otherwise = {}; // of a type that is missing or not in the table
    bool empty_is_object = false;           // an empty body; otherwise null
    JsonRules json = {};
    NestRules nest = {};
    XmlRules xml = {};
};

// How the body of that request is to be read; unsupported_type where the rules have no answer or where it is not UTF-8.
canonical::Result<BodyForm> body_form(wire::Request const &request, BodyRules const &rules);

// A body of nothing but white space is empty, whatever its type. Of XML the root's name, of multipart the files are
// left out. Fails as the parsers do, and as body_form does.
canonical::Result<boost::json::value> document(wire::Request const &request, BodyRules const &rules,
                                               boost::json::storage_ptr memory = {});

// The names and values of a form or of the text fields of a multipart body, as they came; none for any other form.
canonical::Result<std::vector<wire::Pair>> body_pairs(wire::Request const &request, BodyForm form);

} // namespace dialects
