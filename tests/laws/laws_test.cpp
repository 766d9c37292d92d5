// Laws that hold for every table of every registered dialect, over entities made at random: a new dialect is covered
// the moment it is registered.
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/read.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace {

using namespace dialects;
using canonical::Decimal, canonical::Slot;

constexpr int rounds = 200;

class Dice {
public:
    explicit Dice(unsigned seed) : dice_(seed) {}
    int roll(int sides) { return int(dice_() % unsigned(sides)); }

private:
    std::mt19937 dice_;
};

// Values of every type that a member may have. Never a blank of some dialect: empty texts, zeros and the like.
template <class T> T any(Dice &dice) {
    if constexpr (std::is_same_v<T, std::string>) {
        std::string s = "\xc3\xa9";
        for (int n = dice.roll(20); n > 0; --n) s += "ab \"\\\n\x01/{[,:"[dice.roll(12)];
        return s;
    } else if constexpr (std::is_same_v<T, canonical::Ref>) {
        return {.id = std::to_string(dice.roll(1000) + 3),
                .name = any<std::string>(dice),
                .email = "p" + std::to_string(dice.roll(1000)) + "@example.com"};
    } else if constexpr (std::is_same_v<T, std::vector<canonical::Ref>>) {
        return {any<canonical::Ref>(dice), {.id = "1001", .name = "b", .email = "b@example.com"}};
    } else if constexpr (std::is_same_v<T, std::vector<canonical::Member>>) {
        return {{.person = any<canonical::Ref>(dice)},
                {.person = {.id = "1001", .name = "b", .email = "b@example.com"}}};
    } else if constexpr (std::is_same_v<T, std::vector<canonical::CustomValue>>) {
        return {{.key = "4211", .json = "\"Gold\""}, {.key = "4212", .json = "[60,0.25]"}};
    } else if constexpr (std::is_same_v<T, Decimal>) {
        return *Decimal::parse(std::to_string(dice.roll(2000) + 1) + "." + std::to_string(dice.roll(9) + 1));
    } else if constexpr (std::is_same_v<T, canonical::Date>) {
        return canonical::Date(std::chrono::days(dice.roll(30000) + 1000));
    } else if constexpr (std::is_same_v<T, canonical::Instant>) {
        // By day: at night clocks are turned back, and some forms tell no offset.
        return any<canonical::Date>(dice) + std::chrono::hours(4) + std::chrono::milliseconds(dice.roll(64'800'000));
    } else if constexpr (std::is_same_v<T, canonical::Phase>) {
        return T(dice.roll(3));
    } else if constexpr (std::is_same_v<T, bool>) {
        return dice.roll(2) == 1;
    } else if constexpr (std::is_enum_v<T>) {
        constexpr auto words = boost::mp11::mp_size<boost::describe::describe_enumerators<T>>::value;
        return T(dice.roll(int(words)));
    } else {
        return T(dice.roll(1000)) + 1;
    }
}

template <class T> void fill(Slot<T> &slot, Dice &dice) {
    bool const flag = std::is_enum_v<T> || std::is_same_v<T, bool>; // a flag has no way to say nothing
    int const said = flag ? 2 : dice.roll(4);
    if (said == 1)
        slot = std::nullopt;
    else if (said > 1)
        slot = any<T>(dice);
}

// Whether the row's text can stand in the bag as it was read: kept rows with a form of their own say what they like.
template <class E> E any_entity(Table<E> const &table, Dice &dice, Context const &context) {
    E e;
    boost::mp11::mp_for_each<canonical::Members<E>>([&](auto d) { fill(e.*d.pointer, dice); });
    e.id = std::to_string(dice.roll(1000) + 1);
    Packer loose(e.extras.loose, context);
    int unheard = 0;
    for (auto const &row : table.rows) {
        auto const name = "unheard \"of\" " + std::to_string(++unheard);
        if (dice.roll(9) == 0) loose.add(row.wire.place(), name).raw(R"({"it":[true,null,"\n",60,0.25]})");
    }
    return e;
}

template <class E> std::string written(Table<E> const &table, View const &view, E const &e, Context const &context) {
    std::string out;
    {
        Text text(out, context);
        write(table, view, e, text);
    }
    return out;
}

void erase(boost::json::value &document, std::string_view path) {
    auto *object = document.if_object();
    if (!object) return;
    auto const slash = path.find('/');
    auto const member = object->find(path.substr(0, slash));
    if (member == object->end()) return;
    if (slash == path.npos)
        object->erase(member);
    else
        erase(member->value(), path.substr(slash + 1));
}

// What the gateway works out may need more than the document holds: it is left out of what must come back.
template <class E> boost::json::value without_computed(boost::json::value document, Table<E> const &table) {
    for (auto const &row : table.rows)
        if (row.fidelity == Fidelity::emulated) erase(document, row.wire.whole);
    return document;
}

template <class E> void expect_laws(Table<E> const &table, Face face, Dice &dice) {
    Context const context{.zone = *Zone::find("Europe/Oslo"),
                          .base = "http://gw.test/api",
                          .organization = "1",
                          .now = canonical::Instant(std::chrono::hours(24 * 365 * 50))};
    auto const x = any_entity(table, dice, context);
    View const view{.face = face};
    auto const text = written(table, view, x, context);
    boost::system::error_code error;
    auto const document = boost::json::parse(text, error);
    ASSERT_FALSE(error) << "not JSON: " << text;
    auto const y = read(table, face, document, context);
    ASSERT_TRUE(y.has_value()) << y.error().field << " " << y.error().detail << " in " << text;
    for (auto const &row : table.rows) {
        if (!row.same || !row.write || !on(row.face, face)) continue;
        if (row.plain && face == Face::shown && row.is_empty(x)) continue; // it may say something even for nothing
        EXPECT_TRUE(row.same(x, *y, face)) << row.wire.whole << " in " << text;
    }
    EXPECT_EQ(y->extras.loose.size(), x.extras.loose.size()) << "an unknown key got lost in " << text;
    auto const again = boost::json::parse(written(table, view, *y, context));
    EXPECT_EQ(without_computed(again, table), without_computed(document, table)) << "said again, it is not the same";
}

template <class F> void for_each_table(F f) {
    for (auto const *dialect : all_dialects())
        for (std::size_t kind = 0; kind < canonical::kinds; ++kind)
            canonical::with_kind(canonical::Kind(kind), [&]<class E>(std::type_identity<E>) {
                std::set<Table<E> const *> tables{dialect->tables().of<E>()};
                for (auto const &operation : dialect->operations())
                    tables.insert(dialect->tables_of(operation).of<E>());
                for (auto const *table : tables)
                    if (table) f(*dialect, *table);
            });
}

TEST(TableLaws, WhatIsWrittenIsReadBackOnBothFaces) {
    Dice dice(1);
    for_each_table([&](Dialect const &dialect, auto const &table) {
        for (auto const face : {Face::sent, Face::shown}) {
            for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
                SCOPED_TRACE(std::string(dialect.name()) + (face == Face::sent ? " sent" : " shown"));
                expect_laws(table, face, dice);
            }
        }
    });
}

TEST(TableLaws, NoRowIsUnreachable) {
    for_each_table([&]<class E>(Dialect const &dialect, Table<E> const &table) {
        for (auto const &row : table.rows) {
            bool const speaks = row.write || on(row.face, Face::sent);
            EXPECT_TRUE(speaks) << dialect.name() << " " << row.wire.whole;
            EXPECT_TRUE(row.read) << dialect.name() << " " << row.wire.whole;
        }
    });
}

TEST(TableLaws, KeptNamesAreUniqueOnEachFace) {
    for_each_table([&]<class E>(Dialect const &dialect, Table<E> const &table) {
        for (auto const face : {Face::sent, Face::shown}) {
            std::set<std::string_view> names;
            for (auto const &row : table.rows) {
                if (row.kept.empty() || !on(row.face, face)) continue;
                EXPECT_TRUE(names.insert(row.kept).second) << dialect.name() << " " << row.kept;
            }
        }
    });
}

TEST(TableLaws, EveryOperationHasANameAndAPlace) {
    for (auto const *dialect : all_dialects()) {
        EXPECT_FALSE(dialect->operations().empty()) << dialect->name();
        for (auto const &operation : dialect->operations()) {
            EXPECT_FALSE(operation.name.empty()) << dialect->name();
            EXPECT_FALSE(operation.method.empty()) << operation.name;
        }
    }
}

TEST(TableLaws, ATwistedTableDoesNotCompile) {
    using Row = Field<canonical::Project>;
    static constexpr Row twice[]{kept<canonical::Project>("a", Face::sent, ""),
                                 kept<canonical::Project>("a", Face::both, "")};
    static constexpr Row inside[]{kept<canonical::Project>("a", Face::both, ""),
                                  kept<canonical::Project>("a/b", Face::both, "")};
    static constexpr Row split[]{kept<canonical::Project>("a/b", Face::both, ""),
                                 kept<canonical::Project>("c", Face::both, ""),
                                 kept<canonical::Project>("a/d", Face::both, "")};
    static_assert(!well_formed(Table<canonical::Project>{"", twice}));
    static_assert(!well_formed(Table<canonical::Project>{"", inside}));
    static_assert(!well_formed(Table<canonical::Project>{"", split}));
}

} // namespace
