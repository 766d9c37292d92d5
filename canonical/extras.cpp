#include "canonical/extras.hpp"

#include <boost/json.hpp>

namespace canonical {

namespace json = boost::json;

std::string_view Extras::find(std::string_view place, std::string_view key) const {
    for (std::size_t i = 0; i < size(); ++i)
        if (auto const extra = (*this)[i]; extra.key == key && extra.place == place) return extra.json;
    return {};
}

void Extras::cut(std::size_t place, std::size_t key, std::size_t json) {
    if (cuts_.empty()) cuts_.reserve(16);
    cuts_.push_back({place, key, json});
}

void Extras::add(Extra const &extra) {
    auto const start = block.size();
    block.append(extra.place).append(extra.key).append(extra.json);
    cut(start, start + extra.place.size(), start + extra.place.size() + extra.key.size());
}

void Extras::merge(Extras const &other) {
    if (other.empty()) return;
    Extras merged;
    for (std::size_t i = 0; i < size(); ++i) {
        auto extra = (*this)[i];
        if (auto const newer = other.find(extra.place, extra.key); newer.data()) extra.json = newer;
        merged.add(extra);
    }
    for (std::size_t i = 0; i < other.size(); ++i)
        if (auto const extra = other[i]; !find(extra.place, extra.key).data()) merged.add(extra);
    *this = std::move(merged);
}

bool operator==(Extras const &a, Extras const &b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i].place != b[i].place || a[i].key != b[i].key || a[i].json != b[i].json) return false;
    return true;
}

void Bag::merge(Bag const &other) {
    kept.merge(other.kept);
    loose.merge(other.loose);
}

namespace {

void append(std::string &out, Extras const &extras) {
    out += '[';
    for (std::size_t i = 0; i < extras.size(); ++i) {
        auto const extra = extras[i];
        if (i > 0) out += ',';
        out += '[';
        out += json::serialize(json::string(extra.place));
        out += ',';
        out += json::serialize(json::string(extra.key));
        out += ',';
        out += json::serialize(json::string(extra.json)); // as text: numbers keep their form
        out += ']';
    }
    out += ']';
}

void fill(Extras &extras, json::value const *list) {
    if (!list || !list->is_array()) return;
    for (auto const &item : list->get_array()) {
        auto const *parts = item.if_array();
        if (!parts || parts->size() != 3) continue;
        auto const &[place, key, text] = std::tie((*parts)[0], (*parts)[1], (*parts)[2]);
        if (place.is_string() && key.is_string() && text.is_string())
            extras.add({place.get_string(), key.get_string(), text.get_string()});
    }
}

} // namespace

std::string Bag::json() const {
    if (empty()) return {};
    std::string out = R"({"kept":)";
    append(out, kept);
    out += R"(,"loose":)";
    append(out, loose);
    out += '}';
    return out;
}

Bag Bag::parse(std::string_view text) {
    Bag bag;
    if (text.empty()) return bag;
    boost::system::error_code error;
    auto const document = json::parse(text, error);
    if (error || !document.is_object()) return bag;
    fill(bag.kept, document.get_object().if_contains("kept"));
    fill(bag.loose, document.get_object().if_contains("loose"));
    return bag;
}

} // namespace canonical
