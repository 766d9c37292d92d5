#include "dialects/superoffice/field_descriptions.hpp"

#include "dialects/engine/questions.hpp"
#include "dialects/superoffice/answers.hpp"

namespace dialects::superoffice {

namespace {

std::string const &key_of(CustomField const &field) { return field.key ? *field.key : *field.id; }

} // namespace

void write_field_key(CustomField const &field, Text &out) { out.string(key_of(field)); }

Serve list_custom_fields(Call &call) {
    auto const &self = *find_dialect("superoffice");
    auto list = all_where<&CustomField::applies_to>(std::string("projects"));
    canonical::Result<canonical::Reply> const reply = co_await list;
    if (!reply) co_return self.refuse(call, reply.error());
    auto const &fields = reply->records.of<CustomField>();
    auto const context = self.context(call);
    bool const one = call.segments().size() > 2;
    auto const *const name = one ? &call.segments().back() : nullptr;
    Body body{.json = {}, .element = one ? "FieldInfoBase" : "ArrayOfFieldInfoBase"};
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
            write(custom_field_table, view, field, out);
        }
        if (!one) out.put(']');
    }
    canonical::Error const unknown{.code = Code::not_found, .detail = one ? *name : std::string()};
    if (!found) co_return self.refuse(call, unknown);
    co_return respond(call, 200, std::move(body));
}

} // namespace dialects::superoffice
