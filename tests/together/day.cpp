#include "tests/together/day.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <random>

namespace together {

using canonical::Project;
namespace json = boost::json;
using What = Step::What;

namespace {

constexpr canonical::Instant monday{std::chrono::milliseconds(1'772'439'300'000)};

constexpr std::string_view addresses[]{"ann@example.com", "bo@example.com"};

// The record of a list whose member has that value, or the first one.
json::object const *find(json::value const &list, std::string_view member, std::string_view value) {
    for (auto const &record : list.as_array())
        if (value.empty() || record.at(member) == json::string_view(value)) return &record.as_object();
    return nullptr;
}

std::optional<Project> stored(gateway::Site const &site, std::string const &id) {
    boost::asio::io_context io;
    auto const backend = site.store("store")->backend_for(io.get_executor());
    canonical::Request const get{.id = id};
    std::optional<Project> project;
    auto const answered = [&](std::exception_ptr const &, canonical::Result<canonical::Reply> reply) {
        if (reply) project = reply->one<Project>();
    };
    boost::asio::co_spawn(io, backend->perform(get), answered);
    io.run();
    return project;
}

} // namespace

std::vector<Act> script(unsigned seed) {
    std::mt19937 dice(seed);
    auto const roll = [&](std::size_t sides) { return std::size_t(dice() % sides); };
    std::vector<Act> acts;
    std::vector<bool> open;
    for (int i = 0; i < 40; ++i) {
        if (open.size() < 2 || (open.size() < 6 && roll(5) == 0)) {
            acts.push_back({What::create, open.size(), roll(2), fmt::format("Made {}", i)});
            open.push_back(true);
            continue;
        }
        auto const project = roll(open.size());
        auto const changes = std::array{What::rename, What::hand_over, What::close};
        auto const what = open[project] ? changes[roll(3)] : What::reopen;
        if (what == What::close || what == What::reopen) open[project] = what == What::reopen;
        acts.push_back({what, project, roll(2), fmt::format("Name {}", i)});
    }
    return acts;
}

Day::Day(std::shared_ptr<gateway::Site const> const &site, std::shared_ptr<gateway::Site const> kept_by)
    : kept_by_(std::move(kept_by)), line_(site) {
    look_around();
}

json::value Day::answer_to(std::string_view dialect, std::string target) {
    auto const answer = line_.ask(door_of(dialect).request("GET", target), monday);
    if (answer.status != 200) throw std::runtime_error(target + ": " + answer.body);
    return json::parse(answer.body);
}

void Day::look_around() {
    auto const users = answer_to("paymo", "/api/users"), portal = answer_to("onlyoffice", "/api/2.0/people/filter"),
               workflows = answer_to("productive", "/api/v2/workflows"),
               companies = answer_to("productive", "/api/v2/companies");
    for (auto const address : addresses) {
        auto const *const user = find(users.at("users"), "email", address);
        auto const *const guest = find(portal.at("response"), "email", address);
        if (!user || !guest) throw std::runtime_error("nobody is known as " + std::string(address));
        people_.push_back(
            {json::serialize(user->at("id")), std::string(guest->at("id").as_string()), std::string(address)});
    }
    auto const first = [](json::value const &list) {
        auto const *const record = find(list.at("data"), {}, {});
        return record ? std::string(record->at("id").as_string()) : std::string();
    };
    workflow_ = first(workflows);
    company_ = first(companies);
}

std::string Day::act(Act const &act, Speaker const &speaker) {
    if (act.what == What::create) projects_.emplace_back();
    auto &project = projects_.at(act.project);
    if (act.what == What::create || act.what == What::rename) project.name = act.name;
    if (act.what == What::create || act.what == What::hand_over) project.manager = people_[act.manager];
    auto const request = speaker.say({act.what, project.id, project.name, project.manager, workflow_, company_});
    auto const answer = line_.ask(request, monday);
    if (answer.status < 200 || answer.status > 299)
        return fmt::format("{}: {} {} {}\n{} {}", speaker.dialect, request.method, request.target, request.body,
                           answer.status, answer.body);
    if (act.what == What::create) project.id = speaker.id_in(boost::json::parse(answer.body));
    return {};
}

std::vector<std::string> Day::outcome() {
    std::vector<std::string> all;
    for (auto const &each : projects_) {
        auto const project = stored(*kept_by_, each.id);
        all.push_back(!project ? each.id + " is not there"
                               : fmt::format("{}, led by {}, {}{}", *project->name, project->manager->email,
                                             boost::describe::enum_to_string(*project->phase, ""),
                                             project->archived ? ", archived" : ""));
    }
    return all;
}

std::vector<std::string> outcome_by(std::vector<Act> const &acts, Day &day,
                                    std::function<Speaker const &(std::size_t)> const &speaker_of) {
    for (std::size_t i = 0; i < acts.size(); ++i)
        if (auto wrong = day.act(acts[i], speaker_of(i)); !wrong.empty()) return {std::move(wrong)};
    return day.outcome();
}

} // namespace together
