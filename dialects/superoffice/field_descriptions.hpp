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

// The same as they are laid out. Where they stand on a page nobody says here.
inline constexpr codec::Word<FieldType> layout_types[]{{"ShortText", FieldType::text}, {"Decimal", FieldType::number},
                                                       {"List", FieldType::choice},    {"Date", FieldType::date},
                                                       {"List", FieldType::choices},   {"ShortText", FieldType::person},
                                                       {"ShortText", FieldType::file}, {"Checkbox", FieldType::flag}};
inline constexpr Field<CustomField> layout_rows[]{
    shown<&CustomField::id, codec::id>("UDefFieldId", blank::zero),
    fixed<CustomField>("ColumnId", Face::shown, blank::zero),
    fixed<CustomField>("FieldDefault", Face::shown, blank::text),
    fixed<CustomField>("FieldHeight", Face::shown, blank::zero),
    shown<&CustomField::name, codec::easy_text>("FieldLabel", blank::text),
    fixed<CustomField>("FieldLeft", Face::shown, blank::zero),
    fixed<CustomField>("FieldTop", Face::shown, blank::zero),
    shown<&CustomField::type, codec::words<layout_types>>("FieldType", R"("ShortText")", Fidelity::approximated),
    fixed<CustomField>("FieldWidth", Face::shown, blank::zero),
    fixed<CustomField>("FormatMask", Face::shown, blank::text),
    fixed<CustomField>("HideLabel", Face::shown, blank::no),
    fixed<CustomField>("IsIndexed", Face::shown, blank::no),
    fixed<CustomField>("LabelHeight", Face::shown, blank::zero),
    fixed<CustomField>("LabelLeft", Face::shown, blank::zero),
    fixed<CustomField>("LabelTop", Face::shown, blank::zero),
    fixed<CustomField>("LabelWidth", Face::shown, blank::zero),
    fixed<CustomField>("LastVersionId", Face::shown, blank::zero),
    fixed<CustomField>("ListTableId", Face::shown, blank::zero),
    shown<&CustomField::is_required, codec::easy_flag>("IsMandatory", blank::no),
    fixed<CustomField>("Type", Face::shown, R"("Project")"),
    fixed<CustomField>("Page1LineNo", Face::shown, blank::zero),
    computed<write_field_key, CustomField>("ProgId", blank::text),
    fixed<CustomField>("IsReadOnly", Face::shown, blank::no),
    fixed<CustomField>("ShortLabel", Face::shown, blank::text),
    shown<&CustomField::position, codec::integer>("TabOrder", blank::zero),
    fixed<CustomField>("TextLength", Face::shown, blank::zero),
    shown<&CustomField::description, codec::easy_text>("Tooltip", blank::text),
    fixed<CustomField>("UdefIdentity", Face::shown, blank::zero),
    fixed<CustomField>("UDListDefinitionId", Face::shown, blank::zero),
    fixed<CustomField>("Justification", Face::shown, R"("Default")"),
    fixed<CustomField>("Version", Face::shown, blank::zero),
    fixed<CustomField>("TemplateVariableName", Face::shown, blank::text),
    fixed<CustomField>("HasBeenPublished", Face::shown, blank::yes),
    fixed<CustomField>("MdoListName", Face::shown, blank::text),
    fixed<CustomField>("TableRight", Face::shown, blank::null),
    fixed<CustomField>("FieldProperties", Face::shown, blank::map),
};
inline constexpr Table<CustomField> layout_table{.dialect = "superoffice", .rows = layout_rows};
static_assert(well_formed(layout_table));

inline constexpr TableSet layout_tables = TableSet{}.with(layout_table);
inline constexpr TableSet custom_field_tables = TableSet{}.with(custom_field_table);

// All, or the one that the path names.
Serve list_custom_fields(Call &call);
Serve list_layout(Call &call);
// Whether something of it waits to be published, or is being published: what is laid out is published at once.
Serve is_layout_pending(Call &call);

} // namespace dialects::superoffice
