#include "dialects/engine/translate.hpp"

#include "backends/upstream/completion.hpp"
#include "gateway/commands/options.hpp"

#include <algorithm>
#include <boost/describe/enum_to_string.hpp>
#include <istream>
#include <iterator>
#include <ostream>

namespace gateway::commands {

namespace {

using canonical::Error, canonical::Result, dialects::Translated;

Result<Translated> translate_answer(dialects::Dialect const &from, dialects::Dialect const &to,
                                    dialects::Message const &message, std::string const &name) {
    auto const all = from.operations();
    auto const operation = std::ranges::find(all, name, &dialects::Operation::name);
    if (operation == all.end())
        return Error{.code = canonical::Code::malformed,
                     .detail = "an answer needs the name of its operation, as `dragoman routes` prints them"};
    auto reply = dialects::read_answer(*from.client(), message, *operation);
    if (!reply) return reply.error();
    backends::upstream::complete(operation->kind, reply->records);
    return dialects::write_answer(from, to, *operation, std::move(*reply));
}

} // namespace

int translate(Translation const &wanted, std::istream &in, Output output) {
    auto const *const from = known_dialect(wanted.pair.from, output), *const to = known_dialect(wanted.pair.to, output);
    if (!from || !to) return 2;
    std::string const text{std::istreambuf_iterator<char>(in), {}};
    auto const message = dialects::Message::parse(text);
    auto const translated = wanted.answer
                                ? translate_answer(*from, *to, message, wanted.operation)
                                : dialects::translate_request(*from, *to->client(), message, wanted.operation);
    if (!translated) {
        auto const &error = translated.error();
        output.problems << "refused: " << boost::describe::enum_to_string(error.code, "");
        if (!error.field.empty()) output.problems << ' ' << error.field;
        if (!error.detail.empty()) output.problems << ": " << error.detail;
        output.problems << '\n';
        return 2;
    }
    output.out << translated->text;
    for (auto const &loss : translated->losses)
        output.problems << loss.what << ' ' << loss.member << ": " << loss.reason << '\n';
    return translated->losses.empty() ? 0 : 1;
}

} // namespace gateway::commands
