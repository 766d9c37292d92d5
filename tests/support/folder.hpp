#pragma once
// A folder of its own for a test, gone when the test is over.
#include <filesystem>

namespace support {

class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(TemporaryFolder const &) = delete;
    TemporaryFolder &operator=(TemporaryFolder const &) = delete;

    std::filesystem::path const &path() const { return path_; }
    // Makes a file in it.
    void write(std::string_view name, std::string_view text) const;

private:
    std::filesystem::path path_;
};

} // namespace support
