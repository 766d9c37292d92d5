// A list asks the store as often for many projects as for few, whatever of theirs is wanted along.
#include "tests/support/gateway/site.hpp"
#include "tests/together/doors.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace {

constexpr canonical::Instant now{std::chrono::hours(24 * 20'500)};

class CountedBackend final : public backends::Backend {
public:
    CountedBackend(std::unique_ptr<Backend> backend, int &count) : backend_(std::move(backend)), count_(count) {}
    backends::asio::awaitable<canonical::Result<canonical::Reply>> perform(canonical::Request const &request) override {
        ++count_;
        return backend_->perform(request);
    }

private:
    std::unique_ptr<Backend> backend_;
    int &count_;
};

class CountedStore final : public backends::Store {
public:
    CountedStore(std::shared_ptr<Store> store, int &count) : store_(std::move(store)), count_(count) {}
    std::unique_ptr<backends::Backend> backend_for(backends::asio::any_io_executor worker) override {
        return std::make_unique<CountedBackend>(store_->backend_for(std::move(worker)), count_);
    }

private:
    std::shared_ptr<Store> store_;
    int &count_;
};

// A site whose stores count what they are asked.
class CountedSite final : public gateway::Site {
public:
    CountedSite(std::shared_ptr<Site const> site, int &count) : site_(std::move(site)), count_(count) {}

    config::Config const &config() const override { return site_->config(); }
    std::shared_ptr<backends::Store> store(std::string_view backend) const override {
        return std::make_shared<CountedStore>(site_->store(backend), count_);
    }
    std::vector<std::string> const &warnings() const override { return site_->warnings(); }
    dialects::Attempts &attempts() const override { return site_->attempts(); }
    dialects::EndedSessions &ended_sessions() const override { return site_->ended_sessions(); }

private:
    std::shared_ptr<Site const> site_;
    int &count_;
};

struct List {
    std::string_view name, dialect, target;
};
constexpr List lists[]{
    {"projects_of_onlyoffice", "onlyoffice", "/api/2.0/project"},
    {"filtered_projects_of_onlyoffice", "onlyoffice", "/api/2.0/project/filter?sortBy=title&count=200"},
    {"projects_of_paymo", "paymo",
     "/api/projects?include=client.projects,projectstatus,workflow.workflowstatuses,tasklists.tasks"},
    {"projects_of_productive", "productive",
     "/api/v2/projects?include=company,project_manager.company,last_actor,workflow.workflow_statuses&page[size]=200"},
    {"projects_of_superoffice", "superoffice",
     "/api/v1/Project?$select=name,type,status,associate/fullName,description&$top=200"},
    {"projects_of_worksection", "worksection", "/api/oauth2?action=get_projects&extra=text,options,users"},
};

class ListOf : public testing::TestWithParam<List> {};
INSTANTIATE_TEST_SUITE_P(Dialects, ListOf, testing::ValuesIn(lists),
                         [](auto const &list) { return std::string(list.param.name); });

TEST_P(ListOf, ManyProjectsAsksAsOftenAsOneOfFew) {
    support::SiteInAFolder const folder(together::demo());
    int count = 0;
    support::DirectLine line(std::make_shared<CountedSite>(folder.site(), count));
    auto const &list = GetParam();
    auto const ask = [&] {
        auto request = together::door_of(list.dialect).request("GET", std::string(list.target));
        count = 0;
        auto const response = line.ask(request, now);
        EXPECT_EQ(response.status, 200u) << response.body;
        return response.body.size();
    };

    auto const few = ask();
    auto const questions_about_few = count;
    constexpr int managers[]{101, 102, 3605, 19393}, clients[]{302, 2650, 923821};
    for (int i = 0; i < 60; ++i) {
        auto request = together::door_of("paymo").request("POST", "/api/projects");
        request.body =
            fmt::format(R"({{"name":"Many {}","client_id":{},"managers":[{}]}})", i, clients[i % 3], managers[i % 4]);
        ASSERT_EQ(line.ask(request, now).status, 201u);
    }
    auto const many = ask();

    EXPECT_GT(many, few + 5'000);
    EXPECT_GT(questions_about_few, 0);
    EXPECT_EQ(count, questions_about_few);
}

} // namespace
