#include "tests/support/exchange.hpp"
#include "tests/support/world.hpp"

#include "dialects/engine/wire.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <sstream>

namespace support {

namespace {

namespace fs = std::filesystem;

std::string contents(fs::path const &file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) throw Unreadable(file.string() + ": cannot be opened");
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string_view trim(std::string_view text) {
    auto const first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// The first word, and what follows it.
std::pair<std::string_view, std::string_view> cut_word(std::string_view text) {
    auto const end = std::min(text.find_first_of(" \t\n"), text.size());
    return {text.substr(0, end), trim(text.substr(end))};
}

json::value parse_json(std::string_view text) {
    json::error_code error;
    auto value = json::parse(text, error);
    if (error) throw Unreadable("no JSON: " + error.message() + ": " + std::string(text.substr(0, 200)));
    return value;
}

// The lines of a file, one after the other.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) { next(); }

    bool done() const { return done_; }
    std::string_view line() const { return line_; }
    int number() const { return number_; }
    void next() {
        if (rest_.empty()) {
            done_ = true;
            line_ = {};
            return;
        }
        auto const end = std::min(rest_.find('\n'), rest_.size());
        line_ = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        ++number_;
    }

    bool at_pair() const { return line_.starts_with("### "); }
    bool at_answer() const {
        auto const digit = [&](std::size_t i) { return line_[i] >= '0' && line_[i] <= '9'; };
        return line_.starts_with("--- ") && line_.size() >= 7 && digit(4) && digit(5) && digit(6);
    }

    // A directive with the lines that belong to it: they begin with a space or with a closing bracket.
    std::string directive() {
        std::string whole(line_);
        for (next(); !done_ && !line_.empty() && (line_[0] == ' ' || line_[0] == '}' || line_[0] == ']'); next())
            (whole += '\n') += line_;
        return whole;
    }

private:
    std::string_view rest_, line_;
    int number_ = 0;
    bool done_ = false;
};

class Parser {
public:
    explicit Parser(fs::path file) : folder_(file.parent_path()), file_(std::move(file)) {
        exchange_.dialect = folder_.filename();
        exchange_.name = file_.stem();
    }

    Exchange parse(std::string_view text) {
        Lines lines(text);
        auto const where = [&] { return fmt::format("{}:{}", file_.filename().string(), lines.number()); };
        try {
            head(lines);
            if (!has_source_) throw Unreadable("no comment '# Source: documented|recorded|inferred …'");
            while (!lines.done()) pair(lines, where());
        } catch (std::exception const &e) {
            throw Unreadable(where() + ": " + e.what());
        }
        return finish();
    }

private:
    void head(Lines &lines) {
        while (!lines.done() && !lines.at_pair()) {
            auto const line = lines.line();
            if (line.starts_with('#')) note(line);
            if (line.starts_with('@')) {
                setting(lines.directive());
                continue;
            }
            if (!trim(line).empty() && !line.starts_with('#')) throw Unreadable("neither '# comment' nor '@setting'");
            lines.next();
        }
    }

    void note(std::string_view comment) {
        if (!comment.starts_with("# Source:")) return;
        for (std::string_view const kind : {"documented", "recorded", "inferred"})
            if (comment.find(kind) != comment.npos) has_source_ = true;
    }

    void setting(std::string const &whole) {
        auto const [name, rest] = cut_word(whole);
        std::string const value(rest);
        if (name == "@include")
            include(value);
        else if (name == "@world")
            worlds_ = {contents(folder_ / value)};
        else if (name == "@site")
            exchange_.site = folder_ / value;
        else if (name == "@records")
            records_.push_back(value + "\n");
        else if (name == "@now")
            now_ = instant(value);
        else if (name == "@clock")
            clock(value);
        else if (name == "@caller")
            exchange_.callers.push_back(value);
        else if (name == "@route")
            exchange_.routes.push_back(value);
        else if (name == "@set")
            set(value);
        else if (name == "@define")
            define(value);
        else if (name == "@request-header")
            put(request_headers_, header(value));
        else if (name == "@answer-header")
            put(answer_headers_, header(value));
        else if (name == "@only")
            directions_ = only(value);
        else
            throw Unreadable("there is no '" + std::string(name) + "'");
    }

    void include(std::string const &name) {
        auto const text = contents(folder_ / name);
        Lines lines(text);
        head(lines);
        if (!lines.done()) throw Unreadable(name + " holds more than settings");
    }

    static canonical::Instant instant(std::string const &text) {
        auto const parsed = parse_instant(text);
        if (!parsed) throw Unreadable("'" + text + "' is no time such as 2026-03-02T08:15:00Z");
        return *parsed;
    }

    void clock(std::string const &text) {
        auto const [zone, format] = cut_word(text);
        exchange_.clock = {.zone = std::string(zone), .format = std::string(format)};
    }

    void set(std::string const &text) {
        auto const colon = text.find(':');
        if (colon == text.npos) throw Unreadable("'@set key: value' is expected");
        auto const same = [&](std::string const &other) {
            return other.compare(0, colon + 1, text, 0, colon + 1) == 0;
        };
        std::erase_if(settings_, same);
        settings_.push_back(text);
    }

    void define(std::string const &text) {
        auto const [name, piece] = cut_word(text);
        fragments_.define(std::string(name), parse_json(piece));
    }

    static Header header(std::string_view line) {
        auto const colon = line.find(':');
        if (colon == 0 || colon == line.npos) throw Unreadable("'" + std::string(line) + "' is no header");
        return {.name = std::string(line.substr(0, colon)), .value = std::string(trim(line.substr(colon + 1)))};
    }

    static void drop(std::vector<Header> &headers, std::string_view name) {
        std::erase_if(headers, [&](Header const &h) { return wire::same_letters(h.name, name); });
    }
    static void put(std::vector<Header> &headers, Header header) {
        drop(headers, header.name);
        headers.push_back(std::move(header));
    }

    static Directions only(std::string_view words) {
        Directions directions;
        for (std::string_view word; !words.empty();) {
            std::tie(word, words) = cut_word(words);
            if (word == "service")
                directions.add(Direction::service);
            else if (word == "socket")
                directions.add(Direction::socket);
            else if (word == "tables")
                directions.add(Direction::tables);
            else
                throw Unreadable("'" + std::string(word) + "' is no direction");
        }
        return directions;
    }

    void pair(Lines &lines, std::string place) {
        Pair pair{.title = std::string(trim(lines.line().substr(4))),
                  .place = std::move(place),
                  .now = now_,
                  .directions = directions_,
                  .question = {},
                  .answer = {}};
        lines.next();
        question(lines, pair);
        if (!lines.at_answer()) throw Unreadable("'--- <status>' is expected");
        answer(lines, pair.answer);
        exchange_.pairs.push_back(std::move(pair));
    }

    enum class Body { plain, crlf, fragments };

    void question(Lines &lines, Pair &pair) {
        auto form = Body::plain;
        for (; !lines.done() && !lines.at_answer(); lines.next()) {
            auto const [name, value] = cut_word(lines.line());
            if (name == "@crlf")
                form = Body::crlf;
            else if (name == "@json")
                form = Body::fragments;
            else if (name == "@now")
                pair.now = now_ = instant(std::string(value));
            else if (name == "@only")
                pair.directions = only(value);
            else if (!name.empty() && name[0] != '#')
                break;
        }
        auto &question = pair.question;
        auto const [method, target] = cut_word(lines.line());
        question.method = method;
        question.target = target;
        if (!target.starts_with('/') || target.find(' ') != target.npos)
            throw Unreadable("'METHOD /target' is expected, not '" + std::string(lines.line()) + "'");
        question.headers = request_headers_;
        lines.next();
        auto typed = false;
        for (; in_head(lines); lines.next()) {
            auto const line = lines.line();
            typed = typed || wire::same_letters(line.substr(0, 13), "content-type:");
            if (line[0] == '-')
                drop(question.headers, line.substr(1));
            else if (line[0] != '#')
                put_beside(request_headers_, question.headers, header(line));
        }
        question.body = body(lines, form == Body::crlf ? "\r\n" : "\n", [](Lines const &l) { return l.at_answer(); });
        if (form == Body::crlf) question.body += "\r\n";
        if (form == Body::fragments) question.body = json::serialize(fragments_.expand(parse_json(question.body)));
        if (question.body.empty() && !typed) drop(question.headers, "Content-Type");
    }

    // A header may be given twice: the first one replaces the shared one, the others are added.
    static void put_beside(std::vector<Header> const &shared, std::vector<Header> &headers, Header header) {
        auto const has_name = [&](Header const &h) { return wire::same_letters(h.name, header.name); };
        auto const found = std::ranges::find_if(headers, has_name);
        auto const before = std::ranges::find_if(shared, has_name);
        if (found == headers.end() || before == shared.end() || found->value != before->value)
            headers.push_back(std::move(header));
        else
            *found = std::move(header);
    }

    void answer(Lines &lines, Answer &answer) {
        answer.status = unsigned(std::stoul(std::string(lines.line().substr(4, 3))));
        answer.headers = answer_headers_;
        lines.next();
        auto form = Answer::Form::json;
        auto typed = false;
        for (; in_head(lines); lines.next()) {
            auto const line = lines.line();
            if (line == "@xml")
                form = Answer::Form::xml;
            else if (line == "@text")
                form = Answer::Form::text;
            else if (line == "@any")
                form = Answer::Form::any;
            else if (line[0] == '!')
                forbid(answer, std::string(line.substr(1)));
            else if (line[0] == '-')
                drop(answer.headers, line.substr(1));
            else if (line[0] != '#')
                put_beside(answer_headers_, answer.headers, header(line));
            typed = typed || wire::same_letters(line.substr(0, 13), "content-type:");
        }
        auto text = body(lines, "\n", [](Lines const &l) { return l.at_pair(); });
        if (text.empty() && form != Answer::Form::any) form = Answer::Form::none;
        if ((form == Answer::Form::none || form == Answer::Form::any) && !typed) drop(answer.headers, "Content-Type");
        answer.form = form;
        if (form == Answer::Form::json)
            answer.document = fragments_.expand(parse_json(text));
        else
            answer.text = std::move(text);
    }

    static void forbid(Answer &answer, std::string name) {
        drop(answer.headers, name);
        answer.forbidden.push_back(std::move(name));
    }

    static bool in_head(Lines const &lines) {
        return !lines.done() && !lines.line().empty() && !lines.at_answer() && !lines.at_pair();
    }

    // Up to the line that ends it; empty lines at its end do not belong to it.
    static std::string body(Lines &lines, std::string_view line_end, std::function<bool(Lines const &)> const &at_end) {
        std::string text, gap;
        if (!lines.done() && lines.line().empty()) lines.next();
        for (; !lines.done() && !at_end(lines); lines.next()) {
            if (!lines.line().empty()) {
                text += std::exchange(gap, {});
                text += lines.line();
            }
            gap += line_end;
        }
        return text;
    }

    Exchange finish() {
        if (exchange_.pairs.empty()) throw Unreadable(file_.filename().string() + ": no '### title' in it");
        for (auto &route : exchange_.routes) {
            route.insert(0, "path: ");
            for (auto const &setting : settings_) (route += ", ") += setting;
        }
        if (worlds_.empty()) worlds_ = {contents(folder_ / "world.yaml")};
        worlds_.insert(worlds_.end(), records_.begin(), records_.end());
        exchange_.world = join_worlds(worlds_);
        return std::move(exchange_);
    }

    fs::path folder_, file_;
    Exchange exchange_;
    Fragments fragments_;
    std::vector<std::string> worlds_, records_, settings_;
    std::vector<Header> request_headers_, answer_headers_;
    canonical::Instant now_ = {};
    Directions directions_ = only("service socket tables");
    bool has_source_ = false;
};

} // namespace

Exchange read_exchange(fs::path const &file) { return parse_exchange(contents(file), file); }

Exchange parse_exchange(std::string_view text, fs::path const &file) { return Parser(file).parse(text); }

std::vector<fs::path> find_exchanges(fs::path const &folder) {
    std::vector<fs::path> files;
    for (auto const &entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".http") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace support
