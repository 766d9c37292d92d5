#pragma once
// A document written in one pass: asked for one path after the other, it opens and closes the objects between them and,
// before an object closes, gives back what the bag holds from it.
#include "canonical/extras.hpp"
#include "dialects/engine/text.hpp"

#include <optional>
#include <span>

namespace dialects {

// "attributes/name"
struct Path {
    std::string_view whole;
    std::size_t leaf; // where the last segment starts

    constexpr Path(std::string_view path) : whole(path), leaf(path.rfind('/') + 1) {}
    constexpr Path(char const *path) : Path(std::string_view(path)) {}
    constexpr std::string_view place() const { return whole.substr(0, leaf ? leaf - 1 : 0); }
    constexpr std::string_view name() const { return whole.substr(leaf); }
};

constexpr bool within(std::string_view path, std::string_view place) {
    return place.empty() || (path.starts_with(place) && (path.size() == place.size() || path[place.size()] == '/'));
}

// What a client sends, what the service shows.
enum class Face : unsigned char { sent = 1, shown = 2, both = 3 };
constexpr bool on(Face a, Face b) { return (unsigned(a) & unsigned(b)) != 0; }

// A face of a document: whole, or only what stands under some paths, as clients ask for it.
struct View {
    // What becomes of the paths that nobody asked for: nothing, or null (0 and false where the row has no other blank).
    enum class Rest : unsigned char { left_out, blank };

    Face face = Face::shown;
    std::optional<std::span<std::string_view const>> only = {};
    Rest rest = Rest::left_out;
    bool any_case = false; // of the paths in `only`
    // Of relations that look different when nobody asked for them: those that somebody did, by their names. Nothing:
    // all.
    std::optional<std::span<std::string_view const>> included = {};
    bool extras = true; // what the bag holds loosely

    bool shows(std::string_view path) const;
    bool includes(std::string_view name) const;
};

class Writer {
public:
    Writer(Text &out, View const &part, canonical::Bag const &bag);

    View const view;
    Context const &context() const { return out_.context; }

    // Its value is to follow.
    Text &at(Path const &path) {
        if (path.place() != here_) move(path.place());
        out_.key(path.name());
        return out_;
    }
    // The JSON under that name in the bag, if there is any.
    std::string_view kept(std::string_view name);
    // Closes all objects but the outermost.
    void return_to_root() { move({}); }
    // Closes the document.
    void finish();

private:
    void move(std::string_view place);
    void leave();

    Text &out_;
    canonical::Bag const &bag_;
    std::vector<bool> given_; // of the loose extras
    std::size_t next_ = 0;    // in the kept ones, where to look first
    std::string_view here_;
};

} // namespace dialects
