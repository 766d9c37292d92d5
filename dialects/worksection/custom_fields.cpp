#include "dialects/worksection/custom_fields.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/worksection/answers.hpp"
#include "dialects/worksection/worksection.hpp"

namespace dialects::worksection {

using canonical::CustomField, canonical::CustomOption, canonical::FieldType, canonical::Kind, canonical::Reply,
    canonical::Request, canonical::Verb;

namespace {

constexpr codec::Word<FieldType> types[]{{"text", FieldType::text},    {"number", FieldType::number},
                                         {"date", FieldType::date},    {"list", FieldType::choice},
                                         {"list", FieldType::choices}, {"text", FieldType::person},
                                         {"text", FieldType::file},    {"checkbox", FieldType::flag}};

void write_field(CustomField const &field, std::vector<CustomOption> const &options, Text &text) {
    text.raw(R"({"id":)");
    text.string(*field.id);
    text.raw(R"(,"type":)");
    codec::words<types>::write(field.type.value_or(FieldType::text), text);
    text.raw(R"(,"name":)");
    text.string(*field.name);
    text.raw(R"(,"descr":)");
    text.string(*field.description);
    text.raw(R"(,"options":[)");
    for (auto const &option : options) {
        if (option.field->id != *field.id) continue;
        text.next();
        text.raw(R"({"id":)");
        text.string(*option.id);
        text.raw(R"(,"name":)");
        text.string(*option.name);
        text.put('}');
    }
    text.raw("]}");
}

} // namespace

Serve get_custom_fields(Call &call) {
    auto const &self = instance();
    bool const of_tasks = call.operation->path == "get_task_custom_fields";
    auto fields = all_where<&CustomField::applies_to>(std::string(of_tasks ? "tasks" : "projects"));
    Result<Reply> const known = co_await fields;
    if (!known) co_return self.refuse(call, known.error());
    Request list{.verb = Verb::list, .kind = Kind::custom_option};
    list.query.sort = {{.field = {canonical::member<&CustomOption::position>()}}};
    Result<Reply> const options = co_await list;
    if (!options) co_return self.refuse(call, options.error());
    auto const surroundings = self.context(call);
    std::string data;
    {
        Text text(data, surroundings);
        text.put('[');
        for (auto const &field : known->records.of<CustomField>()) {
            text.next();
            write_field(field, options->records.of<CustomOption>(), text);
        }
        text.put(']');
    }
    co_return respond(data);
}

} // namespace dialects::worksection
