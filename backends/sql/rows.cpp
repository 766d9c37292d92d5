#include "backends/sql/rows.hpp"

namespace backends::sql::detail {

std::string text_of_list(Column const &column, Amount amount) {
    Sql sql;
    auto const list = std::string(column.list), target = std::string(column.target);
    sql.add("SELECT l.owner, l.target, r.name");
    if (column.target == people) sql.add(", r.email");
    if (column.shape == Shape::team)
        sql.add(", l.id, l.company, c.name, l.role, l.role_name, l.note, l.joined FROM ")
            .add(list)
            .add(" l LEFT JOIN companies c ON c.id = l.company");
    else
        sql.add(" FROM ").add(list).add(" l");
    sql.add(" LEFT JOIN ").add(target).add(" r ON r.id = l.target WHERE ");
    if (amount == Amount::one)
        sql.add("l.owner = ").bind(nullptr);
    else
        is_one_of(sql, "l.owner", {});
    sql.add(" ORDER BY l.owner, l.position");
    return sql.text;
}

void read_reference(Rows const &row, int &place, Column const &column, canonical::Ref &ref) {
    auto const first = place;
    bool const person = column.target == people;
    place += person ? 3 : 2;
    if (row.is_null(first)) return;
    ref.id = row.text(first);
    if (ref.id == "0") ref.id = canonical::anyone;
    ref.name = row.text(first + 1);
    if (person) ref.email = row.text(first + 2);
}

void read_member(Rows const &row, canonical::Member &member) {
    member.person = {
        .id = std::string(row.text(1)), .name = std::string(row.text(2)), .email = std::string(row.text(3))};
    member.id = row.text(4);
    member.company = {.id = std::string(row.text(5)), .name = std::string(row.text(6))};
    member.role = {.id = std::string(row.text(7)), .name = std::string(row.text(8))};
    member.note = row.text(9);
    if (!row.is_null(10)) from_column(row, 10, member.joined.emplace());
}

} // namespace backends::sql::detail
