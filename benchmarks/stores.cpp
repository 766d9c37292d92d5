// What a get and a page of a filtered, sorted list cost in stores of growing size: it should be the same in all.
#include "benchmarks/grown_store.hpp"

#include <benchmark/benchmark.h>

namespace {

using benchmarks::GrownStore;
using canonical::Field, canonical::Operator, canonical::Project, canonical::Request, canonical::Verb;

template <auto Member> constexpr Field field{.member = canonical::member<Member>()};

void measure(benchmark::State &state, Request const &request, std::size_t expected) {
    auto &store = GrownStore::of(state.range(0));
    for (auto _ : state) {
        auto const reply = store.ask(request);
        if (reply.records.of<Project>().size() != expected) state.SkipWithError("another number of projects");
    }
}

Request page_of_200() {
    Request request{.verb = Verb::list};
    request.query.page.limit = 200;
    return request;
}

void get(benchmark::State &state) { measure(state, {.verb = Verb::get, .id = "1500"}, 1); }

void first_page_by_name(benchmark::State &state) {
    auto request = page_of_200();
    request.query.sort = {{.field = field<&Project::name>}};
    measure(state, request, 200);
}

void open_ones_of_a_manager_by_name(benchmark::State &state) {
    Request request{.verb = Verb::list};
    request.query.page.limit = 2;
    Field manager{.member = canonical::member<&Project::manager>(), .part = canonical::Part::id};
    request.query.filter.require({.op = Operator::equal, .field = manager, .values = {std::string("150")}});
    request.query.filter.require(
        {.op = Operator::equal, .field = field<&Project::phase>, .values = {canonical::Phase::active}});
    request.query.sort = {{.field = field<&Project::name>}};
    measure(state, request, 2);
}

void latest_changes_with_people_and_companies(benchmark::State &state) {
    auto request = page_of_200();
    request.query.sort = {{.field = field<&Project::updated>, .descending = true}};
    request.query.filter.require(
        {.op = Operator::equal, .field = field<&Project::phase>, .values = {canonical::Phase::active}});
    request.query.related = {canonical::Relation::company, canonical::Relation::people};
    measure(state, request, 200);
}

void names_that_begin_alike(benchmark::State &state) {
    Request request{.verb = Verb::list};
    request.query.page.limit = 20;
    request.query.filter.require(
        {.op = Operator::starts_with, .field = field<&Project::name>, .values = {std::string("Project 000000")}});
    request.query.sort = {{.field = field<&Project::name>}};
    measure(state, request, 20);
}

void sizes(benchmark::internal::Benchmark *each) {
    each->Arg(1'000)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMicrosecond);
}

BENCHMARK(get)->Apply(sizes);
BENCHMARK(first_page_by_name)->Apply(sizes);
BENCHMARK(open_ones_of_a_manager_by_name)->Apply(sizes);
BENCHMARK(latest_changes_with_people_and_companies)->Apply(sizes);
BENCHMARK(names_that_begin_alike)->Apply(sizes);

} // namespace

BENCHMARK_MAIN();
