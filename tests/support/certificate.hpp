#pragma once
// Certificates for tests, each its own authority.
#include "tests/support/folder.hpp"

namespace support {

// Writes <name>.pem and <name>.key, for that host, valid from now on for an hour.
void write_certificate(TemporaryFolder const &folder, std::string const &name, std::string const &host);

} // namespace support
