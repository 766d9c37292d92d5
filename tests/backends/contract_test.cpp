// The contract of the port: breaches are noticed, on both sides.
#include "backends/contract.hpp"
#include "tests/backends/stores.hpp"

#include <gmock/gmock.h>

namespace tests {

namespace {

using backends::breach_of;

std::string breach(Request const &request) { return breach_of(request).value_or("none"); }
std::string breach(Request const &request, Result<Reply> const &answer) {
    return breach_of(request, answer).value_or("none");
}

// A record that tells of all its members.
template <class E> E whole(std::string id) {
    E record;
    boost::mp11::mp_for_each<Members<E>>([&](auto d) { record.*d.pointer = std::nullopt; });
    record.id = std::move(id);
    return record;
}
Reply with(std::vector<Project> projects) {
    Reply reply;
    reply.records.of<Project>() = std::move(projects);
    return reply;
}

Filter const by_name_ = where(field<&Project::name>(), Operator::equal, {"x"});

TEST(Contract, LetsGoodRequestsPass) {
    for (auto const &request : {
             Request{.verb = Verb::get, .id = "1"},
             Request{.verb = Verb::list, .query = {.filter = by_name_, .page = {.limit = 10, .count = true}}},
             Request{.verb = Verb::create, .patch = named<Project>("a")},
             Request{.verb = Verb::update, .id = "1", .changes = {{.member = member<&Project::tags>()}}},
             Request{.verb = Verb::remove, .id = "1"},
             Request{.verb = Verb::copy, .id = "1", .arguments = CopyParts{}},
             Request{.verb = Verb::change_workflow, .id = "1", .arguments = WorkflowMap{}},
         })
        EXPECT_EQ(breach(request), "none") << name_of(request.verb);
}

TEST(Contract, NoticesWhatARequestMustNotBe) {
    struct Case {
        Request request;
        std::string what;
    };
    Request with_extras{.verb = Verb::create, .patch = named<Project>("a")};
    with_extras.of<Project>().extras.kept.add({{}, "a", "1"});
    std::vector<Case> const cases = {
        {{.verb = Verb::get}, "no record is named"},
        {{.verb = Verb::list, .id = "1"}, "a record is named where none is meant"},
        {{.verb = Verb::copy, .kind = Kind::tag, .id = "1", .arguments = CopyParts{}},
         "a verb that only projects know"},
        {{.verb = Verb::copy, .id = "1"}, "parts of a copy where none belong, or none where they do"},
        {{.verb = Verb::change_workflow, .id = "1"}, "a map of statuses where none belongs, or none where one does"},
        {{.verb = Verb::get, .id = "1", .query = {.filter = by_name_}}, "a filter, a sort or a page for one record"},
        {{.verb = Verb::list, .kind = Kind::tag, .query = {.filter = by_name_}},
         "a condition on a field of another kind"},
        {{.verb = Verb::list, .query = {.filter = where(field<&Project::name>(), Operator::less, {})}},
         "a condition without its one value"},
        {{.verb = Verb::list, .query = {.page = {.offset = -1}}}, "a page before the first, or of less than nothing"},
        {{.verb = Verb::list, .query = {.sort = {{.field = field<&Tag::name>()}}}},
         "a sort by a field of another kind"},
        {{.verb = Verb::create, .kind = Kind::tag, .patch = named<Project>("a")}, "a patch of another kind"},
        {with_extras, "extras of no dialect"},
        {{.verb = Verb::create, .changes = {{.member = member<&Project::tags>()}}},
         "a change of a list without an update"},
        {{.verb = Verb::update, .id = "1", .changes = {{.member = member<&Task::tags>()}}},
         "a change of a list of another kind"},
    };
    for (auto const &[request, what] : cases) EXPECT_EQ(breach(request), what);
}

TEST(Contract, LetsGoodAnswersPass) {
    EXPECT_EQ(breach({.verb = Verb::get, .id = "1"}, with({whole<Project>("1")})), "none");
    EXPECT_EQ(breach({.verb = Verb::get, .id = "1"}, Error{.code = Code::not_found}), "none");
    EXPECT_EQ(breach({.verb = Verb::remove, .id = "1"}, Reply{}), "none");
    auto reply = with({whole<Project>("1"), whole<Project>("2")});
    reply.total = 2;
    EXPECT_EQ(breach({.verb = Verb::list, .query = {.page = {.limit = 2, .count = true}}}, reply), "none");
    EXPECT_EQ(breach({.verb = Verb::create}, Error{.code = Code::blank, .more = {{.code = Code::ambiguous}}}), "none");
}

TEST(Contract, NoticesWhatAnAnswerMustNotBe) {
    Request const get{.verb = Verb::get, .id = "1"}, list{.verb = Verb::list, .query = {.page = {.limit = 1}}};
    EXPECT_EQ(breach(get, with({})), "not exactly one record");
    EXPECT_EQ(breach(get, with({whole<Project>("1"), whole<Project>("2")})), "not exactly one record");
    EXPECT_EQ(breach(get, with({whole<Project>("2")})), "another record than the one that was asked for");
    EXPECT_EQ(breach(get, with({named<Project>("a")})), "a record without an id");
    auto silent = whole<Project>("1");
    silent.phase.clear();
    EXPECT_EQ(breach(get, with({silent})), "a record that is silent about its phase");
    EXPECT_EQ(breach(list, with({whole<Project>("1"), whole<Project>("2")})), "more records than the page has");
    EXPECT_EQ(breach({.verb = Verb::list}, with({whole<Project>("1"), whole<Project>("1")})), "a record twice");
    EXPECT_EQ(breach({.verb = Verb::list, .query = {.page = {.count = true}}}, with({})), "a count unasked, or none");
    EXPECT_EQ(breach({.verb = Verb::remove, .id = "1"}, with({whole<Project>("1")})), "a record that was removed");
    Reply other;
    other.records.of<Tag>().push_back(whole<Tag>("1"));
    EXPECT_EQ(breach(list, other), "records of another kind");
    Reply more;
    more.related.of<Tag>().push_back(whole<Tag>("1"));
    EXPECT_EQ(breach(list, more), "related records unasked");
    EXPECT_EQ(breach(get, Error{.code = Code::blank}), "get failed with blank");
    EXPECT_EQ(breach({.verb = Verb::remove, .id = "1"}, Error{.code = Code::bad_map_key}),
              "remove failed with bad_map_key");
}

// A backend that answers everything with the same.
class Parrot final : public backends::Store {
public:
    explicit Parrot(Reply reply) : reply_(std::move(reply)) {}
    std::unique_ptr<backends::Backend> backend_for(backends::asio::any_io_executor) override {
        struct Echo final : backends::Backend {
            Reply reply;
            boost::asio::awaitable<Result<Reply>> perform(Request const &) override { co_return reply; }
        };
        auto echo = std::make_unique<Echo>();
        echo->reply = reply_;
        return echo;
    }

private:
    Reply reply_;
};

TEST(Contract, IsEnforcedAroundABackend) {
    auto const store = backends::checked(std::make_unique<Parrot>(with({whole<Project>("1")})));
    Asker asker(*store);
    EXPECT_TRUE(asker.get<Project>("1"));
    EXPECT_THROW(asker.get<Project>("2"), backends::ContractBreach);
    EXPECT_THROW(asker.get<Project>(""), backends::ContractBreach);
}

} // namespace

} // namespace tests
