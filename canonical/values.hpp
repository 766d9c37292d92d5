#pragma once
// The values that entities are made of: dates, instants, decimals, references and the few enumerations that all tools
// share.
#include <boost/describe/enum.hpp>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace canonical {

using Date = std::chrono::sys_days;
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;

// What every tool knows of a project's state. Stored are the first three. The other two are what a tool can ask for
// that sees only two states: they keep the finer one where they can (see rules.hpp).
enum class Phase : unsigned char { active, paused, closed, not_closed, not_active };
BOOST_DESCRIBE_ENUM(Phase, active, paused, closed, not_closed, not_active)

// What a workflow status means to those who only ask whether there is work left.
enum class Category : unsigned char { open, started, closed };
BOOST_DESCRIBE_ENUM(Category, open, started, closed)

// A contact has no login: somebody at a client, in an address book. All others are users.
enum class Role : unsigned char { owner, admin, member, guest, contact };
BOOST_DESCRIBE_ENUM(Role, owner, admin, member, guest, contact)

// Labels hang on things; groups of labels have a reach.
enum class Access : unsigned char { everyone, own_company };
BOOST_DESCRIBE_ENUM(Access, everyone, own_company)

// What the values of a field are that a workspace defined for itself.
enum class FieldType : unsigned char { text, number, date, flag, choice, choices, person, file };
BOOST_DESCRIBE_ENUM(FieldType, text, number, date, flag, choice, choices, person, file)

// digits / 10^scale, without trailing zeros: money and hours never pass through a double.
struct Decimal {
    std::int64_t digits = 0;
    int scale = 0;

    // A point or a comma, at most 18 digits; nothing else around the number.
    static std::optional<Decimal> parse(std::string_view text);
    std::string text() const; // "60", "-0.25"

    friend bool operator==(Decimal const &, Decimal const &) = default;
    friend std::strong_ordering operator<=>(Decimal const &a, Decimal const &b);
};

// As much as was said about another record. A store fills in the rest.
struct Ref {
    std::string id = {}, name = {}, email = {};

    bool empty() const { return id.empty() && name.empty() && email.empty(); }
    friend bool operator==(Ref const &, Ref const &) = default;
};

// In place of a person: whoever wants to. Only a project's default assignee may be that.
inline constexpr std::string_view anyone = "*";

// Somebody on a project's team. Tools that know only who is on it leave the rest as it was; those that know all of it
// say so.
struct Member {
    std::string id = {}; // of the membership itself
    Ref person = {}, company = {}, role = {};
    std::string note = {};
    std::optional<Instant> joined = {};
    bool whole = false; // of a patch: what is empty is to be empty

    friend bool operator==(Member const &, Member const &) = default;
};

// A value of a field that a workspace defined for itself: its JSON text under the field's key.
struct CustomValue {
    std::string key, json;

    friend bool operator==(CustomValue const &, CustomValue const &) = default;
};

} // namespace canonical
