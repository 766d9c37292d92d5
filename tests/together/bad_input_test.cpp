// Whatever comes in, for whichever operation: the answer is the dialect's own, and nothing fails behind it.
#include "dialects/engine/dialect.hpp"
#include "tests/support/gateway/site.hpp"
#include "tests/together/doors.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace {

using dialects::Operation;
using together::Door, together::doors;

constexpr canonical::Instant now{std::chrono::hours(24 * 20'500)};

// In the place of every number.
constexpr std::string_view ids[]{"0", "999999", "abc", "-1", "99999999999999999999", "26", "%00", "%27%3B--"};

constexpr std::string_view bodies[]{
    "",
    "null",
    "{",
    "[]",
    "{}",
    "\"text\"",
    "\xff\xfe",
    R"({"name":"\u0000"})",
    R"({"data":null})",
    R"({"data":[]})",
    R"({"data":{"attributes":{"name":{},"workflow_id":[],"position":1e999},"relationships":{"workflow":{"data":[]}}}})",
    R"({"name":[],"title":{},"users":1,"managers":{},"workflow_id":"x","client_id":-1,"status_id":1.5})",
    R"({"Name":1e400,"ProjectMembers":{"a":1},"Contact":[],"Emails":"x","Country":7,"MemberIds":[{}],"ProjectId":"x"})",
    R"({"status":{},"newStatus":[],"statuses":[1],"userIds":{},"batch":"[[]]","ids":[{}],"participants":7})",
    R"([{"op":"replace","path":"/Name"},{"op":"add","path":"x"},{"op":"nothing"}])",
    "a[b][c]=1&a=2&x[=&%zz",
};

constexpr std::string_view queries[]{"",
                                     "filter[id][gt]=x",
                                     "where=id%20in%20(1,2",
                                     "$filter=(((",
                                     "page[after]=x&page[number]=1",
                                     "sort=-x&include=x.y",
                                     "count=-1&startIndex=99999999999999999999",
                                     "$orderby=x%20y&$top=-1"};

std::string target_of(Door const &door, Operation const &operation, std::string_view id, std::string_view query) {
    if (door.dialect == "worksection") {
        std::string target(door.path);
        auto const path = operation.path;
        if (path.starts_with("oauth2/")) return target.append(path.substr(path.find('/'))).append("?").append(query);
        target.append("?action=").append(path);
        for (std::string_view const name : {"id_project", "tags", "members", "title", "group", "filter"})
            target.append("&").append(name).append("=").append(id);
        return target;
    }
    std::string target(door.path);
    std::string_view rest = operation.path;
    while (!rest.empty()) {
        auto const open = std::min(rest.find('{'), rest.size());
        target.append(rest.substr(0, open));
        rest.remove_prefix(open);
        if (rest.empty()) break;
        target.append(id);
        rest.remove_prefix(rest.find('}') + 1);
    }
    if (!query.empty()) target.append("?").append(query);
    return target;
}

wire::Request request_for(Door const &door, Operation const &operation, std::size_t turn) {
    auto const id = ids[turn / 3 % std::size(ids)], query = queries[turn / 7 % std::size(queries)];
    auto request = door.request(operation.method, target_of(door, operation, id, query));
    if (operation.method != "GET") request.body = bodies[turn % std::size(bodies)];
    return request;
}

constexpr std::size_t rounds = 47; // a prime, so that every operation begins with other input

class BadInput : public testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Dialects, BadInput, testing::Range(std::size_t(0), doors().size()),
                         [](auto const &door) { return std::string(doors()[door.param].dialect); });

TEST_P(BadInput, IsAnsweredByEveryOperationInItsOwnWords) {
    auto const &door = doors()[GetParam()];
    auto const &dialect = *dialects::find_dialect(door.dialect);
    support::SiteInAFolder const folder(together::demo());
    support::DirectLine line(folder.site());
    std::size_t turn = 0;
    for (auto const &operation : dialect.operations()) {
        if (dialect.is_open(operation) && door.dialect == "onlyoffice")
            continue; // wrong passwords are status 500 there
        for (std::size_t round = 0; round < rounds; ++round, ++turn) {
            auto const request = request_for(door, operation, turn);
            SCOPED_TRACE(request.method + " " + request.target + "  " + request.body);
            wire::Response response;
            ASSERT_NO_THROW(response = line.ask(request, now)); // it throws what failed behind an answer
            EXPECT_LT(response.status, 500u) << response.body;
            auto const type = response.headers.find("Content-Type");
            if (response.body.empty() || type.find("json") == type.npos) continue;
            boost::system::error_code error;
            auto const parsed = boost::json::parse(response.body, error);
            EXPECT_FALSE(error) << response.body;
        }
    }
}

} // namespace
