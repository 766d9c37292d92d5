#pragma once
// Somebody's working day: a script of what happens to some projects, done in the dialects that are told, and what comes
// of it.
#include "tests/support/gateway/site.hpp"
#include "tests/together/doors.hpp"
#include "tests/together/speakers.hpp"

namespace together {

// What happens to which of the projects that the script makes, by their number in it.
struct Act {
    Step::What what;
    std::size_t project, manager;
    std::string name;
};

// The same for the same seed. Closed projects are only opened again: not every tool lets them be changed.
std::vector<Act> script(unsigned seed);

class Day {
public:
    // Work is done on one site; what comes of it is looked up in the store of another, or of the same.
    Day(std::shared_ptr<gateway::Site const> const &site, std::shared_ptr<gateway::Site const> kept_by);

    // What went wrong, or nothing.
    std::string act(Act const &act, Speaker const &speaker);
    // The projects that were made, in their order, as the store has them.
    std::vector<std::string> outcome();

private:
    struct Made {
        std::string id, name;
        Person manager;
    };

    // Who is there and what new projects need, as clients find out before they start.
    void look_around();
    boost::json::value answer_to(std::string_view dialect, std::string target);

    std::shared_ptr<gateway::Site const> kept_by_;
    support::DirectLine line_;
    std::vector<Person> people_;
    std::string workflow_, company_;
    std::vector<Made> projects_;
};

// All of a script, each act by the speaker that `speaker_of(act's number)` says; or the first thing that went wrong.
std::vector<std::string> outcome_by(std::vector<Act> const &acts, Day &day,
                                    std::function<Speaker const &(std::size_t)> const &speaker_of);

} // namespace together
