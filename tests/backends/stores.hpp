#pragma once
// The stores that the contract suite runs over, by name, and a way to ask them without a server around.
#include "backends/backend.hpp"

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>

namespace tests {

using namespace canonical;
using namespace std::chrono_literals;

// A folder that is gone when the test is over.
class Folder {
public:
    Folder();
    Folder(Folder const &) = delete;
    Folder &operator=(Folder const &) = delete;
    ~Folder();
    std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
    // Makes a file in it.
    std::filesystem::path write(std::string_view name, std::string_view text) const;

private:
    std::filesystem::path path_;
};

inline constexpr Instant noon{1'767'268'800'120ms}; // 2026-01-01T12:00:00.120Z

// Asks one backend after another; each answer is waited for.
class Asker {
public:
    explicit Asker(backends::Store &store) : backend_(store.backend_for(context_.get_executor())) {}

    Result<Reply> ask(Request request);
    // All at the same time; once all are asked, `then` is called.
    std::vector<Result<Reply>> ask_all(std::vector<Request> requests, std::function<void()> then = {});

    template <class E> Result<E> one(Request request) {
        request.kind = kind_of<E>;
        auto reply = ask(std::move(request));
        if (!reply) return reply.error();
        return reply->one<E>();
    }
    template <class E> Result<E> create(E patch) {
        return one<E>({.verb = Verb::create, .patch = std::move(patch), .now = now});
    }
    template <class E> Result<E> update(std::string id, E patch, std::vector<ListChange> changes = {}) {
        return one<E>({.verb = Verb::update,
                       .id = std::move(id),
                       .patch = std::move(patch),
                       .changes = std::move(changes),
                       .now = now});
    }
    template <class E> Result<E> get(std::string id) {
        return one<E>({.verb = Verb::get, .id = std::move(id), .now = now});
    }
    template <class E> Result<Reply> remove(std::string id) {
        return ask({.verb = Verb::remove, .kind = kind_of<E>, .id = std::move(id), .now = now});
    }
    template <class E> Result<Reply> list(Query query = {}) {
        return ask({.verb = Verb::list, .kind = kind_of<E>, .query = std::move(query), .now = now});
    }
    // What must go well in a test that is about something else.
    template <class E> std::string made(E patch) {
        auto record = create(std::move(patch));
        EXPECT_TRUE(record) << (record ? "" : record.error().field + " " + record.error().detail);
        return record ? *record->id : "";
    }
    // The names of a list, in its order.
    template <class E> std::vector<std::string> names(Query query) {
        auto reply = list<E>(std::move(query));
        EXPECT_TRUE(reply) << (reply ? "" : reply.error().field + " " + reply.error().detail);
        std::vector<std::string> found;
        if (reply)
            for (auto const &record : reply->records.template of<E>()) found.push_back(*record.name);
        return found;
    }

    Instant now = noon;

private:
    boost::asio::io_context context_{1};
    std::unique_ptr<backends::Backend> backend_;
};

// A way to have a store. The folder is empty and outlives it.
struct StoreKind {
    std::string name;
    std::function<std::unique_ptr<backends::Store>(Folder const &)> open;
};
std::vector<StoreKind> store_kinds();
// And one whose lists are filtered, sorted and cut behind it.
std::vector<StoreKind> queried_kinds();
inline void PrintTo(StoreKind const &kind, std::ostream *out) { *out << kind.name; }

// An empty store of each kind.
class EveryStore : public testing::TestWithParam<StoreKind> {
protected:
    Folder folder_;
    std::unique_ptr<backends::Store> store_ = GetParam().open(folder_);
    Asker asker_{*store_};
};

inline std::string name_of_store(testing::TestParamInfo<StoreKind> const &info) { return info.param.name; }

// Conditions, as short as tests want them.
template <auto Member> Field field(Part part = Part::self) { return {.member = member<Member>(), .part = part}; }
inline Filter where(Field field, Operator op, std::vector<Value> values) {
    return {.op = op, .field = field, .values = std::move(values)};
}
inline Ref by_id(std::string id) { return {.id = std::move(id)}; }
inline Ref by_name(std::string name) { return {.name = std::move(name)}; }
inline Ref by_email(std::string email) { return {.email = std::move(email)}; }

// "Ann Lake <ann@example.com>" without looking at ids.
inline std::vector<std::string> names_in(std::vector<Ref> const &refs) {
    std::vector<std::string> names;
    for (auto const &ref : refs) names.push_back(ref.name);
    return names;
}
inline std::vector<std::string> names_in(std::vector<Member> const &team) {
    std::vector<std::string> names;
    for (auto const &member : team) names.push_back(member.person.name);
    return names;
}

// A patch with a name and nothing else.
template <class E> E named(std::string name) {
    E patch;
    patch.name = std::move(name);
    return patch;
}
Person person(std::string name, std::string email);
ProjectStatus status(std::string name, Phase phase, bool is_default = false);

// What went wrong, as "blank name".
std::string problem_of(Error const &error);
template <class T> std::string problem_of(Result<T> const &result) {
    return result ? "nothing" : problem_of(result.error());
}

} // namespace tests
