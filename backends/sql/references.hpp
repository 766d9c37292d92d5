#pragma once
// Finds the records that the references of a patch mean. What a caller says may be an id, an email address or a name;
// from here on it is an id.
#include "backends/sql/problems.hpp"
#include "backends/sql/tables.hpp"
#include "backends/sql/values.hpp"
#include "canonical/request.hpp"

namespace backends::sql {

class References {
public:
    // Where names are looked for: not among all statuses, but among those of one workflow.
    struct Scope {
        std::string_view member, column;
        std::int64_t id = 0;
    };

    explicit References(Connection &connection) : connection_(connection) {}

    // By id; else by email address; else by name, the exact one before one in other letters.
    canonical::Result<std::int64_t> find(std::string_view table, canonical::Ref const &ref,
                                         Scope const *scope = nullptr);

    // Puts an id in place of each reference; who is named twice in a list is in it once. An empty one becomes null.
    template <class E> void resolve(E &patch, Problems &problems, std::span<Scope const> scopes = {}) {
        for_each_member(patch, [&](auto &slot, Column const &column, canonical::MemberId) {
            using Type = typename std::remove_reference_t<decltype(slot)>::value_type;
            if (!slot) return;
            if constexpr (std::is_same_v<Type, canonical::Ref>) {
                if (slot->empty())
                    slot = std::nullopt;
                else
                    resolve_one(*slot, column, problems, scopes);
            } else if constexpr (std::is_same_v<Type, std::vector<canonical::Ref>>) {
                resolve_list(*slot, column, problems);
            } else if constexpr (std::is_same_v<Type, std::vector<canonical::Member>>) {
                resolve_team(*slot, column, problems);
            }
        });
    }
    void resolve_list(std::vector<canonical::Ref> &refs, Column const &column, Problems &problems);

private:
    void resolve_one(canonical::Ref &ref, Column const &column, Problems &problems, std::span<Scope const> scopes);
    void resolve_team(std::vector<canonical::Member> &team, Column const &column, Problems &problems);
    canonical::Result<std::int64_t> find_by(std::string_view table, std::string_view column, std::string_view text);
    canonical::Result<std::int64_t> find_named(std::string_view table, std::string_view name, Scope const *scope);

    Connection &connection_;
};

} // namespace backends::sql
