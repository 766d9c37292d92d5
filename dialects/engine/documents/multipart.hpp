#pragma once
// A multipart/form-data body: text fields as the pairs that forms are made of, files as views into the body.
#include "canonical/error.hpp"
#include "dialects/engine/target.hpp"

namespace dialects {

struct FilePart {
    std::string name, filename, content_type; // the media type as it was sent; empty where none was
    std::string_view bytes;
};

struct Multipart {
    std::vector<wire::Pair> fields; // in the order in which they came, as are the files
    std::vector<FilePart> files;
};

struct MultipartRules {
    std::size_t parts = 1'000;
    std::size_t header_bytes = 8 * 1024; // of one part
};

// `body` must outlive the result; the boundary comes from the Content-Type. Names, file names and fields are UTF-8
// without NUL. Fails with malformed, with too_large beyond one of the limits, or with unsupported_type where a part is
// encoded for transfer.
canonical::Result<Multipart> parse_multipart(std::string_view body, std::string_view content_type,
                                             MultipartRules const &rules = {});

} // namespace dialects
