#include "dialects/superoffice/field_descriptions.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"

namespace dialects::superoffice {

namespace {

std::string const &key_of(CustomField const &field) { return field.key ? *field.key : *field.id; }

// What they are called in XML.
struct Elements {
    std::string_view one, all;
};

// `name`: of the one that is asked for; null for all of them.
Serve described(Call &call, Table<CustomField> const &table, std::string const *name, Elements elements) {
    auto const &self = *find_dialect("superoffice");
    auto list = all_where<&CustomField::applies_to>(std::string("projects"));
    canonical::Result<canonical::Reply> const reply = co_await list;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const &fields = reply->records.of<CustomField>();
    auto const context = self.context(call);
    bool const one = name != nullptr;
    Body body{.json = {}, .element = one ? elements.one : elements.all};
    bool found = !one;
    {
        Text out(body.json, context);
        View const view{.extras = false};
        if (!one) out.put('[');
        for (auto const &field : fields) {
            if (one && !wire::same_letters(key_of(field), *name)) continue;
            if (one && found) break;
            found = true;
            if (!one) out.next();
            write(table, view, field, out);
        }
        if (!one) out.put(']');
    }
    canonical::Error const unknown{.code = Code::not_found, .detail = one ? *name : std::string()};
    if (!found) co_return self.refuse(call, unknown);
    co_return respond(call, 200, std::move(body));
}

std::string const *name_behind(Call const &call, std::size_t segments) {
    return call.segments().size() > segments ? &call.segments().back() : nullptr;
}

} // namespace

void write_field_key(CustomField const &field, Text &out) { out.string(key_of(field)); }

Serve list_custom_fields(Call &call) {
    return described(call, custom_field_table, name_behind(call, 2), {"FieldInfoBase", "ArrayOfFieldInfoBase"});
}

Serve is_layout_pending(Call &call) {
    Body body{.json = std::string(blank::no), .element = "boolean"};
    co_return respond(call, 200, std::move(body));
}

Serve list_layout(Call &call) {
    bool const published = call.operation->path.starts_with("Project/UdefLayout/Published");
    return described(call, layout_table, name_behind(call, published ? 3 : 2),
                     {"UdefFieldInfo", "ArrayOfUdefFieldInfo"});
}

} // namespace dialects::superoffice
