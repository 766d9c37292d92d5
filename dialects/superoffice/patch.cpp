#include "dialects/superoffice/patch.hpp"

#include "dialects/superoffice/parts.hpp"

#include <algorithm>

namespace dialects::superoffice {

namespace {

// Their members are values of their own: a patch sets those it names and leaves the others.
constexpr std::string_view dictionaries[]{"UserDefinedFields", "ExtraFields", "CustomFields"};

Error bad(std::string_view field, std::string_view what) {
    return {.code = Code::bad_value, .field = std::string(field), .detail = std::string(what)};
}

json::object::iterator find_member(json::object &object, std::string_view name) {
    auto const exact = object.find(name);
    if (exact != object.end()) return exact;
    return std::ranges::find_if(
        object, [&](auto const &member) { return codec::same_word(member.key(), name, codec::Case::ignored); });
}

// "/Name", "ProjectStatus/Id", "/Urls/-": decoded segments.
std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    if (path.starts_with('/')) path.remove_prefix(1);
    while (true) {
        auto const slash = path.find('/');
        auto &segment = segments.emplace_back();
        auto const raw = path.substr(0, slash);
        for (std::size_t i = 0; i < raw.size(); ++i) {
            bool const escape = raw[i] == '~' && i + 1 < raw.size() && (raw[i + 1] == '0' || raw[i + 1] == '1');
            segment += escape ? (raw[++i] == '0' ? '~' : '/') : raw[i];
        }
        if (slash == path.npos) return segments;
        path.remove_prefix(slash + 1);
    }
}

// Texts and numbers stand for each other, as they do in bodies; of objects the members that are asked for count.
bool matches(json::value const &present, json::value const &wanted) {
    if (auto const *object = wanted.if_object()) {
        auto const *other = present.if_object();
        return other && std::ranges::all_of(*object, [&](auto const &member) {
                   auto const *found = find_any_case(*other, member.key());
                   return found && matches(*found, member.value());
               });
    }
    if (auto const *array = wanted.if_array()) {
        auto const *other = present.if_array();
        return other && std::ranges::equal(*other, *array, matches);
    }
    codec::Scalar const a(present), b(wanted);
    return a && b ? a.text == b.text : present.kind() == wanted.kind();
}

constexpr std::size_t most_steps = 1'000;

enum class Op : unsigned char { add, replace, remove, test };
constexpr codec::Word<Op> operations[]{
    {"add", Op::add}, {"replace", Op::replace}, {"remove", Op::remove}, {"test", Op::test}};

struct Step {
    Op op;
    std::string path; // as it was written, without the first slash
    std::vector<std::string> segments;
    json::value const *value;
};

class Patcher {
public:
    explicit Patcher(json::object document) : document_(std::move(document)) {}

    Result<void> apply(json::value const &operation) {
        auto const step = read(operation);
        if (!step) return step.error();
        return apply(*step);
    }
    Result<void> merge(json::object const &patch) {
        for (auto const &member : patch) {
            auto const known = find_member(document_, member.key());
            if (known == document_.end()) continue; // nothing that a project has
            touch(known->key());
            lay_over(known->value(), member.value(), is_dictionary(known->key()));
        }
        return {};
    }
    json::object touched() && {
        json::object result;
        for (auto const &name : touched_) result.emplace(name, std::move(document_.at(name)));
        return result;
    }

private:
    static bool is_dictionary(std::string_view name) {
        return std::ranges::find(dictionaries, name) != std::end(dictionaries);
    }
    void touch(std::string_view name) {
        if (std::ranges::find(touched_, name) == touched_.end()) touched_.emplace_back(name);
    }

    static Result<Step> read(json::value const &operation) {
        auto const *object = operation.if_object();
        auto const part = [&](std::string_view name) { return object ? find_any_case(*object, name) : nullptr; };
        auto const *op = part("op"), *path = part("path"), *value = part("value");
        if (!op || !path || !path->is_string()) return bad("patch", "an operation needs op and path");
        std::string_view written = path->get_string();
        if (written.starts_with('/')) written.remove_prefix(1);
        Step result{.op = {}, .path = std::string(written), .segments = split(written), .value = value};
        static Context const none;
        if (!codec::words<operations, codec::Style::quoted, codec::Case::ignored>::read(*op, result.op, none))
            return bad("op", excerpt(*op));
        if (result.op != Op::remove && !value) return bad(result.path, "no value");
        return result;
    }

    Result<void> apply(Step const &step) {
        auto const known = find_member(document_, step.segments.front());
        if (known == document_.end()) return bad(step.path, "no such property");
        if (step.op != Op::test) touch(known->key());
        bool const dictionary = is_dictionary(known->key());
        auto *place = &known->value();
        if (step.segments.size() == 1) return at_member(*place, step, dictionary);
        for (std::size_t i = 1; i + 1 < step.segments.size(); ++i) {
            place = inside(*place, step.segments[i]);
            if (!place) return bad(step.path, "no such property");
        }
        auto const &last = step.segments.back();
        if (auto *array = place->if_array()) return at_item(*array, last, step);
        if (place->is_null() && step.op != Op::test) *place = json::object();
        auto *object = place->if_object();
        if (!object) return bad(step.path, "no such property");
        auto const member = find_member(*object, last);
        if (member != object->end()) return at_member(member->value(), step, false);
        if (step.op == Op::test) return failed(step);
        if (step.op == Op::remove && !dictionary) return bad(step.path, "no such property");
        return at_member((*object)[last], step, false);
    }
    static json::value *inside(json::value &place, std::string const &segment) {
        if (auto *array = place.if_array()) {
            auto const index = index_of(segment, *array, 0);
            return index ? &(*array)[*index] : nullptr;
        }
        auto *object = place.if_object();
        auto const member = object ? find_member(*object, segment) : nullptr;
        return object && member != object->end() ? &member->value() : nullptr;
    }

    static Error failed(Step const &step) { return {.code = Code::conflict, .field = step.path, .detail = "test"}; }
    Result<void> at_member(json::value &present, Step const &step, bool dictionary) {
        switch (step.op) {
        case Op::test:
            if (!matches(present, *step.value)) return failed(step);
            return {};
        case Op::remove:
            remove(present, dictionary);
            return {};
        case Op::add:
        case Op::replace:
            break;
        }
        if (auto *array = present.if_array(); array && step.value->is_object())
            array->push_back(*step.value);
        else if (dictionary)
            lay_over(present, *step.value, true);
        else
            present = *step.value;
        return {};
    }
    // At most that many behind the last one.
    static std::optional<std::size_t> index_of(std::string_view segment, json::array const &array, std::size_t beyond) {
        std::size_t index = 0;
        auto const [end, error] = std::from_chars(segment.data(), segment.data() + segment.size(), index);
        bool const whole = error == std::errc() && end == segment.data() + segment.size();
        if (!whole || index >= array.size() + beyond) return {};
        return index;
    }
    static Result<void> at_item(json::array &array, std::string const &last, Step const &step) {
        bool const adds = step.op == Op::add;
        auto const index = adds && last == "-" ? array.size() : index_of(last, array, adds ? 1 : 0);
        if (!index) return bad(step.path, "no such item");
        auto const item = array.begin() + std::ptrdiff_t(*index);
        switch (step.op) {
        case Op::add:
            array.insert(item, *step.value);
            break;
        case Op::replace:
            *item = *step.value;
            break;
        case Op::remove:
            array.erase(item);
            break;
        case Op::test:
            if (!matches(*item, *step.value)) return failed(step);
            break;
        }
        return {};
    }

    // Members of a dictionary are said to be null, one by one.
    static void remove(json::value &present, bool dictionary) {
        if (!dictionary || !present.is_object())
            present = nullptr;
        else
            for (auto &member : present.get_object()) member.value() = nullptr;
    }
    // RFC 7386, but an object is added to an array.
    static void lay_over(json::value &present, json::value const &patch, bool dictionary) {
        auto const *object = patch.if_object();
        if (auto *array = present.if_array(); array && object) return array->push_back(patch);
        if (patch.is_null()) return remove(present, dictionary);
        if (!object) {
            present = patch;
            return;
        }
        if (!present.is_object()) present = json::object();
        auto &members = present.get_object();
        for (auto const &member : *object) {
            auto const known = dictionary ? members.find(member.key()) : find_member(members, member.key());
            auto &value = known != members.end() ? known->value() : members[member.key()];
            if (dictionary)
                value = member.value();
            else
                lay_over(value, member.value(), false);
        }
    }

    json::object document_;
    std::vector<std::string> touched_;
};

} // namespace

Result<json::object> patched(json::object document, json::value const &patch) {
    Patcher patcher(std::move(document));
    if (auto const *object = patch.if_object()) {
        if (auto const done = patcher.merge(*object); !done) return done.error();
        return std::move(patcher).touched();
    }
    auto const *steps = patch.if_array();
    if (!steps) return Error{.code = Code::malformed, .detail = "A patch is an array of operations or an object"};
    if (steps->size() > most_steps) return Error{.code = Code::too_large, .detail = "Too many operations"};
    for (auto const &step : *steps)
        if (auto const done = patcher.apply(step); !done) return done.error();
    return std::move(patcher).touched();
}

} // namespace dialects::superoffice
