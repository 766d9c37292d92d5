#include "tests/config/fakes.hpp"

#include <stdexcept>

namespace config::testing {

FakeDialect::FakeDialect(std::string_view name, Forms forms) : name_(name), forms_(std::move(forms)) {
    for (auto const &form : forms_) spans_.emplace_back(form);
}

dialects::TableSet const &FakeDialect::tables() const { throw std::logic_error("a config reads no tables"); }

canonical::Result<void> FakeDialect::identify(dialects::Call &) const { return {}; }

canonical::Result<boost::json::value> FakeDialect::document(dialects::Call const &) const { return nullptr; }

canonical::Result<void> FakeDialect::read_query(dialects::Call const &, dialects::Wanted &) const { return {}; }

wire::Response FakeDialect::answer(dialects::Call const &, dialects::Wanted const &, canonical::Reply &) const {
    return {};
}

Dialects five_dialects() {
    static FakeDialect const onlyoffice("onlyoffice", {{"token"}, {"login", "password"}});
    static FakeDialect const paymo("paymo", {{"api_key"}, {"email", "password"}});
    static FakeDialect const productive("productive", {{"token", "organization"}});
    static FakeDialect const superoffice("superoffice", {{"username", "password"}, {"ticket"}, {"token"}});
    static FakeDialect const worksection(
        "worksection",
        {{"api_key"}, {"access_token"}, {"access_token", "client_id", "client_secret", "refresh_token"}});
    static dialects::Dialect const *const all[] = {&onlyoffice, &paymo, &productive, &superoffice, &worksection};
    return all;
}

Loaded read(std::string_view text) {
    auto const environment = [](std::string const &name) -> std::optional<std::string> {
        if (name == "TOKEN") return "s3cret";
        if (name == "EMPTY") return "";
        if (name == "TRICKY") return "$${TOKEN}$";
        return {};
    };
    return parse(text, "/etc/dragoman/x.yaml", five_dialects(), environment);
}

Config good(std::string_view text) {
    auto loaded = read(text);
    if (auto *const config = std::get_if<Config>(&loaded)) return std::move(*config);
    for (auto const &problem : std::get<std::vector<Problem>>(loaded)) ADD_FAILURE() << problem.text();
    return {};
}

std::vector<std::string> bad(std::string_view text) {
    auto const loaded = read(text);
    auto const *const problems = std::get_if<std::vector<Problem>>(&loaded);
    if (!problems) return {};
    std::vector<std::string> lines;
    constexpr std::string_view file = "/etc/dragoman/x.yaml:";
    for (auto const &problem : *problems) {
        EXPECT_EQ(problem.text().substr(0, file.size()), file);
        auto const line = problem.text().substr(file.size());
        lines.push_back(line.substr(line.find_first_not_of(' ')));
    }
    return lines;
}

std::string config_with(Parts const &parts) {
    std::string text;
    for (auto const part : {parts.listen, parts.backends, parts.routes, parts.more})
        if (!part.empty()) text.append(part).append("\n");
    return text;
}

} // namespace config::testing
