#include "dialects/onlyoffice/portal.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/text.hpp"
#include "dialects/onlyoffice/answers.hpp"
#include "dialects/onlyoffice/module_settings.hpp"
#include "dialects/onlyoffice/people.hpp"

#include <fmt/format.h>

namespace dialects::onlyoffice {

// There are no other ways to sign in here.
Serve get_capabilities(Call &call) {
    co_return respond(call, R"({"ldapEnabled":false,"oauthEnabled":false,"providers":[],"ssoLabel":"","ssoUrl":""})");
}

// The version whose API this is. (reference: server source 12.7)
Serve get_version(Call &call) { co_return respond(call, R"({"communityServer":"12.7.1"})"); }

Serve get_settings(Call &call) {
    auto const offset = call.settings.zone.offset_at(call.now).count();
    auto const minutes = std::abs(offset);
    auto const *const sign = offset < 0 ? "-" : "";
    std::string body;
    auto const surroundings = Context::of(call);
    {
        Text text(body, surroundings);
        text.raw(R"({"timezone":)");
        text.string(call.settings.zone.name());
        text.raw(R"(,"trustedDomains":[],"trustedDomainsType":0,"culture":"en-US","utcOffset":)");
        text.string(fmt::format("{}{:02}:{:02}:00", sign, minutes / 60, minutes % 60));
        text.raw(R"(,"utcHoursOffset":)");
        text.raw(fmt::format("{}", double(offset) / 60));
        text.put('}');
    }
    co_return respond(call, body);
}

Serve get_rights(Call &call) {
    auto who = ask_who(call);
    canonical::Result<Asker> const asker = co_await who;
    if (!asker) co_return refusal(call, asker.error());
    auto ask = may_create_projects(call, asker->person());
    canonical::Result<bool> const may_create = co_await ask;
    if (!may_create) co_return refusal(call, may_create.error());
    bool const may_write = call.caller->may_write;
    co_return respond(call, fmt::format(R"({{"canCreateProject":{1},"canCreateTask":{0},"canCreateMilestone":{0},)"
                                        R"("canCreateMessage":{0},"canCreateTimeSpend":{0}}})",
                                        may_write, may_write && *may_create));
}

Serve get_portal(Call &call) {
    auto look = one_where<&canonical::Company::is_own>(true), look_for_owner = one_where<&Person::role>(Role::owner);
    canonical::Result<canonical::Reply> const company = co_await look;
    if (!company) co_return refusal(call, company.error());
    canonical::Result<canonical::Reply> const owner = co_await look_for_owner;
    if (!owner) co_return refusal(call, owner.error());
    std::string body;
    auto const surroundings = Context::of(call);
    {
        Text text(body, surroundings);
        auto const &companies = company->records.of<canonical::Company>();
        auto const &owners = owner->records.of<Person>();
        text.raw(R"({"tenantId":1,"tenantAlias":"localhost","name":)");
        text.string(companies.empty() ? std::string_view() : std::string_view(*companies.front().name));
        text.raw(R"(,"ownerId":)");
        text.string(owners.empty() ? std::string_view() : std::string_view(*owners.front().guid));
        text.put('}');
    }
    co_return respond(call, body);
}

Serve register_client(Call &call) { co_return respond(call, "{}"); }

} // namespace dialects::onlyoffice
