#pragma once
// SuperOffice's times: on the wall of the caller's zone and without a suffix, unless SO-TimeZone asks for offsets. Year
// 1 is no time at all, year 9999 the end of time. (reference: the vendor's pages on SO-TimeZone; recorded answers)
#include "dialects/engine/fields.hpp"

namespace dialects::superoffice {

inline constexpr std::string_view no_time = R"("0001-01-01T00:00:00")", for_ever = R"("9999-12-31T23:59:59")";
inline constexpr Instant end_of_time =
    std::chrono::sys_days(std::chrono::year(9999) / 12 / 31) + std::chrono::seconds(86'399);

// Nothing from year 1 or before, end_of_time from year 9999 on: what clients make of both in their own zone is meant.
// False to what is no time.
bool read_time(json::value const &j, std::optional<Instant> &time, Zone const &zone);

// What people plan stands in the caller's zone; what the service recorded in the workspace's own, in UTC with offsets.
enum class Clock : unsigned char { planned, recorded };
void write_time(std::optional<Instant> time, Clock clock, Text &out);

// Of what never happens here.
template <class E> void write_no_time(E const &, Text &out) { write_time({}, Clock::planned, out); }
template <class E> void write_never(E const &, Text &out) { write_time({}, Clock::recorded, out); }

struct recorded_time {
    static bool read(json::value const &j, Instant &to, Context const &context);
    static void write(Instant t, Text &out) { write_time(t, Clock::recorded, out); }
    static bool same(Instant a, Instant b) { return codec::instant<"s", codec::Show::utc>::same(a, b); }
};

template <auto M>
constexpr auto recorded = [](Path wire) {
    auto row = shown<M, recorded_time>(wire, no_time);
    using E = typename canonical::detail::ClassOf<decltype(M)>::Class;
    row.read = [](Field<E> const &, json::value const &j, E &e, Packer &, Context const &context) {
        std::optional<Instant> time;
        if (!read_time(j, time, context.home)) return false;
        if (time)
            e.*M = *time;
        else
            e.*M = std::nullopt;
        return true;
    };
    row.write = [](Field<E> const &self, E const &e, Writer &to) {
        auto const &slot = e.*M;
        write_time(slot ? std::optional(*slot) : std::nullopt, Clock::recorded, to.at(self.wire));
    };
    return row;
};

// An instant in the bag, and out of it; for end_of_time and for nothing too.
void pack_time(std::optional<Instant> time, Text &out);
std::optional<Instant> unpack_time(std::string_view json);

// A time without a member of its own.
template <class E> constexpr Field<E> kept_time(Path wire, Face face, std::string_view blank = no_time) {
    auto row = kept<E>(wire, face, blank);
    row.read = [](Field<E> const &self, json::value const &j, E &, Packer &to, Context const &context) {
        std::optional<Instant> time;
        if (!read_time(j, time, context.zone)) return false;
        pack_time(time, to.add({}, self.kept));
        return true;
    };
    row.write = [](Field<E> const &self, E const &, Writer &to) {
        auto const json = to.kept(self.kept);
        if (json.empty() && to.view.face == Face::sent) return;
        auto const nothing = self.blank == for_ever ? std::optional(end_of_time) : std::nullopt;
        write_time(json.empty() ? nothing : unpack_time(json), Clock::planned, to.at(self.wire));
    };
    return row;
}

} // namespace dialects::superoffice
