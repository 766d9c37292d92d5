#include "dialects/engine/writer.hpp"

#include "dialects/engine/wire.hpp"

namespace dialects {

bool View::shows(std::string_view path) const {
    if (!only) return true;
    return std::ranges::any_of(*only, [&](std::string_view place) {
        if (!any_case) return within(path, place) || within(place, path);
        auto const shared = std::min(path.size(), place.size());
        auto const &longer = path.size() > place.size() ? path : place;
        return wire::same_letters(path.substr(0, shared), place.substr(0, shared)) &&
               (path.size() == place.size() || longer[shared] == '/');
    });
}

bool View::includes(std::string_view name) const {
    return !included || std::ranges::find(*included, name) != included->end();
}

Writer::Writer(Text &out, View const &part, canonical::Bag const &bag)
    : view(part), out_(out), bag_(bag), given_(part.extras ? bag.loose.size() : 0, part.only.has_value()) {
    out_.put('{');
}

std::string_view Writer::kept(std::string_view name) {
    // Mostly asked for in the order in which they came.
    for (auto n = bag_.kept.size(); n > 0; --n, ++next_) {
        if (next_ >= bag_.kept.size()) next_ = 0;
        if (auto const extra = bag_.kept[next_]; extra.key == name) {
            ++next_;
            return extra.json;
        }
    }
    return {};
}

void Writer::finish() {
    move({});
    leave();
}

void Writer::move(std::string_view place) {
    while (!within(place, here_)) leave();
    while (here_.size() < place.size()) {
        auto const start = here_.empty() ? 0 : here_.size() + 1;
        here_ = place.substr(0, place.find('/', start));
        out_.key(here_.substr(start));
        out_.put('{');
    }
}

void Writer::leave() {
    auto const home = here_;
    for (std::size_t i = 0; i < given_.size(); ++i) {
        auto const extra = bag_.loose[i];
        if (given_[i] || !within(extra.place, home)) continue;
        given_[i] = true;
        move(extra.place);
        out_.name(extra.key);
        out_.raw(extra.json);
    }
    move(home);
    out_.put('}');
    here_ = Path(home).place();
}

} // namespace dialects
