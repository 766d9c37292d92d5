#pragma once
// What one dialect says and no member of the model holds, as JSON text: ready to be stored and to be said again.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace canonical {

struct Extra {
    std::string_view place, key, json; // place: the path of the object it stood in
};

// Extras in one block of text, in the order in which they came.
class Extras {
public:
    std::size_t size() const { return cuts_.size(); }
    bool empty() const { return cuts_.empty(); }
    Extra operator[](std::size_t i) const {
        auto const [place, key, json] = cuts_[i];
        std::string_view const all(block.data(), i + 1 < size() ? cuts_[i + 1].place : block.size());
        return {all.substr(place, key - place), all.substr(key, json - key), all.substr(json)};
    }
    std::string_view find(std::string_view place, std::string_view key) const; // its JSON, or nothing

    void add(Extra const &extra);
    // What is in the other replaces what has the same place and key here; the rest is added.
    void merge(Extras const &other);

    // Those who write in place append the place, the key and the JSON to the block and tell where each of them starts.
    std::string block;
    void cut(std::size_t place, std::size_t key, std::size_t json);

    friend bool operator==(Extras const &, Extras const &);

private:
    struct Cut {
        std::size_t place, key, json;
    };
    std::vector<Cut> cuts_;
};

struct Bag {
    Extras kept;  // by the names that rows of the dialect's table give them
    Extras loose; // by the places where they stood: no row claims them

    bool empty() const { return kept.empty() && loose.empty(); }
    void merge(Bag const &other);

    // As one JSON text, for a store: {"kept":[[place,key,value],…],"loose":[…]}. Empty text for an empty bag.
    std::string json() const;
    static Bag parse(std::string_view json); // of what json() made; an empty bag for anything else

    friend bool operator==(Bag const &, Bag const &) = default;
};

} // namespace canonical
