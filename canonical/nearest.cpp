#include "canonical/nearest.hpp"

#include <algorithm>
#include <vector>

namespace canonical {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

// Slips between two words: a letter too many, too few, wrong, or two letters swapped.
std::size_t slips(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            bool const same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            bool const swapped =
                i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

constexpr std::size_t longest = 200; // nobody misspells a longer word: it is something else

} // namespace

std::string_view nearest(std::string_view word, std::span<std::string_view const> candidates) {
    if (word.size() > longest) return {};
    std::string_view best;
    auto fewest = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (auto const candidate : candidates) {
        auto const count = slips(word, candidate);
        // A word of which no letter is left is another word.
        if (count < fewest && count < candidate.size()) {
            fewest = count;
            best = candidate;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<std::string_view const> candidates) {
    auto const best = nearest(word, candidates);
    if (best.empty()) return {};
    return std::string("; did you mean '").append(best).append("'?");
}

std::string did_you_mean(std::string_view word, std::span<std::string const> candidates) {
    std::vector<std::string_view> const views(candidates.begin(), candidates.end());
    return did_you_mean(word, std::span(views));
}

} // namespace canonical
