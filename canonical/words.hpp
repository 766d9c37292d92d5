#pragma once
// The words of a mapping in one direction: names of project statuses and email addresses of people, wherever they stand
// in an entity, a reference or a filter.
#include "canonical/mapping.hpp"

namespace canonical {

enum class Direction : unsigned char { to_backend, to_caller };

// One table of words, read in one direction.
class WordTable {
public:
    WordTable(std::map<std::string, std::string> const &table, Direction direction)
        : table_(table), direction_(direction) {}

    void translate(std::string &word) const; // leaves a word that is not in the table
    // A condition on words of this side that holds where the given one holds for words of the other side.
    void translate(Filter &condition) const;

private:
    using Pair = std::pair<std::string const, std::string>;
    std::string const &from(Pair const &pair) const {
        return direction_ == Direction::to_backend ? pair.first : pair.second;
    }
    std::string const &to(Pair const &pair) const {
        return direction_ == Direction::to_backend ? pair.second : pair.first;
    }

    std::map<std::string, std::string> const &table_;
    Direction direction_;
};

class Words {
public:
    Words(Mapping const &mapping, Direction direction)
        : statuses_(mapping.statuses, direction), people_(mapping.people, direction) {}

    template <class E>
    requires boost::mp11::mp_contains<Entity, E>::value void translate(E &entity) const {
        unsigned char index = 0;
        boost::mp11::mp_for_each<Members<E>>([&](auto d) {
            auto &slot = entity.*d.pointer;
            if (slot) translate(*slot, MemberId{kind_of<E>, index});
            ++index;
        });
    }
    void translate(Ref &ref) const { people_.translate(ref.email); }
    void translate(Filter &filter) const;
    void translate(Error &error) const; // what it says was wrong

private:
    static constexpr auto status_of_project = member<&Project::status>();
    static constexpr auto name_of_status = member<&ProjectStatus::name>();
    static constexpr auto email_of_person = member<&Person::email>();

    void translate(std::string &text, MemberId member) const {
        if (member == email_of_person) people_.translate(text);
        if (member == name_of_status) statuses_.translate(text);
    }
    void translate(Ref &ref, MemberId member) const {
        translate(ref);
        if (member == status_of_project) statuses_.translate(ref.name);
    }
    void translate(std::vector<Ref> &refs, MemberId) const {
        for (auto &ref : refs) translate(ref);
    }
    void translate(std::vector<Member> &team, MemberId) const {
        for (auto &one : team) translate(one.person);
    }
    void translate(auto const &, MemberId) const {} // no words

    // The table that has the words of that field, or nothing (null).
    WordTable const *table_of(Field field) const;

    WordTable statuses_, people_;
};

} // namespace canonical
