#pragma once
// Pages by number or by cursor: which one is asked for, and the links and figures that go with it. (reference: the
// vendor's guide on pagination; answers recorded from the service)
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/text.hpp"

namespace dialects::productive {

// Where a page starts: behind so many records, or behind that one where the list is in the order of ids.
struct PageStart {
    std::int64_t offset = 0, limit = 0;
    std::string after_id = {};
};
// Sizes beyond the largest become that; whatever makes no sense as a number means what nobody said. A cursor goes on
// after the last record that was shown; in a sorted list after as many.
canonical::Result<PageStart> read_page(Call const &call);

// The members `links` and `meta` of a list: so many records are left from this page on (by cursor) or are there at all
// (by number), and this page shows some of them.
struct Listed {
    std::int64_t total = 0, shown = 0;
    std::string_view last_id = {}; // of those that are shown
};
void write_links(Call const &call, Listed const &listed, Text &text);
void write_figures(Call const &call, Listed const &listed, Text &text);

} // namespace dialects::productive
