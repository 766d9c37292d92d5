#pragma once
// Pages by number: which one is asked for, and the links and figures that go with it. (reference: the vendor's guide
// on pagination; answers recorded from the service)
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/text.hpp"

namespace dialects::productive {

struct PageNumber {
    std::int64_t number = 1, size = 30;
};

// Sizes beyond the largest become that; whatever makes no sense means what nobody said.
PageNumber read_page(Call const &call);
canonical::Page page_of(PageNumber page);

// The members `links` and `meta` of a list with that many records in all.
void write_links(Call const &call, std::int64_t total, Text &text);
void write_figures(Call const &call, std::int64_t total, Text &text);

} // namespace dialects::productive
