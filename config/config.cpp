#include "config/config.hpp"

#include "config/sections.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <yaml-cpp/yaml.h>

namespace config {

std::string Problem::text() const {
    auto const number = [](int n) { return ":" + std::to_string(n); };
    return place.file + (place.line > 0 ? number(place.line) + number(place.column) : "") + ": " + what;
}

namespace {

// Reads a whole document. Sections whose names others use come first.
class ConfigReader {
public:
    ConfigReader(Cursor const &document, Dialects dialects)
        : section_(document, {"listen", "backends", "callers", "routes", "mappings", "limits", "workers"}),
          dialects_(dialects) {}

    Config read() const {
        Config config;
        Known known{.dialects = dialects_, .backends = names("backends"), .mappings = names("mappings")};
        if (auto const backends = section_.need("backends")) config.backends = read_backends(*backends, dialects_);
        if (auto const mappings = section_.find("mappings")) config.mappings = read_mappings(*mappings);
        if (auto const listen = section_.need("listen")) config.listen = read_listeners(*listen);
        if (auto const callers = section_.find("callers")) config.callers = read_callers(*callers, dialects_);
        if (auto const routes = section_.need("routes")) config.routes = read_routes(*routes, known);
        if (auto const limits = section_.find("limits")) config.limits = read_limits(*limits);
        if (auto const workers = section_.find("workers")) config.workers = read_workers(*workers);
        return config;
    }

private:
    std::vector<std::string> names(std::string_view key) const {
        auto const section = section_.find(key);
        return section ? section->keys() : std::vector<std::string>();
    }

    Section section_;
    Dialects dialects_;
};

// A caller's credential means something to its own tool alone, and its digest to nobody.
void check_passed_credentials(Config const &config, std::vector<Problem> &problems) {
    for (auto const &route : config.routes) {
        if (!route.pass_credentials || !route.dialect) continue;
        auto const backend = std::ranges::find(config.backends, route.backend, &Backend::name);
        if (backend != config.backends.end() && backend->type != route.dialect->name())
            problems.push_back(
                {route.place, "'pass_credentials' needs a backend of type " + std::string(route.dialect->name())});
        for (auto const &caller : config.callers)
            for (auto const &[key, secret] : caller.caller.credential)
                if (caller.dialect == route.dialect && secret.starts_with("sha256:"))
                    problems.push_back(
                        {caller.place, "'" + key + "' must be known itself: a route passes it to its backend"});
    }
}

Loaded read(YAML::Node const &document, Source source, Dialects dialects) {
    auto config = ConfigReader(Cursor(document, source), dialects).read();
    check_passed_credentials(config, source.problems);
    if (source.problems.empty()) return config;
    auto const order = [](Problem const &problem) { return std::pair(problem.place.line, problem.place.column); };
    std::ranges::stable_sort(source.problems, {}, order);
    return std::move(source.problems);
}

std::vector<Problem> only(Place place, std::string what) {
    return {{.place = std::move(place), .what = std::move(what)}};
}

} // namespace

Loaded parse(std::string_view text, std::string const &name, Dialects dialects, Environment const &environment) {
    try {
        auto const documents = YAML::LoadAll(std::string(text));
        if (documents.empty()) return only({.file = name}, "this config is empty");
        if (documents.size() > 1) {
            auto const mark = documents[1].Mark();
            return only({name, mark.line + 1, mark.column + 1}, "a second document; a config is one");
        }
        auto const folder = std::filesystem::path(name).parent_path();
        return read(documents[0], {.file = name, .folder = folder, .environment = environment}, dialects);
    } catch (YAML::Exception const &error) {
        return only({name, error.mark.line + 1, error.mark.column + 1}, "this is no YAML: " + error.msg);
    }
}

Loaded parse(std::string_view text, std::string const &name) {
    return parse(text, name, dialects::all_dialects(), environment_of_process);
}

Loaded load(std::filesystem::path const &file) {
    std::error_code error;
    std::ifstream stream(file, std::ios::binary);
    if (!stream || std::filesystem::is_directory(file, error))
        return only({.file = file.string()}, "this file cannot be read");
    std::string const text{std::istreambuf_iterator<char>(stream), {}};
    return parse(text, file.string());
}

} // namespace config
