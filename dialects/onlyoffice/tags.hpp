#pragma once
// Tags of projects. (reference: server source 12.7, the project module's tags)
#include "dialects/engine/dialect.hpp"

namespace dialects::onlyoffice {

// "infra; web,launch"
std::vector<std::string> tag_names(std::string_view text);

// Tags by their names; those that are not there yet come into being.
using TagsNamed =
    Talk<canonical::Request, canonical::Result<canonical::Reply>, canonical::Result<std::vector<canonical::Ref>>>;
TagsNamed tags_named(std::vector<std::string> names);

Serve list_tags(Call &call); // also those whose name begins with something
Serve create_tag(Call &call);

} // namespace dialects::onlyoffice
