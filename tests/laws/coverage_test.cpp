// The coverage at the end of each dialect's README, and docs/fidelity.md, are what the tables say.
#include "dialects/engine/coverage.hpp"
#include "dialects/engine/fidelity.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

namespace {

constexpr std::string_view mark = "<!-- coverage: printed by tools/coverage -->\n";

std::string text_of(std::string const &file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Coverage, InTheReadmeOfEachDialectIsThatOfItsTables) {
    for (auto const *dialect : dialects::all_dialects()) {
        auto const readme = text_of(DRAGOMAN_SOURCE_DIR "/dialects/" + std::string(dialect->name()) + "/README.md");
        auto const start = readme.find(mark);
        ASSERT_NE(start, readme.npos) << dialect->name() << ": no mark";
        EXPECT_EQ(readme.substr(start + mark.size()), dialects::coverage_of(*dialect))
            << "tools/coverage writes it anew";
    }
}

TEST(Fidelity, InTheDocumentIsThatOfTheTables) {
    EXPECT_EQ(text_of(DRAGOMAN_SOURCE_DIR "/docs/fidelity.md"), dialects::fidelity_document())
        << "tools/coverage writes it anew";
}

TEST(Fidelity, SaysWhatBecomesOfAFieldBehindAnotherTool) {
    auto const becomes = [](std::string_view from, std::string_view to, std::string_view field) {
        auto const all = dialects::fidelity_of(*dialects::find_dialect(from), dialects::find_dialect(to)->client());
        auto const found = std::ranges::find(all, field, &dialects::FieldFidelity::field);
        return dialects::name_of(found->becomes);
    };
    EXPECT_EQ(becomes("paymo", "productive", "name"), "exact");
    EXPECT_EQ(becomes("paymo", "productive", "active"), "approximated");
    EXPECT_EQ(becomes("paymo", "productive", "description"), "kept") << "which only a copy can set there";
    EXPECT_EQ(becomes("paymo", "paymo", "adjustable_hours"), "exact") << "the same tool has all of it";
    EXPECT_EQ(becomes("superoffice", "worksection", "ProjectNumber"), "kept");
    EXPECT_EQ(becomes("worksection", "superoffice", "users"), "exact") << "by talks of its own";
}

TEST(Coverage, NamesCallsAndSaysWhatBecomesOfFields) {
    auto const text = dialects::coverage_of(*dialects::find_dialect("paymo"));
    EXPECT_THAT(text, testing::HasSubstr("| `GET projects/{id}` | project.get |\n"));
    EXPECT_THAT(text, testing::HasSubstr("\n### Project status\n"));
    EXPECT_THAT(text, testing::HasSubstr("| `client_id` | both | `company.id` | exact |\n"));
    EXPECT_THAT(text, testing::HasSubstr("| `active` | both | `phase` | approximated |\n"));
    EXPECT_THAT(text, testing::HasSubstr("| `billing_type` | shown | | emulated |\n"));
}

} // namespace
