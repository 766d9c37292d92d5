#pragma once
// Objects inside a record that are no records: addresses of the internet, telephones, links. Lists of them are kept as
// they came. (reference: the vendor's page on EntityElement and Link)
#include "dialects/superoffice/parts.hpp"

namespace dialects::superoffice {

// An internet address. What it looks like without its format is the address itself where nobody says anything else.
struct Address {
    std::string value = {}, stripped = {}, description = {};
    canonical::Bag extras = {};
};
void write_stripped(Address const &address, Text &out);
constexpr Field<Address> stripped_row() {
    auto row = part<&Address::stripped, codec::easy_text>("StrippedValue", blank::text);
    row.write = [](Field<Address> const &self, Address const &address, Writer &to) {
        write_stripped(address, to.at(self.wire));
    };
    return row;
}
inline constexpr Field<Address> address_rows[]{
    part<&Address::value, codec::easy_text>("Value", blank::text),
    stripped_row(),
    part<&Address::description, codec::easy_text>("Description", blank::text),
    fixed<Address>("TableRight", Face::shown, blank::null),
    fixed<Address>("FieldProperties", Face::shown, blank::map),
};
inline constexpr Table<Address> address_table{
    .dialect = "superoffice", .rows = address_rows, .letters = codec::Case::ignored};
static_assert(well_formed(address_table));
// A red-letter link to another record, or to an address.
struct Link {
    std::string entity = {}, id = {}, description = {}, extra = {}, link_id = {};
    canonical::Bag extras = {};
};
inline constexpr Field<Link> link_rows[]{
    part<&Link::entity, codec::easy_text>("EntityName", blank::text),
    part<&Link::id, record_id>("Id", blank::zero),
    part<&Link::description, codec::easy_text>("Description", blank::text),
    part<&Link::extra, codec::easy_text>("ExtraInfo", blank::text),
    part<&Link::link_id, record_id>("LinkId", blank::zero),
    fixed<Link>("TableRight", Face::shown, blank::null),
    fixed<Link>("FieldProperties", Face::shown, blank::map),
};
inline constexpr Table<Link> link_table{.dialect = "superoffice", .rows = link_rows, .letters = codec::Case::ignored};
static_assert(well_formed(link_table));
// A list of such objects, kept and shown through their table.
json::array kept_array(std::string_view json);
// Of the first one, what is called so; an empty text where there is none.
void write_of_first(std::string_view list, std::string_view key, Text &out);
template <class Item, auto const &Rows>
void write_items(std::vector<Item> const &items, std::string_view place, Writer &to, Text &out) {
    Inside const inside(to.view, place);
    out.put('[');
    for (auto const &item : items) {
        out.next();
        write(Rows, inside.view(), item, out);
    }
    out.put(']');
}
template <class E, auto const &Rows, class Item> constexpr Field<E> kept_list(Path wire) {
    using List = codec::list<object<Rows>>;
    auto row = kept_as<E, std::vector<Item>, List>(wire, Face::both, blank::list);
    row.write = [](Field<E> const &self, E const &, Writer &to) {
        auto const json = to.kept(self.kept);
        if (json.empty() && to.view.face == Face::sent) return;
        std::vector<Item> items;
        List::read(kept_array(json), items, to.context());
        write_items<Item, Rows>(items, self.wire.whole, to, to.at(self.wire));
    };
    return row;
}

// A text of the model that is the first of such a list; what else is in the list is kept beside it.
template <auto M> constexpr auto first_address(Path wire) {
    using E = typename canonical::detail::ClassOf<decltype(M)>::Class;
    using List = codec::list<object<address_table>>;
    auto row = kept<E>(wire, Face::both, blank::list);
    row.read = [](Field<E> const &self, json::value const &j, E &e, Packer &to, Context const &context) {
        std::vector<Address> items;
        if (!j.is_null() && !is_blank(j, blank::text) && !List::read(j, items, context)) return false;
        e.*M = std::nullopt;
        if (!items.empty() && !items.front().value.empty()) e.*M = items.front().value;
        List::write(items, to.add({}, self.kept));
        return true;
    };
    row.write = [](Field<E> const &self, E const &e, Writer &to) {
        auto const json = to.kept(self.kept);
        auto const &slot = e.*M;
        if (to.view.face == Face::sent && slot.absent() && json.empty()) return;
        std::vector<Address> items;
        List::read(kept_array(json), items, to.context());
        bool const said = slot && !slot->empty();
        if (said && items.empty()) items.emplace_back();
        if (said && items.front().value != *slot) items.front() = {.value = *slot};
        if (!said) items.clear();
        write_items<Address, address_table>(items, self.wire.whole, to, to.at(self.wire));
    };
    row.same = [](E const &a, E const &b, Face face) {
        auto const &x = a.*M, &y = b.*M;
        if (x && y) return *x == *y;
        return !x && !y && (face == Face::shown || x.absent() == y.absent());
    };
    row.is_empty = [](E const &e) { return !(e.*M); };
    row.member = {canonical::member<M>()};
    row.fidelity = Fidelity::converted;
    return row;
}

} // namespace dialects::superoffice
