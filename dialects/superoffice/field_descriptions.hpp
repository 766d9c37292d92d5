#pragma once
// The fields that a workspace defined for its projects, as the tool describes them. (reference: the vendor's page on
// FieldInfoBase)
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/fields.hpp"

namespace dialects::superoffice {

using canonical::CustomField, canonical::FieldType;

inline constexpr codec::Word<FieldType> field_types[]{
    {"ShortText", FieldType::text},  {"Decimal", FieldType::number},   {"MdoList", FieldType::choice},
    {"Date", FieldType::date},       {"ListText", FieldType::choices}, {"RelationTo", FieldType::person},
    {"Attachment", FieldType::file}, {"Checkbox", FieldType::flag}};

void write_field_key(CustomField const &field, Text &out); // where it has none: its number

inline constexpr Field<CustomField> custom_field_rows[]{
    shown<&CustomField::type, codec::words<field_types>>("FieldType", R"("Unknown")"),
    computed<write_field_key, CustomField>("FieldName", blank::text),
    shown<&CustomField::name, codec::easy_text>("DisplayName", blank::text),
    shown<&CustomField::description, codec::easy_text>("Description", blank::text),
    fixed<CustomField>("ShortLabel", Face::shown, blank::text),
    fixed<CustomField>("HideLabel", Face::shown, blank::no),
    fixed<CustomField>("HideField", Face::shown, blank::no),
    fixed<CustomField>("IsIndexed", Face::shown, blank::no),
    shown<&CustomField::is_required, codec::easy_flag>("IsMandatory", blank::no),
    fixed<CustomField>("IsReadOnly", Face::shown, blank::no),
};
inline constexpr Table<CustomField> custom_field_table{.dialect = "superoffice", .rows = custom_field_rows};
static_assert(well_formed(custom_field_table));

inline constexpr TableSet custom_field_tables = TableSet{}.with(custom_field_table);

Serve list_custom_fields(Call &call); // all, or the one that the path names

} // namespace dialects::superoffice
