#pragma once
// Whoever is to see or change a project must be allowed to: it is looked at first.
#include "dialects/onlyoffice/asker.hpp"

namespace dialects::onlyoffice {

enum class Needs : unsigned char { seeing, editing };
struct Before {
    Asker asker;
    canonical::Reply reply;
    Project const &project() const { return reply.one<Project>(); }
};
// The project with its people, if the caller may see it and (or else it is refused) change it.
using LookFirst = Talk<canonical::Request, canonical::Result<canonical::Reply>, canonical::Result<Before>>;
LookFirst look_first(Call const &call, std::string id, Needs needs);

} // namespace dialects::onlyoffice
