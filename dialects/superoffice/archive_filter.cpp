#include "dialects/superoffice/archive_filter.hpp"

#include "dialects/superoffice/periods.hpp"

#include <algorithm>
#include <charconv>

namespace dialects::superoffice {

using canonical::Filter, canonical::Operator, canonical::Part, canonical::Phase, canonical::Value;

namespace {

constexpr int deepest = 20;
constexpr std::size_t most_conditions = 200, most_values = 1'000;

// One word of the language; of a text in quotes, what it says.
struct Token {
    enum class Kind : unsigned char { word, text, open, close, comma, sign, end } kind = Kind::end;
    std::string text = {};
    std::size_t at = 0;
};

Error malformed(std::string const &what, std::size_t at) {
    return {.code = Code::malformed, .field = "$filter", .detail = what + " at " + std::to_string(at + 1)};
}

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/' ||
           c == ':' || c == '.' || c == '-' || c == '+' || static_cast<unsigned char>(c) >= 0x80;
}

Result<std::vector<Token>> split(std::string_view text) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (at < text.size()) {
        char const c = text[at];
        Token token{.at = at};
        if (c == ' ' || c == '\t') {
            ++at;
            continue;
        }
        if (c == '(' || c == ')' || c == ',') {
            token.kind = c == '(' ? Token::Kind::open : c == ')' ? Token::Kind::close : Token::Kind::comma;
            ++at;
        } else if (c == '\'') {
            // A quote inside is escaped by a backslash, or by being said twice.
            token.kind = Token::Kind::text;
            for (++at;; ++at) {
                if (at >= text.size()) return malformed("a text without its end", token.at);
                bool const slash = text[at] == '\\' && at + 1 < text.size();
                bool const twice = text[at] == '\'' && text.substr(at + 1).starts_with('\'');
                if (slash || twice)
                    ++at;
                else if (text[at] == '\'')
                    break;
                token.text += text[at];
            }
            ++at;
        } else if (c == '=' || c == '!' || c == '<' || c == '>') {
            token.kind = Token::Kind::sign;
            while (at < text.size() && (text[at] == '=' || text[at] == '!' || text[at] == '<' || text[at] == '>'))
                token.text += text[at++];
        } else if (is_word(c)) {
            token.kind = Token::Kind::word;
            while (at < text.size() && is_word(text[at])) token.text += text[at++];
        } else {
            return malformed("a character that nothing begins with", at);
        }
        tokens.push_back(std::move(token));
    }
    tokens.push_back({.at = text.size()});
    return tokens;
}

struct OperatorWord {
    std::string_view word;
    Operator op;
    bool several = false; // takes a list
};
constexpr OperatorWord operator_words[]{
    {"eq", Operator::equal},
    {"=", Operator::equal},
    {"==", Operator::equal},
    {"equals", Operator::equal},
    {"is", Operator::equal},
    {"set", Operator::equal},
    {"date", Operator::equal},
    {"datetime", Operator::equal},
    {"ne", Operator::not_equal},
    {"!=", Operator::not_equal},
    {"<>", Operator::not_equal},
    {"unequals", Operator::not_equal},
    {"isnot", Operator::not_equal},
    {"lt", Operator::less},
    {"<", Operator::less},
    {"less", Operator::less},
    {"before", Operator::less},
    {"beforetime", Operator::less},
    {"gt", Operator::greater},
    {">", Operator::greater},
    {"greater", Operator::greater},
    {"after", Operator::greater},
    {"aftertime", Operator::greater},
    {"le", Operator::less_or_equal},
    {"<=", Operator::less_or_equal},
    {"beforeorequal", Operator::less_or_equal},
    {"ge", Operator::greater_or_equal},
    {">=", Operator::greater_or_equal},
    {"contains", Operator::contains},
    {"begins", Operator::starts_with},
    {"in", Operator::in, true},
    {"oneof", Operator::in, true},
    {"associateisoneof", Operator::in, true},
    {"notoneof", Operator::not_in, true},
    {"associateisnotoneof", Operator::not_in, true},
};

bool is_of_text(Operator op) {
    return op == Operator::contains || op == Operator::starts_with || op == Operator::ends_with;
}

bool is_of_equals(std::string_view word) {
    auto const known =
        std::ranges::find_if(operator_words, [&](auto const &each) { return wire::same_letters(word, each.word); });
    if (known == std::end(operator_words)) return false;
    return known->op == Operator::equal || known->op == Operator::not_equal || known->several;
}

std::optional<std::int64_t> integer(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

// "2026-11-30", "2026-1-9", "2026.11.30", or with a time behind it.
std::optional<Instant> time_of(std::string_view text, Zone const &zone) {
    std::string plain(text.substr(0, text.find('T')));
    std::ranges::replace(plain, '.', '-');
    std::string day;
    int parts = 0;
    for (std::string_view rest = plain; !rest.empty(); ++parts) {
        auto const dash = std::min(rest.find('-'), rest.size());
        auto part = std::string(rest.substr(0, dash));
        if (part.size() == 1) part.insert(0, "0");
        day.append(parts > 0 ? "-" : "").append(part);
        rest.remove_prefix(std::min(dash + 1, rest.size()));
    }
    auto const clock = text.find('T');
    return read_instant(day + std::string(clock == text.npos ? "T00:00:00" : text.substr(clock)), zone);
}

class Parser {
public:
    Parser(std::vector<Token> tokens, FilterSurroundings const &surroundings)
        : tokens_(std::move(tokens)), surroundings_(surroundings) {}

    Result<Filter> whole() {
        auto filter = alternatives(0);
        if (filter && next().kind != Token::Kind::end)
            return malformed("something that does not belong there", next().at);
        return filter;
    }

private:
    Token const &next() const { return tokens_[at_]; }
    Token const &take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
    bool takes(Token::Kind kind) {
        bool const there = next().kind == kind;
        if (there) ++at_;
        return there;
    }
    bool takes_word(std::string_view word) {
        bool const there = next().kind == Token::Kind::word && wire::same_letters(next().text, word);
        if (there) ++at_;
        return there;
    }

    Result<Filter> alternatives(int depth) { return joined(depth, "or", Operator::any, &Parser::conditions); }
    Result<Filter> conditions(int depth) { return joined(depth, "and", Operator::all, &Parser::condition); }

    Result<Filter> joined(int depth, std::string_view word, Operator op, Result<Filter> (Parser::*part)(int)) {
        auto first = (this->*part)(depth);
        if (!first) return first;
        Filter all{.op = op};
        all.children.push_back(std::move(*first));
        while (takes_word(word)) {
            auto another = (this->*part)(depth);
            if (!another) return another;
            all.children.push_back(std::move(*another));
        }
        if (all.children.size() == 1) return std::move(all.children.front());
        return all;
    }

    Result<Filter> condition(int depth) {
        if (depth > deepest) return malformed("too many brackets in one another", next().at);
        if (++conditions_ > most_conditions) return malformed("too many conditions", next().at);
        if (takes(Token::Kind::open)) {
            auto inner = alternatives(depth + 1);
            if (inner && !takes(Token::Kind::close)) return malformed("a bracket without its end", next().at);
            return inner;
        }
        auto const name = next();
        if (name.kind != Token::Kind::word) return malformed("a column is expected", name.at);
        ++at_;
        if (next().kind == Token::Kind::open && is_function(name.text)) return function(name);
        if (next().kind == Token::Kind::open && is_period(name.text)) return period(name);
        if (auto rows = pseudo(name.text)) return std::move(*rows);
        auto const column = surroundings_.find(name.text);
        if (!column) return malformed("no column '" + name.text + "' that can be asked for", name.at);
        auto compared = comparison(*column);
        if (!compared) return compared;
        return settled(std::move(*compared), *column);
    }

    // Of a value of the workspace's own, and of a number that stands in one of two members.
    static Filter settled(Filter filter, Comparable const &column) {
        if (!column.key.empty()) filter = of_own_value(std::move(filter), column.key);
        if (!column.otherwise) return filter;
        Filter elsewhere = filter;
        elsewhere.field = *column.otherwise;
        Filter here{.op = Operator::all}, there{.op = Operator::all}, either{.op = Operator::any};
        here.children = {{.op = Operator::not_equal, .field = column.field, .values = {nullptr}}, std::move(filter)};
        there.children = {{.op = Operator::equal, .field = column.field, .values = {nullptr}}, std::move(elsewhere)};
        either.children = {std::move(here), std::move(there)};
        return either;
    }

    // What looks like a number is one, unless a part of a text is meant.
    static Filter of_own_value(Filter filter, std::string const &key) {
        for (auto &child : filter.children) child = of_own_value(std::move(child), key);
        if (filter.values.empty()) return filter;
        filter.key = key;
        for (auto &value : filter.values) {
            auto const *const text = std::get_if<std::string>(&value);
            auto const number = text && !is_of_text(filter.op) ? canonical::Decimal::parse(*text) : std::nullopt;
            if (number) value = *number;
        }
        bool const differs = filter.op == Operator::not_equal, is_none = filter.op == Operator::not_in;
        if (!differs && !is_none) return filter;
        filter.op = differs ? Operator::equal : Operator::in;
        Filter none{.op = Operator::none};
        none.children.push_back(std::move(filter));
        return none;
    }

    static bool is_function(std::string_view name) {
        return wire::same_letters(name, "substringof") || wire::same_letters(name, "startswith") ||
               wire::same_letters(name, "endswith");
    }

    Result<Filter> function(Token const &name) {
        ++at_; // the bracket
        auto const first = take();
        bool const comma = takes(Token::Kind::comma);
        auto const second = take();
        if (!comma || !takes(Token::Kind::close)) return malformed("two arguments in brackets are expected", name.at);
        bool const text_first = wire::same_letters(name.text, "substringof");
        auto const column = surroundings_.find(text_first ? second.text : first.text);
        if (!column || column->type != ColumnType::text) return malformed("a column of text is expected", name.at);
        auto const op = text_first                                  ? Operator::contains
                        : wire::same_letters(name.text, "endswith") ? Operator::ends_with
                                                                    : Operator::starts_with;
        return settled({.op = op, .field = column->field, .values = {text_first ? first.text : second.text}}, *column);
    }

    // getAllRows and getNoRows, alone or as if they were flags.
    std::optional<Filter> pseudo(std::string_view name) {
        bool const all = wire::same_letters(name, "getAllRows");
        if (!all && !wire::same_letters(name, "getNoRows")) return {};
        bool const compared = takes_word("set") || takes_word("eq") || takes(Token::Kind::sign);
        if (compared && (next().kind == Token::Kind::word || next().kind == Token::Kind::text)) take();
        return Filter{.op = all ? Operator::all : Operator::any};
    }

    std::chrono::local_days today() const {
        auto const now = surroundings_.now + surroundings_.context.zone.offset_at(surroundings_.now);
        return std::chrono::local_days(std::chrono::floor<std::chrono::days>(now).time_since_epoch());
    }

    Value value_of(Comparable const &column, std::chrono::local_days day) const {
        if (column.type == ColumnType::date) return std::chrono::sys_days(day.time_since_epoch());
        return surroundings_.context.zone.instant_of(std::chrono::local_time<std::chrono::milliseconds>(day));
    }

    Result<Filter> within_days(Comparable const &column, Days const &days, Token const &word) const {
        if (column.type != ColumnType::date && column.type != ColumnType::instant)
            return malformed("a column of times is expected", word.at);
        Filter all{.op = Operator::all};
        if (days.from)
            all.children.push_back(
                {.op = Operator::greater_or_equal, .field = column.field, .values = {value_of(column, *days.from)}});
        if (days.before)
            all.children.push_back(
                {.op = Operator::less, .field = column.field, .values = {value_of(column, *days.before)}});
        return all;
    }

    // The numbers of a period: how many, and of which unit; of one alone, the unit.
    Result<Filter> within_period(Comparable const &column, Token const &word, std::vector<int> const &numbers) const {
        bool const several = numbers.size() == 2;
        auto const days = numbers.empty() || numbers.size() > 2
                              ? std::nullopt
                              : days_of_period(word.text, several ? numbers[0] : 1, numbers.back(), today());
        if (!days) return malformed("a number of periods and their unit are expected", word.at);
        return within_days(column, *days, word);
    }

    std::optional<int> small_number(Token const &token) {
        auto const number = integer(token.text);
        if (!number || *number < 0 || *number > 100'000) return {};
        return int(*number);
    }

    // "(2, 3)" behind an operator, or one number without brackets.
    Result<Filter> period_behind(Comparable const &column, Token const &word) {
        std::vector<int> numbers;
        bool const bracket = takes(Token::Kind::open);
        do {
            auto const token = take();
            auto const number = small_number(token);
            if (!number) return malformed("a number is expected", token.at);
            numbers.push_back(*number);
        } while (bracket && takes(Token::Kind::comma));
        if (bracket && !takes(Token::Kind::close)) return malformed("a list without its end", next().at);
        return within_period(column, word, numbers);
    }

    // "next(endDate, 2, 3)"
    Result<Filter> period(Token const &word) {
        ++at_; // the bracket
        auto const name = take();
        auto const column = surroundings_.find(name.text);
        if (!column) return malformed("no column '" + name.text + "' that can be asked for", name.at);
        std::vector<int> numbers;
        while (takes(Token::Kind::comma)) {
            auto const token = take();
            auto const number = small_number(token);
            if (!number) return malformed("a number is expected", token.at);
            numbers.push_back(*number);
        }
        if (!takes(Token::Kind::close)) return malformed("a list without its end", next().at);
        return within_period(*column, word, numbers);
    }

    Result<Filter> comparison(Comparable const &column) {
        auto const word = take();
        if (word.kind != Token::Kind::word && word.kind != Token::Kind::sign)
            return malformed("an operator is expected", word.at);
        auto const is = [&](std::string_view text) { return wire::same_letters(word.text, text); };
        if (is("isNull") || is("isNotNull"))
            return Filter{
                .op = is("isNull") ? Operator::equal : Operator::not_equal, .field = column.field, .values = {nullptr}};
        auto const unfit = [&] { return malformed("no operator '" + word.text + "' for such a column", word.at); };
        if (is("currentAssociate")) {
            if (column.type != ColumnType::associate) return unfit();
            auto field = column.field;
            field.part = Part::email;
            return Filter{.op = Operator::equal, .field = field, .values = {std::string(surroundings_.me)}};
        }
        if (auto const days = days_named(word.text, today())) return within_days(column, *days, word);
        if (is_period(word.text)) return period_behind(column, word);
        if (column.otherwise && !is_of_equals(word.text)) return unfit();
        if (is("between") || is("dateBetween")) return between(column, word);
        if (is("notBegins") || is("notContains")) {
            if (column.type != ColumnType::text) return unfit();
            auto one = value(column, take());
            if (!one) return one.error();
            Filter none{.op = Operator::none};
            none.children.push_back({.op = is("notBegins") ? Operator::starts_with : Operator::contains,
                                     .field = column.field,
                                     .values = {std::move(*one)}});
            return none;
        }
        bool const alone = next().kind == Token::Kind::end || next().kind == Token::Kind::close ||
                           wire::same_letters(next().text, "and") || wire::same_letters(next().text, "or");
        if (is("set") && alone)
            return of_one(column, Operator::equal, Token{.kind = Token::Kind::word, .text = "true"});
        auto const known = std::ranges::find_if(operator_words, [&](auto const &each) { return is(each.word); });
        if (known == std::end(operator_words)) return malformed("unknown operator '" + word.text + "'", word.at);
        if (is_of_text(known->op) && column.type != ColumnType::text) return unfit();
        if (known->several) return of_several(column, known->op, word);
        return of_one(column, known->op, take());
    }

    Result<Filter> of_one(Comparable const &column, Operator op, Token const &token) {
        // A column of times is asked about whole days, too.
        bool const day =
            column.type == ColumnType::instant && op == Operator::equal && token.text.find('T') == token.text.npos;
        auto one = value(column, token);
        if (!one) return one.error();
        if (day) return within(column, *one, Value(std::get<Instant>(*one) + std::chrono::days(1)));
        return Filter{.op = op, .field = column.field, .values = {std::move(*one)}};
    }

    static Filter within(Comparable const &column, Value const &from, Value const &before) {
        Filter all{.op = Operator::all};
        all.children.push_back({.op = Operator::greater_or_equal, .field = column.field, .values = {from}});
        all.children.push_back({.op = Operator::less, .field = column.field, .values = {before}});
        return all;
    }

    Result<std::vector<Value>> list(Comparable const &column, Token const &word) {
        if (!takes(Token::Kind::open)) return malformed("a list in brackets is expected", word.at);
        std::vector<Value> values;
        do {
            auto one = value(column, take());
            if (!one) return one.error();
            values.push_back(std::move(*one));
            if (values.size() > most_values) return malformed("too many values", word.at);
        } while (takes(Token::Kind::comma));
        if (!takes(Token::Kind::close)) return malformed("a list without its end", next().at);
        return values;
    }

    Result<Filter> of_several(Comparable const &column, Operator op, Token const &word) {
        auto values = list(column, word);
        if (!values) return values.error();
        return Filter{.op = op, .field = column.field, .values = std::move(*values)};
    }

    Result<Filter> between(Comparable const &column, Token const &word) {
        auto values = list(column, word);
        if (!values) return values.error();
        if (values->size() != 2) return malformed("two values are expected", word.at);
        Filter all{.op = Operator::all};
        all.children.push_back(
            {.op = Operator::greater_or_equal, .field = column.field, .values = {std::move((*values)[0])}});
        all.children.push_back(
            {.op = Operator::less_or_equal, .field = column.field, .values = {std::move((*values)[1])}});
        return all;
    }

    Result<Value> value(Comparable const &column, Token const &token) {
        if (token.kind != Token::Kind::word && token.kind != Token::Kind::text)
            return malformed("a value is expected", token.at);
        auto const &text = token.text;
        auto const flag = [&]() -> std::optional<bool> {
            if (text == "1" || wire::same_letters(text, "true")) return true;
            if (text == "0" || wire::same_letters(text, "false")) return false;
            return {};
        };
        switch (column.type) {
        case ColumnType::text:
            return Value(text);
        case ColumnType::number:
        case ColumnType::list:
        case ColumnType::associate:
            if (!integer(text)) return malformed("a number is expected", token.at);
            return Value(text);
        case ColumnType::flag:
            if (auto const yes = flag()) return Value(*yes);
            return malformed("true or false is expected", token.at);
        case ColumnType::retired: // which the model says the other way round
            if (auto const yes = flag()) return Value(!*yes);
            return malformed("true or false is expected", token.at);
        case ColumnType::completed:
            if (auto const yes = flag()) return Value(*yes ? Phase::closed : Phase::not_closed);
            return malformed("true or false is expected", token.at);
        default:
            break;
        }
        static Zone const none; // a day is the same everywhere
        auto const time = time_of(text, column.type == ColumnType::date ? none : surroundings_.context.zone);
        if (!time) return malformed("a date is expected", token.at);
        if (column.type == ColumnType::date) return Value(std::chrono::floor<std::chrono::days>(*time));
        return Value(*time);
    }

    std::vector<Token> tokens_;
    FilterSurroundings const &surroundings_;
    std::size_t at_ = 0, conditions_ = 0;
};

} // namespace

Result<Filter> read_archive_filter(std::string_view text, FilterSurroundings const &surroundings) {
    auto tokens = split(text);
    if (!tokens) return tokens.error();
    if (tokens->size() == 1) return Filter{};
    return Parser(std::move(*tokens), surroundings).whole();
}

Result<std::vector<canonical::Sort>> read_archive_order(std::string_view text, FindColumn const &find) {
    std::vector<canonical::Sort> order;
    while (!text.empty()) {
        auto const comma = std::min(text.find(','), text.size());
        auto const item = wire::trim(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        if (item.empty()) continue;
        auto const space = std::min(item.find(' '), item.size());
        auto const direction = wire::trim(item.substr(space));
        auto const column = find(item.substr(0, space));
        bool const descending = wire::same_letters(direction, "desc");
        bool const is_one = column && column->key.empty() && !column->otherwise;
        if (!is_one || !(direction.empty() || descending || wire::same_letters(direction, "asc")))
            return Error{.code = Code::malformed, .field = "$orderBy", .detail = "Cannot sort by " + std::string(item)};
        auto field = column->field;
        // Items of lists stand in the order of what is shown of them.
        if (column->type == ColumnType::list || column->type == ColumnType::associate) field.part = Part::name;
        order.push_back({.field = field, .descending = descending});
    }
    return order;
}

} // namespace dialects::superoffice
