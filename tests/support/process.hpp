#pragma once
// A child process whose output is read from pipes. It ends with the test at the latest.
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace support {

class Process {
public:
    // The program and its arguments. Throws where it cannot be started.
    explicit Process(std::vector<std::string> arguments);
    Process(Process const &) = delete;
    Process &operator=(Process const &) = delete;
    ~Process();

    void signal(int number) const;
    // What it writes until there is such a text, or it says no more for a while.
    std::string out_until(std::string_view text) { return until(out_, text); }
    std::string problems_until(std::string_view text) { return until(problems_, text); }
    // Its exit status; -1 where a signal ended it.
    int wait();

private:
    static std::string until(int pipe, std::string_view text);

    pid_t id_ = 0;
    int out_ = -1, problems_ = -1;
};

} // namespace support
