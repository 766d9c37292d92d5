// What it costs to make a message of one dialect one of another, beside parsing and printing the same bytes as JSON
// alone. Each name is <from>_to_<to>/<request or answer>; "json" in place of <to> is the comparison.
#include "dialects/engine/translate.hpp"

#include <benchmark/benchmark.h>
#include <boost/json.hpp>
#include <stdexcept>

namespace {

using namespace dialects;

struct Tool {
    std::string_view name;
    std::string_view change; // a request that changes a project, with a JSON body
};

constexpr std::array tools{
    Tool{"onlyoffice", "PUT /api/2.0/project/1500 HTTP/1.1\nContent-Type: application/json\n\n"
                       R"({"title":"Harbour, second stage","description":"What it is about, in a sentence or two.",)"
                       R"("private":true})"},
    Tool{"paymo", "PUT /api/projects/1500 HTTP/1.1\nContent-Type: application/json\n\n"
                  R"({"name":"Harbour, second stage","description":"What it is about, in a sentence or two.",)"
                  R"("budget_hours":60.5,"price_per_hour":90,"billable":true,"color":"#E55E45"})"},
    Tool{"productive", "PATCH /api/v2/projects/1500 HTTP/1.1\nContent-Type: application/vnd.api+json\n\n"
                       R"({"data":{"type":"projects","id":"1500","attributes":{"name":"Harbour, second stage",)"
                       R"("project_number":"0815","project_color_id":4}}})"},
    Tool{"superoffice", "PATCH /api/v1/Project/1500 HTTP/1.1\nContent-Type: application/merge-patch+json\n\n"
                        R"({"Name":"Harbour, second stage","ProjectNumber":"0815",)"
                        R"("Description":"What it is about, in a sentence or two."})"},
    Tool{"worksection", "POST /api/admin/v2/?action=update_project&id_project=1500 HTTP/1.1\n"
                        "Content-Type: application/json\n\n"
                        R"({"title":"Harbour, second stage","text":"What it is about, in a sentence or two.",)"
                        R"("dateend":"24.12.2026"})"},
};

canonical::Reply one_project() {
    canonical::Project project;
    project.id = "1500";
    project.name = "Harbour, second stage";
    project.description = "What it is about, in a sentence or two, with \"quotes\" and an umlaut: Ü.";
    project.number = "0815";
    project.phase = canonical::Phase::active;
    project.is_private = false;
    canonical::Reply reply;
    reply.records.of<canonical::Project>().push_back(std::move(project));
    return reply;
}

Operation const &reading_of(Dialect const &dialect) {
    for (auto const &operation : dialect.operations())
        if (operation.name == std::string_view("project.get")) return operation;
    throw std::runtime_error("no project.get");
}

template <class Result> auto &whole(Result &result) {
    if (!result) throw std::runtime_error(result.error().detail);
    return *result;
}

// With parser, tree and printer used again and again, which is the fastest that the library offers.
void parse_and_print(benchmark::State &state, std::string const &text) {
    boost::json::parser parser;
    boost::json::serializer serializer;
    std::vector<unsigned char> arena(1 << 16);
    std::string out(text.size() * 2 + 1024, '\0');
    for (auto _ : state) {
        boost::json::monotonic_resource memory(arena.data(), arena.size());
        parser.reset(&memory);
        parser.write(text);
        auto const value = parser.release();
        serializer.reset(&value);
        benchmark::DoNotOptimize(serializer.read(out.data(), out.size()));
    }
}

void translate_change(benchmark::State &state, Dialect const &from, Dialect const &to, Message const &message) {
    for (auto _ : state) {
        auto made = translate_request(from, *to.client(), message, {});
        benchmark::DoNotOptimize(whole(made).text.data());
    }
}

void translate_project(benchmark::State &state, Dialect const &from, Dialect const &to, Message const &message) {
    auto const &operation = reading_of(from);
    for (auto _ : state) {
        auto reply = read_answer(*from.client(), message, operation);
        auto made = write_answer(from, to, operation, std::move(whole(reply)));
        benchmark::DoNotOptimize(whole(made).text.data());
    }
}

void register_all() {
    for (auto const &tool : tools) {
        auto const &from = *find_dialect(tool.name);
        auto const change = Message::parse(tool.change);
        auto shown = write_answer(from, from, reading_of(from), one_project());
        auto const answer = Message::parse(whole(shown).text);
        auto const name = [&](std::string_view to, char const *what) {
            return std::string(tool.name).append("_to_").append(to).append("/").append(what);
        };
        benchmark::RegisterBenchmark(name("json", "request").c_str(), parse_and_print, change.body);
        benchmark::RegisterBenchmark(name("json", "answer").c_str(), parse_and_print, answer.body);
        for (auto const &other : tools) {
            auto const &to = *find_dialect(other.name);
            auto const request = [&from, &to, change](benchmark::State &state) {
                translate_change(state, from, to, change);
            };
            auto const reply = [&from, &to, answer](benchmark::State &state) {
                translate_project(state, from, to, answer);
            };
            benchmark::RegisterBenchmark(name(other.name, "request").c_str(), request);
            benchmark::RegisterBenchmark(name(other.name, "answer").c_str(), reply);
        }
    }
}

} // namespace

int main(int count, char **words) {
    register_all();
    benchmark::Initialize(&count, words);
    if (benchmark::ReportUnrecognizedArguments(count, words)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
}
