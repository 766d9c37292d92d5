#pragma once
// Worksection's envelope, and its errors: all of them with HTTP status 200 but those of bearer tokens.
// (reference: the vendor's help page on errors; answers in its request collection)
#include "dialects/engine/dialect.hpp"

namespace dialects::worksection {

// `data`: JSON, or nothing for a plain success. `url`: JSON, too; the first version tells where a new record is.
wire::Response respond(std::string_view data, std::string_view url = {});
// A body without the envelope, as answers about tokens are.
wire::Response respond_bare(std::string body);
wire::Response refusal(Call const &call, canonical::Error const &error);

// Whether a route leads to the API of users, which takes bearer tokens alone.
bool is_user_api(Settings const &settings);
// … or to the first version, whose clients look for the address of what they made.
bool is_first_version(Settings const &settings);

} // namespace dialects::worksection
