#include "gateway/commands/options.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace gateway::commands {

namespace {

constexpr std::size_t columns = 6;
using Row = std::array<std::string, columns>;

std::string place_of(config::Route const &route) {
    auto const &path = route.settings.path;
    return route.host + (path.empty() ? "/" : path);
}

bool offers(config::Route const &route, std::string_view method) {
    return route.methods.empty() || std::ranges::find(route.methods, method) != route.methods.end();
}

std::vector<Row> rows_of(config::Config const &config) {
    std::vector<Row> rows = {{"METHOD", "ROUTE", "PATH OR ACTION", "DIALECT", "OPERATION", "BACKEND"}};
    for (auto const &route : config.routes)
        for (auto const &operation : route.dialect->operations())
            if (offers(route, operation.method) && route.dialect->serves(route.settings, operation))
                rows.push_back({std::string(operation.method), place_of(route), std::string(operation.path),
                                std::string(route.dialect->name()), std::string(operation.name), route.backend});
    return rows;
}

} // namespace

int routes(std::filesystem::path const &config, Output output) {
    auto const loaded = load({.config = config});
    if (auto const *const problems = std::get_if<std::vector<config::Problem>>(&loaded)) {
        for (auto const &problem : *problems) output.problems << problem.text() << '\n';
        return 1;
    }
    auto const rows = rows_of(std::get<config::Config>(loaded));
    std::array<std::size_t, columns> widths = {};
    for (auto const &row : rows)
        for (std::size_t i = 0; i < columns; ++i) widths[i] = std::max(widths[i], row[i].size());
    for (auto const &row : rows) {
        std::string line;
        for (std::size_t i = 0; i < columns; ++i) line.append(row[i]).append(widths[i] - row[i].size() + 2, ' ');
        line.erase(line.find_last_not_of(' ') + 1);
        output.out << line << '\n';
    }
    return 0;
}

} // namespace gateway::commands
