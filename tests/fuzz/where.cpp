// Paymo's conditions: whatever is understood is a tree that a store takes.
#include "dialects/paymo/where.hpp"
#include "dialects/engine/context.hpp"
#include "dialects/paymo/tables.hpp"
#include "tests/fuzz/fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    static dialects::Context const context;
    dialects::paymo::WhereAsked const asked{
        .tables = dialects::paymo::tables, .context = context, .me = "ann@example.com"};
    for (auto const kind : {canonical::Kind::project, canonical::Kind::person}) {
        auto const where = dialects::paymo::read_where(fuzz::text_of(data, size), kind, asked);
        if (where) fuzz::require(fuzz::depth_of(where->filter) <= 10);
    }
    return 0;
}
