#include "canonical/field_path.hpp"

#include "canonical/nearest.hpp"

#include <boost/describe/enum_from_string.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <charconv>

namespace canonical {

namespace {

using CustomValues = std::vector<CustomValue>;

constexpr std::string_view custom_prefix = "custom.";

// Calls f(member, name, slot type) for every member of every kind.
template <class F> void for_each_field(F &&f) {
    boost::mp11::mp_for_each<boost::mp11::mp_iota_c<kinds>>([&](auto kind) {
        using E = std::variant_alternative_t<kind, Entity>;
        unsigned char index = 0;
        boost::mp11::mp_for_each<Members<E>>([&](auto d) {
            using Slot = std::remove_cvref_t<decltype(std::declval<E &>().*d.pointer)>;
            f(MemberId{kind_of<E>, index++}, std::string_view(d.name), std::type_identity<typename Slot::value_type>());
        });
    });
}

std::vector<std::string> all_names() {
    std::vector<std::string> names;
    for_each_field([&](MemberId member, std::string_view, auto) { names.push_back(name_of(member)); });
    return names;
}

// Where a kind keeps its custom values, if it has any.
std::optional<MemberId> custom_member(Kind kind) {
    std::optional<MemberId> found;
    for_each_field([&]<class T>(MemberId member, std::string_view, std::type_identity<T>) {
        if (std::is_same_v<T, CustomValues> && member.kind == kind) found = member;
    });
    return found;
}

// What a store gives and nobody else.
bool is_given(std::string_view name) {
    for (std::string_view const given : {"id", "guid", "creator", "editor"})
        if (name == given) return true;
    return false;
}

std::optional<Date> parse_date(std::string_view text) {
    auto const number = [&](std::size_t from, std::size_t size) {
        int value = -1;
        auto const *const first = text.data() + from;
        if (auto const [end, error] = std::from_chars(first, first + size, value); end != first + size) return -1;
        return value;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    std::chrono::year_month_day const day(std::chrono::year(number(0, 4)), std::chrono::month(unsigned(number(5, 2))),
                                          std::chrono::day(unsigned(number(8, 2))));
    if (number(0, 4) < 0 || !day.ok()) return {};
    return Date(day);
}

// Sets a value from its text; false where the text does not suit it.
bool read(std::string &value, std::string_view text) {
    value = text;
    return true;
}

bool read(Ref &value, std::string_view text) {
    (text.find('@') == text.npos ? value.id : value.email) = text;
    return !text.empty();
}

bool read(std::vector<Ref> &value, std::string_view text) { return read(value.emplace_back(), text); }

bool read(bool &value, std::string_view text) {
    value = text == "true";
    return value || text == "false";
}

template <class T> bool take(T &value, std::optional<T> const &parsed) {
    if (parsed) value = *parsed;
    return parsed.has_value();
}

bool read(Decimal &value, std::string_view text) { return take(value, Decimal::parse(text)); }

bool read(Date &value, std::string_view text) { return take(value, parse_date(text)); }

template <class T> bool is_enumerator(std::string_view name, T &value) {
    return boost::describe::enum_from_string(std::string(name).c_str(), value);
}

bool read(Phase &value, std::string_view text) {
    return is_enumerator(text, value) && value <= Phase::closed; // the others are no states
}

template <class T>
requires std::is_enum_v<T>
bool read(T &value, std::string_view text) { return is_enumerator(text, value); }

template <class T>
concept Readable = requires(T &value, std::string_view text) {
    read(value, text);
};

bool set_custom(Slot<CustomValues> &custom, std::string_view key, std::string_view value) {
    for (auto const &present : *custom)
        if (present.key == key) return true;
    if (!custom) custom.emplace();
    custom->push_back({.key = std::string(key), .json = boost::json::serialize(boost::json::string(value))});
    return true;
}

// A project's status and phase are one fact: who speaks of one is not silent about the other.
bool is_spoken_for(Entity const &entity, MemberId member) {
    if (member != canonical::member<&Project::status>() && member != canonical::member<&Project::phase>()) return false;
    auto const &project = std::get<Project>(entity);
    return !project.status.absent() || !project.phase.absent();
}

} // namespace

std::variant<FieldPath, std::string> find_field(std::string_view name) {
    auto const point = std::min(name.find('.'), name.size());
    auto const kind_name = name.substr(0, point), member_name = name.substr(std::min(point + 1, name.size()));
    std::optional<FieldPath> found;
    for_each_field([&](MemberId member, std::string_view candidate, auto) {
        if (candidate == member_name && name_of(member.kind) == kind_name) found = FieldPath{member};
    });
    if (found) return *found;
    if (Kind kind{}; member_name.starts_with(custom_prefix) && is_enumerator(kind_name, kind)) {
        auto const key = member_name.substr(custom_prefix.size());
        auto const member = custom_member(kind);
        if (!member) return "a " + std::string(kind_name) + " has no custom fields";
        if (key.empty()) return "the name of the custom field is missing";
        return FieldPath{*member, key};
    }
    return "unknown field '" + std::string(name) + "'" + did_you_mean(name, all_names());
}

bool is_text(MemberId wanted) {
    bool text = false;
    for_each_field([&]<class T>(MemberId member, std::string_view name, std::type_identity<T>) {
        if (member == wanted) text = std::is_same_v<T, std::string> && !is_given(name);
    });
    return text;
}

bool may_have_default(MemberId wanted) {
    bool may = false;
    for_each_field([&]<class T>(MemberId member, std::string_view name, std::type_identity<T>) {
        if (member == wanted) may = (Readable<T> || std::is_same_v<T, CustomValues>)&&!is_given(name);
    });
    return may;
}

bool set_default(Entity &entity, FieldPath const &field, std::string_view value) {
    return std::visit(
        [&]<class E>(E &record) {
            if (kind_of<E> != field.member.kind) return false;
            if (field.is_custom()) return set_custom(*custom_of(record), field.key, value);
            bool suits = false;
            bool const spoken_for = is_spoken_for(entity, field.member);
            unsigned char index = 0;
            boost::mp11::mp_for_each<Members<E>>([&](auto d) {
                if (index++ != field.member.index || is_given(d.name)) return;
                auto &slot = record.*d.pointer;
                using T = typename std::remove_reference_t<decltype(slot)>::value_type;
                if constexpr (Readable<T>) {
                    T read_value{};
                    suits = read(read_value, value);
                    if (suits && slot.absent() && !spoken_for) slot = std::move(read_value);
                }
            });
            return suits;
        },
        entity);
}

} // namespace canonical
