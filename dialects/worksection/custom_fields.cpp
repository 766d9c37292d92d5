#include "dialects/worksection/custom_fields.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/engine/read.hpp"
#include "dialects/worksection/answers.hpp"
#include "dialects/worksection/tables.hpp"
#include "dialects/worksection/worksection.hpp"

#include <boost/json/parse.hpp>

namespace dialects::worksection {

using canonical::CustomField, canonical::CustomOption, canonical::FieldType, canonical::Kind, canonical::Reply,
    canonical::Request, canonical::Verb;

namespace {

constexpr codec::Word<FieldType> types[]{{"text", FieldType::text},    {"number", FieldType::number},
                                         {"date", FieldType::date},    {"list", FieldType::choice},
                                         {"list", FieldType::choices}, {"text", FieldType::person},
                                         {"text", FieldType::file},    {"checkbox", FieldType::flag}};

// What definitions and values begin with.
void begin_field(CustomField const &field, Text &text) {
    text.raw(R"({"id":)");
    text.string(*field.id);
    text.raw(R"(,"type":)");
    codec::words<types>::write(field.type.value_or(FieldType::text), text);
    text.raw(R"(,"name":)");
    text.string(*field.name);
}

void write_field(CustomField const &field, std::vector<CustomOption> const &options, Text &text) {
    begin_field(field, text);
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

// An option by its name, several of them as a list of names; other values as they are.
void write_value(boost::json::value const &value, CustomField const &field, canonical::Records const &known,
                 Text &text) {
    if (auto const *const list = value.if_array()) {
        text.put('[');
        for (auto const &one : *list) {
            text.next();
            write_value(one, field, known, text);
        }
        return text.put(']');
    }
    auto id = value.is_int64() ? std::to_string(value.get_int64()) : std::string();
    if (auto const *const said = value.if_string()) id = std::string(*said);
    auto const *const option = id.empty() ? nullptr : known.find<CustomOption>(id);
    if (option && option->field->id == *field.id)
        text.string(*option->name);
    else if (value.is_string())
        text.string(id);
    else if (!text.value(value))
        text.raw(blank::null);
}

using Definitions = Talk<Request, Result<Reply>, Result<Reply>>;

// The fields of projects or tasks, and what may be chosen in them, in its order.
Definitions definitions_of(std::string_view kind) {
    auto fields = all_where<&CustomField::applies_to>(std::string(kind));
    Result<Reply> known = co_await fields;
    if (!known) co_return known;
    Request list{.verb = Verb::list, .kind = Kind::custom_option};
    list.query.sort = {{.field = {canonical::member<&CustomOption::position>()}}};
    Result<Reply> options = co_await list;
    if (!options) co_return options;
    known->records.of<CustomOption>() = std::move(options->records.of<CustomOption>());
    co_return known;
}

} // namespace

void write_custom_fields(canonical::Project const &project, Text &out) {
    out.put('[');
    if (out.context.related && project.custom)
        for (auto const &field : out.context.related->of<CustomField>()) {
            auto const key = field.key && !field.key->empty() ? *field.key : *field.id;
            auto const value = std::ranges::find(*project.custom, key, &canonical::CustomValue::key);
            if (value == project.custom->end()) continue;
            out.next();
            begin_field(field, out);
            out.raw(R"(,"value":)");
            write_value(boost::json::parse(value->json), field, *out.context.related, out);
            out.put('}');
        }
    out.put(']');
}

Serve get_projects(Call &call) {
    auto const &self = instance();
    auto wanted = self.understand(call);
    if (!wanted) co_return self.refuse(call, wanted.error());
    Result<Reply> known(boost::system::in_place_value);
    auto const &only = *wanted->selection.only;
    if (std::ranges::find(only, "custom_fields") != only.end()) {
        auto asking = definitions_of("projects");
        known = co_await asking;
        if (!known) co_return self.refuse(call, known.error());
    }
    Result<Reply> reply = co_await wanted->request;
    if (!reply) co_return self.refuse(call, self.named(reply.error(), Kind::project));
    reply->related.of<CustomField>() = std::move(known->records.of<CustomField>());
    reply->related.of<CustomOption>() = std::move(known->records.of<CustomOption>());
    co_return self.answer(call, *wanted, *reply);
}

Serve get_custom_fields(Call &call) {
    auto const &self = instance();
    bool const of_tasks = call.operation->path == "get_task_custom_fields";
    auto asking = definitions_of(of_tasks ? "tasks" : "projects");
    Result<Reply> const known = co_await asking;
    if (!known) co_return self.refuse(call, known.error());
    auto const surroundings = self.context(call);
    std::string data;
    {
        Text text(data, surroundings);
        text.put('[');
        for (auto const &field : known->records.of<CustomField>()) {
            text.next();
            write_field(field, known->records.of<CustomOption>(), text);
        }
        text.put(']');
    }
    co_return respond(data);
}

} // namespace dialects::worksection
