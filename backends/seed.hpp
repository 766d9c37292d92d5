#pragma once
// The workspace file: what an empty store starts with, and the world of a test. Its keys are the plurals of the kinds,
// the keys of a record are the members of the entity (docs/storage.md describes the form). Reading finds all that is
// wrong at once, each with its place.
#include "canonical/request.hpp"

#include <filesystem>

namespace backends {

struct Workspace {
    struct Record {
        canonical::Request create;
        std::vector<std::pair<std::string, canonical::Bag>> extras; // by dialect
        std::string place;                                          // "file:line:column"
    };

    std::vector<Record> records; // each behind those that it refers to
    std::int64_t highest_id = 0; // of those that the file gives
    std::optional<std::int64_t> next_id, next_number;
};

// An error's detail is "file:line:column: what is wrong; did you mean …", as are those behind it.
canonical::Result<Workspace> read_workspace(std::filesystem::path const &file);
canonical::Result<Workspace> parse_workspace(std::string const &text, std::string const &name);

} // namespace backends
