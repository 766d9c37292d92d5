// The matrix: for each pair of dialects a gateway that speaks the one, in front of a service that speaks the other
// (which is this program over SQLite), and every golden exchange of the first. Prints how many answers are the same,
// how many differ in nothing but fields that the tables declare to be kept, emulated or made coarser, and how many
// differ otherwise; with a pair and a number as arguments, that many of the latter.
#include "dialects/engine/fidelity.hpp"
#include "tests/support/answers.hpp"
#include "tests/support/gateway/live.hpp"
#include "tests/support/gateway/site.hpp"
#include "tests/support/world.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <iostream>
#include <regex>

namespace {

namespace fs = std::filesystem;
using support::Exchange;

// How the service behind is reached, and what its caller has.
struct Service {
    std::string_view dialect, path, route, caller, credential;
};
constexpr Service services[]{
    {"onlyoffice", "", "path: /api/2.0/", "{ token: behind }", "{ token: behind }"},
    {"paymo", "/api", "path: /api/", "{ api_key: behind }", "{ api_key: behind }"},
    {"productive", "/api/v2", "path: /api/v2/, organization: 1", "{ token: behind, organization: 1 }",
     "{ token: behind, organization: 1 }"},
    {"superoffice", "", "path: /api/v1/", "{ username: behind, password: behind }",
     "{ username: behind, password: behind }"},
    {"worksection", "", "path: /api/admin/v2", "{ api_key: behind }", "{ api_key: behind }"},
};

// Whoever runs the workspace; or else anybody.
std::string address_in(std::string const &world) {
    std::smatch found;
    for (auto const *const pattern :
         {"email: ([^,} ]+)[^\n]*role: owner", "email: ([^,} ]+)[^\n]*role: admin", "email: ([^,} \n]+)"})
        if (std::regex_search(world, found, std::regex(pattern))) return found[1];
    return "nobody@example.com";
}

struct Counts {
    std::size_t same = 0, declared = 0, other = 0;
    std::size_t all() const { return same + declared + other; }
};

// The paths at which answers may differ: fields that are no exact ones there.
class Declared {
public:
    Declared(dialects::Dialect const &front, dialects::Client const &behind) {
        using dialects::Fidelity;
        for (auto const &field : dialects::fidelity_of(front, &behind)) {
            if (field.becomes == Fidelity::exact || field.becomes == Fidelity::converted) continue;
            std::string path(field.field);
            std::ranges::replace(path, '/', '.');
            paths_.push_back('.' + path);
        }
    }
    // "$.projects[0].status_id: expected …"
    bool has(std::string const &difference) const {
        if (difference.starts_with("the answer was")) return true; // a remark
        auto path = std::regex_replace(difference.substr(0, difference.find(": ")), std::regex(R"(\[[0-9]+\])"), "");
        return path.starts_with('$') && std::ranges::any_of(paths_, [&](std::string const &each) {
                   auto const at = path.rfind(each);
                   return at != path.npos && (at + each.size() == path.size() || path[at + each.size()] == '.');
               });
    }

private:
    std::vector<std::string> paths_;
};

struct Pair {
    dialects::Dialect const &front;
    Service const &behind;
};

// Runs an exchange; what it prints are differences that nobody declared.
void run(Exchange const &exchange, Pair const &pair, Declared const &declared, Counts &counts, std::size_t &to_print) {
    support::TemporaryFolder back, front;
    back.write("world.yaml", exchange.world);
    back.write("config.yaml",
               fmt::format("listen: [{{ address: \"127.0.0.1:0\" }}]\n"
                           "backends: {{ store: {{ type: sqlite, path: store.db, seed: world.yaml }} }}\n"
                           "callers: [{{ dialect: {0}, name: behind, person: {1}, access: write, credential: {2} }}]\n"
                           "routes: [{{ dialect: {0}, backend: store, {3} }}]\n",
                           pair.behind.dialect, address_in(exchange.world), pair.behind.caller, pair.behind.route));
    support::LiveSite live(support::build_site(back.path() / "config.yaml", back.path()));
    auto config = support::config_of(exchange);
    auto const from = config.find("backends:"), to = config.find("callers:");
    config.replace(from, to - from,
                   fmt::format("backends: {{ store: {{ type: {}, url: \"http://127.0.0.1:{}{}\", credential: {}, "
                               "rate: {{ requests: 0, in: 1s }} }} }}\n",
                               pair.behind.dialect, live.port(), pair.behind.path, pair.behind.credential));
    front.write("config.yaml", config);
    support::DirectLine line(support::build_site(front.path() / "config.yaml", front.path()));

    support::Memory memory{
        .clock = exchange.clock, .now = {}, .names = {}, .ids = support::ids_of_world(exchange.world)};
    wire::Request knock;
    knock.method = "GET";
    knock.target = "/";
    knock.headers.set("Host", "behind.test");
    for (auto const &each : exchange.pairs) {
        memory.now = each.now;
        live.ask(knock, each.now); // sets its clock
        support::Differences differences;
        try {
            auto const response = line.ask(support::request_of(each.question, memory), each.now);
            differences = support::compare(each.answer, response, memory);
        } catch (std::exception const &failure) {
            differences.emplace_back(failure.what());
        }
        if (differences.empty()) {
            ++counts.same;
        } else if (std::ranges::all_of(differences, [&](auto const &one) { return declared.has(one); })) {
            ++counts.declared;
        } else {
            ++counts.other;
            if (to_print == 0) continue;
            --to_print;
            std::cerr << each.place << ": " << each.title << '\n';
            for (auto const &one : differences)
                if (!declared.has(one)) std::cerr << "    " << one.substr(0, 300) << '\n';
        }
    }
}

Counts count(Pair const &pair, std::vector<fs::path> const &files, std::size_t to_print) {
    Counts counts;
    Declared const declared(pair.front, *dialects::find_dialect(pair.behind.dialect)->client());
    for (auto const &file : files) {
        auto const exchange = support::read_exchange(file);
        if (exchange.dialect == pair.front.name() && exchange.site.empty())
            run(exchange, pair, declared, counts, to_print);
    }
    return counts;
}

void print_head() {
    std::cout << R"(# The matrix

Printed by `tools/matrix`. Each golden exchange of a dialect is asked of a gateway that has no store of its own, but a
service that speaks another dialect (this program over SQLite) with the exchange's records in it. Of the answers, so many
are as the exchange says; so many differ in nothing but fields that the tables declare to be kept, emulated or made coarser
(docs/fidelity.md: what the service never held cannot come back from it); and so many differ otherwise.

| | )";
    for (auto const &service : services) std::cout << service.dialect << " | ";
    std::cout << "\n|---|";
    for (std::size_t i = 0; i < std::size(services); ++i) std::cout << "---|";
    std::cout << '\n';
}

} // namespace

int main(int argc, char **argv) {
    std::vector<std::string> const arguments(argv + 1, argv + argc);
    auto const files = support::find_exchanges(fs::path(DRAGOMAN_SOURCE_DIR) / "tests" / "exchanges");
    auto const wanted = [&](std::size_t place, std::string_view name) {
        return arguments.size() <= place || arguments[place] == name;
    };
    auto const to_print = arguments.size() > 2 ? std::size_t(std::stoul(arguments[2])) : 0;
    print_head();
    for (auto const *const front : dialects::all_dialects()) {
        if (!wanted(0, front->name())) continue;
        std::cout << "| **" << front->name() << "** in front of | ";
        for (auto const &service : services) {
            if (!wanted(1, service.dialect)) continue;
            auto const counts = count({*front, service}, files, to_print);
            std::cout << fmt::format("{} same, {} declared, {} other of {} | ", counts.same, counts.declared,
                                     counts.other, counts.all())
                      << std::flush;
        }
        std::cout << '\n';
    }
}
