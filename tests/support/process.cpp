#include "tests/support/process.hpp"

#include <array>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char **environ;

namespace support {

Process::Process(std::vector<std::string> arguments) {
    std::array<int, 2> out = {}, problems = {};
    if (pipe2(out.data(), O_CLOEXEC) != 0 || pipe2(problems.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    posix_spawn_file_actions_adddup2(&actions, problems[1], 2);
    std::vector<char *> all;
    for (auto &argument : arguments) all.push_back(argument.data());
    all.push_back(nullptr);
    auto const failed = posix_spawnp(&id_, all[0], &actions, nullptr, all.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(out[1]);
    close(problems[1]);
    out_ = out[0];
    problems_ = problems[0];
    if (failed) throw std::runtime_error(arguments[0] + " cannot be started");
}

Process::~Process() {
    if (id_ > 0) {
        kill(id_, SIGKILL);
        waitpid(id_, nullptr, 0);
    }
    close(out_);
    close(problems_);
}

void Process::signal(int number) const { kill(id_, number); }

int Process::wait() {
    int status = 0;
    waitpid(std::exchange(id_, 0), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string Process::until(int pipe, std::string_view text) {
    constexpr int patience_ms = 10'000;
    std::string all;
    char bytes[4096];
    pollfd waiting{.fd = pipe, .events = POLLIN, .revents = 0};
    while (all.find(text) == all.npos && poll(&waiting, 1, patience_ms) == 1) {
        auto const count = read(pipe, bytes, sizeof bytes);
        if (count <= 0) break;
        all.append(bytes, std::size_t(count));
    }
    return all;
}

} // namespace support
