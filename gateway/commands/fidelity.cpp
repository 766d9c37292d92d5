#include "dialects/engine/fidelity.hpp"

#include "canonical/nearest.hpp"
#include "gateway/commands/options.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <ostream>

namespace gateway::commands {

namespace {

std::string_view name_of(dialects::Face face) {
    return face == dialects::Face::both ? "both" : face == dialects::Face::sent ? "sent" : "shown";
}

void print_json(std::vector<dialects::FieldFidelity> const &fields, std::ostream &out) {
    boost::json::array all;
    for (auto const &field : fields)
        all.push_back({{"kind", canonical::name_of(field.kind)},
                       {"field", field.field},
                       {"face", name_of(field.face)},
                       {"member", field.member},
                       {"class", dialects::name_of(field.becomes)},
                       {"reason", field.reason}});
    out << boost::json::serialize(all) << '\n';
}

void print_table(std::vector<dialects::FieldFidelity> const &fields, std::ostream &out) {
    std::size_t widest = 0;
    for (auto const &field : fields) widest = std::max(widest, field.field.size());
    for (auto const &field : fields) {
        std::string line(canonical::name_of(field.kind));
        auto const column = [&](std::size_t at) { line.append(line.size() < at ? at - line.size() : 1, ' '); };
        column(16);
        line += field.field;
        column(16 + widest + 2);
        line += name_of(field.face);
        column(16 + widest + 9);
        line += dialects::name_of(field.becomes);
        if (!field.reason.empty()) {
            column(16 + widest + 23);
            line += field.reason;
        }
        out << line << '\n';
    }
}

} // namespace

int fidelity(Pair const &pair, bool json, Output output) {
    if (pair.from.empty() && pair.to.empty()) {
        output.out << dialects::fidelity_document();
        return 0;
    }
    auto const *const from = known_dialect(pair.from, output);
    if (!from) return 1;
    dialects::Client const *service = nullptr;
    if (pair.to != "sqlite") {
        auto const *const to = known_dialect(pair.to, output);
        if (!to) return 1;
        service = to->client();
    }
    auto const fields = dialects::fidelity_of(*from, service);
    if (json)
        print_json(fields, output.out);
    else
        print_table(fields, output.out);
    return 0;
}

} // namespace gateway::commands
