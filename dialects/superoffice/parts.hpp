#pragma once
// What objects inside a record need here.
#include "dialects/engine/parts.hpp"

namespace dialects::superoffice {

// A member of a document, its name in any case; nothing (null) for none.
json::value const *find_any_case(json::object const &object, std::string_view name);

// Ids of other records: 0 is none.
struct record_id {
    static bool read(json::value const &j, std::string &s, Context const &context) {
        if (!codec::id::read(j, s, context)) return false;
        if (s == blank::zero) s.clear();
        return true;
    }
    static void write(std::string const &s, Text &out) { codec::id::write(s, out); }
};

// Of the paths that somebody asked for, those inside one object of the document.
class Inside {
public:
    Inside(View const &outer, std::string_view place);
    Inside(Inside const &) = delete; // the view looks into it
    Inside &operator=(Inside const &) = delete;

    View const &view() const { return view_; }

private:
    View view_;
    std::vector<std::string_view> only_;
};

} // namespace dialects::superoffice
