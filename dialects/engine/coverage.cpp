#include "dialects/engine/coverage.hpp"

#include "dialects/engine/fidelity.hpp"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>

namespace dialects {

namespace {

std::string_view name_of(Face face) {
    switch (face) {
    case Face::sent:
        return "sent";
    case Face::shown:
        return "shown";
    default:
        return "both";
    }
}

std::string titled(std::string_view words) {
    std::string title(words);
    std::ranges::replace(title, '_', ' ');
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = char(title[0] - 'a' + 'A');
    return title;
}

// "manager.id", or nothing for what is no member.
template <class E> std::string model_of(Field<E> const &row) {
    if (!row.has_member()) return {};
    auto const whole = canonical::name_of(row.member.member);
    auto name = "`" + whole.substr(whole.find('.') + 1);
    if (row.member.part == canonical::Part::id) name += ".id";
    if (row.member.part == canonical::Part::name) name += ".name";
    if (row.member.part == canonical::Part::email) name += ".email";
    if (row.member.part == canonical::Part::membership) name += ".membership";
    return name + "`";
}

void add_row(std::string &text, std::initializer_list<std::string_view> cells) {
    for (auto const cell : cells) text.append("| ").append(cell).append(cell.empty() ? "" : " ");
    text.append("|\n");
}

void add_calls(std::string &text, Dialect const &dialect) {
    add_row(text, {"call", "operation"});
    add_row(text, {"---", "---"});
    for (auto const &operation : dialect.operations()) {
        std::string call("`");
        call.append(operation.method).append(" ").append(operation.path).append("`");
        add_row(text, {call, operation.name});
    }
}

template <class E> void add_fields(std::string &text, std::string_view title, Table<E> const &table) {
    text.append("\n### ").append(title).append("\n\n");
    add_row(text, {"field", "face", "model", "how"});
    add_row(text, {"---", "---", "---", "---"});
    for (auto const &row : table.rows)
        add_row(text,
                {"`" + std::string(row.wire.whole) + "`", name_of(row.face), model_of(row), name_of(row.fidelity)});
}

} // namespace

std::string coverage_of(Dialect const &dialect) {
    std::string text;
    add_calls(text, dialect);
    for (std::size_t kind = 0; kind < canonical::kinds; ++kind)
        canonical::with_kind(canonical::Kind(kind), [&]<class E>(std::type_identity<E>) {
            auto const title = titled(canonical::name_of(canonical::Kind(kind)));
            if (auto const *const table = dialect.tables().of<E>()) add_fields(text, title, *table);
            Table<E> const *last = nullptr;
            for (auto const &operation : dialect.operations()) {
                auto const *const own = operation.tables ? operation.tables->of<E>() : nullptr;
                bool const other = own && own != last && own != dialect.tables().of<E>();
                if (other) add_fields(text, title + " under `" + std::string(operation.path) + "`", *own);
                last = other ? own : last;
            }
        });
    return text;
}

} // namespace dialects
