#pragma once
// What somebody does to projects, and how that is said in each dialect to the server as it comes with its demo.
#include "dialects/engine/wire.hpp"

#include <boost/json/value.hpp>
#include <functional>
#include <span>

namespace together {

struct Person {
    std::string id, guid, email;
};

struct Step {
    enum class What { create, rename, hand_over, close, reopen };

    What what = What::create;
    std::string project;                // its id; of a new one, nothing
    std::string name;                   // for create and rename; for hand_over, the one that it has
    Person manager;                     // for create, rename and hand_over
    std::string workflow, company = {}; // for create, where a tool wants them; a company there may be none
};

struct Speaker {
    std::string_view dialect;
    wire::Request (*say)(Step const &step);
    // The id of the project that was made, out of the answer.
    std::string (*id_in)(boost::json::value const &answer);
};

// All five.
std::span<Speaker const> speakers();

} // namespace together
