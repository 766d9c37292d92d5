#include "gateway/commands/live.hpp"

#include "canonical/field_path.hpp"
#include "canonical/lower.hpp"
#include "canonical/nearest.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/describe/enum_to_string.hpp>
#include <map>
#include <set>

namespace gateway::commands {

namespace {

namespace asio = boost::asio;
using canonical::Kind, canonical::Mapping, canonical::Reply, canonical::Request, canonical::Result, canonical::Verb;

// Asks one backend for whole lists, each once.
class Inquiry {
public:
    explicit Inquiry(backends::Store &store) : backend_(store.backend_for(io_.get_executor())) {}

    Result<Reply> const &all(Kind kind) {
        auto const known = known_.find(kind);
        if (known != known_.end()) return known->second;
        Request list{.verb = Verb::list, .kind = kind, .now = now()};
        Result<Reply> answer(canonical::Error{.code = canonical::Code::internal});
        auto const answered = [&](std::exception_ptr const &error, Result<Reply> reply) {
            if (!error) answer = std::move(reply);
        };
        asio::co_spawn(io_, backend_->perform(list), answered);
        io_.restart();
        io_.run();
        return known_.emplace(kind, std::move(answer)).first->second;
    }

private:
    static canonical::Instant now() {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }

    asio::io_context io_;
    std::unique_ptr<backends::Backend> backend_;
    std::map<Kind, Result<Reply>> known_;
};

// The problems of one route.
class Check {
public:
    Check(config::Route const &route, Inquiry &inquiry, std::vector<std::string> &problems)
        : route_(route), inquiry_(inquiry), problems_(problems) {}

    bool answers() {
        auto const &reply = inquiry_.all(Kind::person); // every service knows them
        if (reply) return true;
        auto const &error = reply.error();
        std::string why(boost::describe::enum_to_string(error.code, ""));
        if (!error.detail.empty()) why += ": " + error.detail;
        tell("backend '" + route_.backend + "' does not answer: " + why);
        return false;
    }

    void mapping(Mapping const &mapping) {
        for (auto const &[caller, backend] : mapping.statuses)
            need<canonical::ProjectStatus>(backend, "project status", [](auto const &status) { return *status.name; });
        for (auto const &[caller, backend] : mapping.people)
            need<canonical::Person>(backend, "person", [](auto const &person) { return *person.email; });
        for (auto const &pair : mapping.fields) {
            auto const found = canonical::find_field(pair.backend);
            auto const *const path = std::get_if<canonical::FieldPath>(&found);
            if (path && path->is_custom())
                need<canonical::CustomField>(path->key, "custom field",
                                             [](auto const &field) { return field.key ? *field.key : *field.name; });
        }
        for (auto const &[field, value] : mapping.defaults)
            if (field == "project.workflow")
                need<canonical::Workflow>(value, "workflow", [](auto const &workflow) { return *workflow.id; });
    }

private:
    template <class E, class Name> void need(std::string_view wanted, std::string_view what, Name name) {
        auto const &reply = inquiry_.all(canonical::kind_of<E>);
        if (!reply) return tell("the backend does not tell what " + std::string(what) + " it has");
        std::vector<std::string> names;
        for (auto const &record : reply->records.template of<E>()) names.push_back(name(record));
        auto const lower = canonical::lower(wanted);
        bool const there =
            std::ranges::any_of(names, [&](auto const &each) { return canonical::lower(each) == lower; });
        if (!there)
            tell("the mapping '" + route_.mapping + "' names a " + std::string(what) + " '" + std::string(wanted) +
                 "' that the backend does not have" +
                 canonical::did_you_mean(wanted, std::span<std::string const>(names)));
    }

    void tell(std::string const &what) { problems_.push_back(config::Problem{route_.place, what}.text()); }

    config::Route const &route_;
    Inquiry &inquiry_;
    std::vector<std::string> &problems_;
};

} // namespace

std::vector<std::string> live_problems(Site const &site) {
    std::vector<std::string> problems;
    std::map<std::string, Inquiry> inquiries;
    std::set<std::string> silent;
    auto const &config = site.config();
    for (auto const &route : config.routes) {
        auto const store = site.store(route.backend);
        if (!store || silent.contains(route.backend)) continue;
        auto &inquiry = inquiries.try_emplace(route.backend, *store).first->second;
        Check check(route, inquiry, problems);
        if (!check.answers()) {
            silent.insert(route.backend);
            continue;
        }
        auto const mapping =
            std::ranges::find(config.mappings, route.mapping, [](auto const &each) { return each.first; });
        if (mapping != config.mappings.end()) check.mapping(mapping->second);
    }
    return problems;
}

} // namespace gateway::commands
