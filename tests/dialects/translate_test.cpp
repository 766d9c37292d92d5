// One message of a dialect as the message of another: what `dragoman translate` prints, and what it says is lost.
#include "dialects/engine/translate.hpp"

#include <gmock/gmock.h>

namespace {

using canonical::Code, canonical::Loss;
using namespace dialects;
using testing::ElementsAre, testing::Field, testing::HasSubstr, testing::IsEmpty;

canonical::Result<Translated> request(std::string_view from, std::string_view to, std::string_view text,
                                      std::string_view operation = {}) {
    return translate_request(*find_dialect(from), *find_dialect(to)->client(), Message::parse(text), operation);
}

auto lost(char const *member, char const *what) {
    return testing::AllOf(Field(&Loss::member, member), Field(&Loss::what, what));
}

TEST(TranslatedRequests, StandUnderTheOtherToolsPathInItsWords) {
    auto const made = request("paymo", "superoffice",
                              "PUT /api/projects/12 HTTP/1.1\r\n"
                              "Content-Type: application/json\r\n\r\n"
                              R"({"name":"Harbour"})");
    ASSERT_TRUE(made);
    EXPECT_THAT(made->text, testing::StartsWith("PUT /api/v1/Project/12 HTTP/1.1\n"));
    EXPECT_THAT(made->text, HasSubstr(R"({"Name":"Harbour"})"));
    EXPECT_THAT(made->losses, IsEmpty());
}

TEST(TranslatedRequests, MayBeMarkedAsInAGoldenFile) {
    auto const made =
        request("worksection", "onlyoffice",
                "> GET /api/admin/v2/?action=get_projects HTTP/1.1\n> Host: a.test\n>\n< HTTP/1.1 200 OK\n");
    ASSERT_TRUE(made);
    EXPECT_THAT(made->text, testing::StartsWith("GET /api/2.0/project/filter HTTP/1.1\n"));
}

TEST(TranslatedRequests, TellWhatTheServiceHasNoRoomForAndWhatItIsToldApart) {
    auto const made = request("paymo", "productive",
                              "PUT /api/projects/12 HTTP/1.1\n"
                              "Content-Type: application/json\n\n"
                              R"({"name":"Harbour","budget_hours":60,"active":false})");
    ASSERT_TRUE(made);
    EXPECT_THAT(made->text, HasSubstr(R"({"data":{"type":"projects","attributes":{"name":"Harbour"}}})"));
    EXPECT_THAT(made->losses, testing::UnorderedElementsAre(lost("budget_hours", "kept"), lost("active", "apart")));
}

TEST(TranslatedRequests, TellWhomTheServiceMustBeAskedFor) {
    auto const made =
        request("productive", "worksection",
                R"({"data":{"type":"projects","attributes":{"name":"X","project_manager_id":5}}})", "project.update");
    ASSERT_TRUE(made);
    EXPECT_THAT(made->losses, ElementsAre(lost("attributes/project_manager_id", "open")));
}

TEST(TranslatedRequests, AreRefusedWhereTheyAreNoneOfTheDialect) {
    EXPECT_EQ(request("paymo", "productive", "GET /api/nothing HTTP/1.1\n\n").error().code, Code::unknown_route);
    EXPECT_EQ(request("paymo", "productive", "no message").error().code, Code::malformed);
    EXPECT_EQ(request("paymo", "productive", R"({"name":"X"})").error().code, Code::malformed) << "of no operation";
    EXPECT_EQ(request("paymo", "productive", R"({"name":)", "project.update").error().code, Code::malformed);
}

TEST(TranslatedAnswers, ShowTheSameRecordInTheOtherToolsShape) {
    auto const &from = *find_dialect("productive");
    auto const operation = std::ranges::find(from.operations(), std::string_view("workflow.get"), &Operation::name);
    auto const message = Message::parse("HTTP/1.1 200 OK\n\n"
                                        R"({"data":{"id":"7","type":"workflows","attributes":{"name":"Basic"}}})");
    auto reply = read_answer(*from.client(), message, *operation);
    ASSERT_TRUE(reply);
    EXPECT_EQ(*reply->one<canonical::Workflow>().name, "Basic");
    auto const made = write_answer(from, *find_dialect("paymo"), *operation, std::move(*reply));
    ASSERT_TRUE(made);
    EXPECT_THAT(made->text, HasSubstr(R"({"workflows":[{"id":7,"name":"Basic")"));
}

TEST(TranslatedAnswers, AreRefusedWhereTheServiceSaidNo) {
    auto const &from = *find_dialect("productive");
    auto const operation = std::ranges::find(from.operations(), std::string_view("workflow.get"), &Operation::name);
    auto const reply = read_answer(*from.client(), Message::parse("HTTP/1.1 404 Not Found\n\n{}"), *operation);
    EXPECT_EQ(reply.error().code, Code::not_found);
}

} // namespace
