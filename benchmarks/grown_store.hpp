#pragma once
// Stores of many projects, each made once in a folder of its own, which is gone at the program's end.
#include "backends/backend.hpp"

#include <boost/asio/io_context.hpp>

namespace benchmarks {

// Makes that file a store of so many projects; their ids are 1001 and up, their people's addresses p101@example.com and
// up.
void grow(std::string const &file, std::int64_t projects);

// A store of that many projects: companies, managers, statuses and names repeat in them as they do in workspaces.
class GrownStore {
public:
    static GrownStore &of(std::int64_t projects);
    ~GrownStore();
    GrownStore(GrownStore const &) = delete;
    GrownStore &operator=(GrownStore const &) = delete;

    // Asks on this thread and waits for the answer.
    canonical::Reply ask(canonical::Request const &request);

private:
    explicit GrownStore(std::int64_t projects);

    std::string folder_;
    std::unique_ptr<backends::Store> store_;
    boost::asio::io_context context_{1};
    std::unique_ptr<backends::Backend> backend_;
};

} // namespace benchmarks
