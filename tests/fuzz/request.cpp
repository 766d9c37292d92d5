// Whole requests in every dialect, from the target to the last question: whatever comes, the talk ends with an answer,
// and what it asks is what a store takes. The first byte picks the dialect, then: "METHOD target\n" and the body.
#include "dialects/engine/dialect.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <boost/json/monotonic_resource.hpp>

namespace {

using namespace dialects;

constexpr int most_questions = 10'000;
constexpr int deepest = 100; // of conditions in one another

// What an empty workspace answers.
canonical::Result<canonical::Reply> answer_to(canonical::Request const &question) {
    fuzz::require(fuzz::depth_of(question.query.filter) <= deepest);
    if (question.verb == canonical::Verb::list) return canonical::Reply{};
    return canonical::Error{.code = canonical::Code::not_found};
}

wire::Response respond(Dialect const &dialect, Call &call) {
    if (auto const found = dialect.find(call); !found) return dialect.refuse(call, found.error());
    auto talk = dialect.serve(call);
    for (int i = 0; talk.pending(); ++i) {
        fuzz::require(i < most_questions);
        auto given = answer_to(*talk.pending());
        talk.answer(std::move(given));
    }
    return talk.outcome();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const *data, std::size_t size) {
    static Caller const caller{.name = "ann", .person = "ann@example.com", .credential = {{"token", "t"}}};
    static Settings const settings;
    if (size == 0) return 0;
    auto const all = all_dialects();
    auto const &dialect = *all[data[0] % all.size()];
    auto const text = fuzz::text_of(data + 1, size - 1);
    auto const line = text.substr(0, text.find('\n'));
    auto const space = std::min(line.find(' '), line.size());

    wire::Request request;
    request.method = line.substr(0, space);
    request.target = line.substr(std::min(space + 1, line.size()));
    request.body = text.substr(std::min(line.size() + 1, text.size()));
    request.headers.set("Host", "gw.test");
    request.headers.set("Content-Type",
                        dialect.name() == "productive" ? "application/vnd.api+json" : "application/json");
    request.headers.set("Accept", "application/json");
    auto target = wire::split_target(request.target);
    if (!target) return 0;
    boost::json::monotonic_resource memory;
    Call call{.request = request,
              .target = std::move(*target),
              .settings = settings,
              .callers = std::span(&caller, 1),
              .now = canonical::Instant(std::chrono::hours(500'000)),
              .memory = &memory};
    call.caller = &caller;
    auto const response = respond(dialect, call);
    fuzz::require(response.status >= 200 && response.status < 600);
    return 0;
}
