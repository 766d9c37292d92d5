#include "dialects/onlyoffice/people.hpp"

#include "dialects/engine/target.hpp"
#include "dialects/onlyoffice/times.hpp"

#include <array>

namespace dialects::onlyoffice {

namespace {

// The code point at the front of valid UTF-8, and how many bytes it takes.
std::pair<char32_t, std::size_t> decode(std::string_view s) {
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    if (byte(0) < 0x80) return {byte(0), 1};
    std::size_t const length = byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    char32_t code = byte(0) & (0xFF >> (length + 1));
    if (s.size() < length) return {code, s.size()};
    for (std::size_t i = 1; i < length; ++i) code = code << 6 | (byte(i) & 0x3F);
    return {code, length};
}

struct Entity {
    std::string_view text, encoded;
};
constexpr Entity entities[]{{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}, {"'", "&#39;"}};

void append_utf8(char32_t code, std::string &out) {
    if (code < 0x80) {
        out += char(code);
    } else {
        out += char(0xC0 | (code >> 6));
        out += char(0x80 | (code & 0x3F));
    }
}

std::string html_decoded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const entity = std::ranges::find_if(entities, [&](auto const &e) { return text.starts_with(e.encoded); });
        unsigned code = 0;
        if (entity != std::end(entities)) {
            out += entity->text;
            text.remove_prefix(entity->encoded.size());
            continue;
        }
        auto const end = text.find(';');
        if (text.starts_with("&#") && end != text.npos) {
            auto const digits = text.substr(2, end - 2);
            auto const [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code);
            if (error == std::errc{} && stop == digits.data() + digits.size() && code < 0x800) {
                append_utf8(code, out);
                text.remove_prefix(end + 1);
                continue;
            }
        }
        out += text.front();
        text.remove_prefix(1);
    }
    return out;
}

void write_is_guest(Person const &person, Text &out) {
    auto const role = person.role.value_or(Role::member);
    out.flag(role == Role::guest || role == Role::contact);
}
void write_is_admin(Person const &person, Text &out) {
    auto const role = person.role.value_or(Role::member);
    out.flag(role == Role::owner || role == Role::admin);
}
void write_is_owner(Person const &person, Text &out) { out.flag(person.role.value_or(Role::member) == Role::owner); }
void write_status(Person const &person, Text &out) { out.number(person.is_active.value_or(true) ? 1 : 2); }
void write_login(Person const &person, Text &out);
// The first of them, as the real service counts them.
void write_department(Person const &person, Text &out) {
    bool const any = person.groups && !person.groups->empty();
    out.string(any ? std::string_view(person.groups->front().name) : std::string_view());
}

std::string login_of(Person const &person) {
    if (person.login) return *person.login;
    return person.email->substr(0, person.email->find('@'));
}
void write_login(Person const &person, Text &out) { out.string(login_of(person)); }

std::string profile_url(Person const &person, Context const &context) {
    return context.origin + "/Products/People/Profile.aspx?user=" + wire::encode_percent(login_of(person));
}
void write_profile(Person const &person, Text &out) { out.string(profile_url(person, out.context)); }

// The words of a name where nobody told them apart: the last one is the family's.
void write_given_name(Person const &person, Text &out) {
    if (person.given_name) return out.string(*person.given_name);
    out.string(std::string_view(*person.name).substr(0, person.name->rfind(' ')));
}
void write_family_name(Person const &person, Text &out) {
    if (person.family_name) return out.string(*person.family_name);
    auto const space = person.name->rfind(' ');
    out.string(space == std::string::npos ? std::string_view() : std::string_view(*person.name).substr(space + 1));
}

// Of the three flags about somebody's role the last one that is set counts, as they stand from the least to the most.
template <auto Write, Role role> constexpr Field<Person> role_flag(Path wire) {
    auto row = computed<Write, Person>(wire);
    row.fidelity = Fidelity::approximated;
    row.read = [](Field<Person> const &, json::value const &j, Person &person, Packer &, Context const &) {
        bool const is_set = j.is_bool() && j.get_bool();
        if (is_set || !person.role) person.role = is_set ? role : Role::member;
        return j.is_bool() || j.is_null();
    };
    return row;
}
constexpr Field<Person> status_row() {
    auto row = computed<write_status, Person>("status");
    row.fidelity = Fidelity::approximated;
    row.read = [](Field<Person> const &, json::value const &j, Person &person, Packer &, Context const &context) {
        std::int64_t status = 0;
        if (!codec::integer::read(j, status, context)) return false;
        person.is_active = status != 2;
        return true;
    };
    return row;
}

constexpr std::string_view small_photo = R"("/skins/default/images/default_user_photo_size_32-32.png")";
constexpr std::string_view medium_photo = R"("/skins/default/images/default_user_photo_size_48-48.png")";
constexpr std::string_view large_photo = R"("/skins/default/images/default_user_photo_size_82-82.png")";

constexpr Field<Person> person_rows[]{
    shown<&Person::guid, codec::text>("id"),
    written_by<write_login>(both<&Person::login, codec::easy_text>("userName")),
    role_flag<write_is_guest, Role::guest>("isVisitor"),
    written_by<write_given_name>(both<&Person::given_name, codec::easy_text>("firstName")),
    written_by<write_family_name>(both<&Person::family_name, codec::easy_text>("lastName")),
    both<&Person::email, codec::easy_text>("email"),
    status_row(),
    fixed<Person>("activationStatus", Face::shown, "1"),
    kept<Person>("terminated", Face::shown, blank::null),
    computed<write_department, Person>("department"),
    kept<Person>("workFrom", Face::shown, blank::left_out),
    shown<&Person::name, html_text>("displayName", blank::text),
    both<&Person::phone, codec::easy_text>("mobilePhone", blank::left_out),
    both<&Person::title, codec::easy_text>("title", blank::left_out),
    fixed<Person>("avatarMedium", Face::shown, medium_photo),
    fixed<Person>("avatar", Face::shown, large_photo),
    role_flag<write_is_admin, Role::admin>("isAdmin"),
    fixed<Person>("isLDAP", Face::shown, blank::no),
    role_flag<write_is_owner, Role::owner>("isOwner"),
    fixed<Person>("isSSO", Face::shown, blank::no),
    fixed<Person>("avatarSmall", Face::shown, small_photo),
    fixed<Person>("quotaLimit", Face::shown, blank::zero),
    fixed<Person>("usedSpace", Face::shown, blank::zero),
    fixed<Person>("docsSpace", Face::shown, blank::zero),
    fixed<Person>("mailSpace", Face::shown, blank::zero),
    fixed<Person>("talkSpace", Face::shown, blank::zero),
    computed<write_profile, Person>("profileUrl"),
};

} // namespace

constexpr Table<Person> constant_person_table{
    .dialect = "onlyoffice", .rows = person_rows, .letters = codec::Case::ignored};
static_assert(well_formed(constant_person_table));
Table<Person> const person_table = constant_person_table;

namespace {

template <Restriction part> constexpr Field<Person> reading_row(Path wire) {
    auto row = fixed<Person>(wire, Face::shown, blank::yes);
    row.write = [](Field<Person> const &self, Person const &, Writer &to) {
        int kept_from = 0;
        auto const json = to.kept(restrictions);
        std::from_chars(json.data(), json.data() + json.size(), kept_from);
        to.at(self.wire).flag((kept_from & part) == 0);
    };
    return row;
}

constexpr Field<Person> participant_flags[]{
    reading_row<files>("canReadFiles"),
    reading_row<milestones>("canReadMilestones"),
    reading_row<messages>("canReadMessages"),
    reading_row<tasks>("canReadTasks"),
    reading_row<contacts>("canReadContacts"),
    computed<write_is_admin, Person>("isAdministrator"),
    fixed<Person>("isRemovedFromTeam", Face::shown, blank::no),
};

constexpr auto participant_rows = joined(participant_flags, person_rows);
constexpr Table<Person> constant_participant_table{
    .dialect = "onlyoffice", .rows = participant_rows, .letters = codec::Case::ignored};
static_assert(well_formed(constant_participant_table));

} // namespace

Table<Person> const participant_table = constant_participant_table;

std::string html_encoded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const [code, length] = decode(text);
        auto const entity = std::ranges::find(entities, text.substr(0, length), &Entity::text);
        if (entity != std::end(entities))
            out += entity->encoded;
        else if (code >= 160 && code < 256)
            out += "&#" + std::to_string(std::uint32_t(code)) + ";";
        else
            out += text.substr(0, length);
        text.remove_prefix(length);
    }
    return out;
}

bool html_text::read(json::value const &j, std::string &s, Context const &context) {
    if (!codec::text::read(j, s, context)) return false;
    s = html_decoded(s);
    return true;
}

std::string_view guid_of(Ref const &ref, Context const &context) {
    auto const *person = context.find<Person>(ref.id);
    return person && person->guid ? std::string_view(*person->guid) : std::string_view(ref.id);
}

bool short_card::read(json::value const &j, Ref &ref, Context const &context) {
    auto const *object = j.if_object();
    auto const *id = object ? object->if_contains("id") : nullptr;
    auto const *shown_name = object ? object->if_contains("displayName") : nullptr;
    if (shown_name && !html_text::read(*shown_name, ref.name, context)) return false;
    return id && codec::easy_text::read(*id, ref.id, context);
}

void short_card::write(Ref const &ref, Text &out) {
    auto const *person = out.context.find<Person>(ref.id);
    out.put('{');
    out.key("id");
    out.string(guid_of(ref, out.context));
    out.key("displayName");
    out.string(html_encoded(ref.name));
    if (person && person->title) {
        out.key("title");
        out.string(*person->title);
    }
    out.key("avatarSmall");
    out.raw(small_photo);
    out.key("profileUrl");
    if (person)
        write_profile(*person, out);
    else
        out.string({});
    out.put('}');
}

void full_card::write(Ref const &ref, Text &out) {
    if (auto const *person = out.context.find<Person>(ref.id)) {
        View const whole{.face = Face::shown, .extras = false};
        dialects::write(person_table, whole, *person, out);
    } else {
        short_card::write(ref, out);
    }
}

} // namespace dialects::onlyoffice
