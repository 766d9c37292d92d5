#pragma once
// Who asks decides what is seen and what may be done.
#include "dialects/engine/dialect.hpp"
#include "dialects/onlyoffice/projects.hpp"

namespace dialects::onlyoffice {

// The caller, as far as the workspace knows such a person.
class Asker {
public:
    Asker() = default;
    explicit Asker(canonical::Reply &&reply) : people_(std::move(reply.records.of<Person>())) {}

    Person const *person() const { return people_.empty() ? nullptr : &people_.front(); } // null: unknown

private:
    std::vector<Person> people_;
};

using AskWho = Talk<canonical::Request, canonical::Result<canonical::Reply>, canonical::Result<Asker>>;
AskWho ask_who(Call const &call);

// The parameters, if the caller runs the portal.
using ParametersOfAdmin =
    Talk<canonical::Request, canonical::Result<canonical::Reply>, canonical::Result<boost::json::value>>;
ParametersOfAdmin parameters_of_admin(Call &call);

// What somebody may see who does not run the portal: public projects, and those they have a part in.
canonical::Filter visible_to(Person const &person);
bool runs_the_portal(Person const *person);

} // namespace dialects::onlyoffice
