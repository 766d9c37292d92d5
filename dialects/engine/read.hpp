#pragma once
// A parsed document read through a table in one walk, without touching it. What no row claims goes into the bag; what
// only the other face knows (a client sends back what it was shown) is passed over.
#include "canonical/error.hpp"
#include "dialects/engine/fields.hpp"

namespace dialects {

using canonical::Error, canonical::Result;

// For messages: the value's text if it is short and plain, else its JSON cut off.
std::string excerpt(json::value const &j);

template <class E> class Reader {
public:
    using Rows = std::span<Field<E> const>;
    Reader(Table<E> const &table, Face face, E &e, Context const &context)
        : table_(table), face_(face), entity_(e), context_(context), kept_(e.extras.kept, context),
          loose_(e.extras.loose, context) {}

    // All that is wrong is told, in the order of the document.
    Result<void> object(json::object const &object) {
        walk(object, table_.rows, {});
        if (problem_) return std::move(*problem_);
        return {};
    }

private:
    // rows: those of this object; place: where it stands.
    void walk(json::object const &object, Rows rows, std::string_view place) {
        auto const depth = place.empty() ? 0 : place.size() + 1;
        auto next = rows.begin();
        for (auto const &member : object) {
            auto const row = find(rows, next, depth, member.key());
            if (row == rows.end()) {
                if (!loose_.add(place, member.key()).value(member.value()))
                    bad(std::string(place) + (depth ? "/" : "") + std::string(member.key()), member.value());
                continue;
            }
            next = row + 1;
            if (row->wire.leaf > depth) {
                auto const inner = row->wire.whole.substr(0, depth + member.key().size());
                while (next != rows.end() && within(next->wire.whole, inner)) ++next;
                nested(member.value(), Rows(row, next), inner);
            } else if (on(row->face, face_) && !row->read(*row, member.value(), entity_, kept_, context_)) {
                bad(std::string(row->wire.whole), member.value(), row->failure);
            }
        }
    }

    void bad(std::string path, json::value const &j, Code code = Code::bad_value) {
        constexpr std::size_t enough = 100;
        Error error{.code = code, .field = std::move(path), .detail = excerpt(j)};
        if (!problem_)
            problem_ = std::move(error);
        else if (problem_->more.size() < enough)
            problem_->more.push_back(std::move(error));
    }

    void nested(json::value const &j, Rows rows, std::string_view place) {
        if (auto const *inner = j.if_object()) return walk(*inner, rows, place);
        for (auto const &row : rows) { // null for an object is null for all that would be in it
            if (!on(row.face, face_)) continue;
            if (!j.is_null() || !row.read(row, j, entity_, kept_, context_)) return bad(std::string(place), j);
        }
    }

    // Looks from where the last key was found: keys mostly come in the order of the table.
    auto find(Rows rows, typename Rows::iterator from, std::size_t depth, std::string_view key) const {
        auto elsewhere = rows.end();
        for (auto n = rows.size(); n > 0; --n, ++from) {
            if (from == rows.end()) from = rows.begin();
            if (!names(from->wire, depth, key)) {
                if (elsewhere != rows.end()) break; // rows of one path stand together
            } else if (from->wire.leaf > depth || on(from->face, face_)) {
                return from;
            } else {
                elsewhere = from;
            }
        }
        return elsewhere;
    }
    bool names(Path const &path, std::size_t depth, std::string_view key) const {
        auto const rest = path.whole.substr(depth);
        if (path.leaf == depth) return codec::same_word(rest, key, table_.letters);
        if (rest.size() <= key.size() || rest[key.size()] != '/' || key.find('/') != key.npos) return false;
        return codec::same_word(rest.substr(0, key.size()), key, table_.letters);
    }

    Table<E> const &table_;
    Face face_;
    E &entity_;
    Context const &context_;
    Packer kept_, loose_;
    std::optional<Error> problem_;
};

template <class E>
Result<void> read_into(E &entity, Table<E> const &table, Face face, json::value const &document,
                       Context const &context) {
    auto const *object = document.if_object();
    if (!object) return Error{.code = Code::malformed, .detail = "an object is expected"};
    return Reader<E>(table, face, entity, context).object(*object);
}

template <class E>
Result<E> read(Table<E> const &table, Face face, json::value const &document, Context const &context) {
    // The one that is returned: an entity is big, so it never moves.
    Result<E> result(boost::system::in_place_value);
    auto const done = read_into(*result, table, face, document, context);
    if (!done) result = done.error();
    return result;
}

// Reads into an entity of any kind; not_offered where the dialect has no table for it.
Result<void> read_into(canonical::Entity &entity, TableSet const &tables, Face face, json::value const &document,
                       Context const &context);

} // namespace dialects
