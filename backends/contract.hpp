#pragma once
// The port's contract as code: a decorator that looks at what goes into a backend and what comes out of it. Tests run
// every backend behind it; debug builds may. A breach is a bug, on whichever side, so it is thrown.
#include "backends/backend.hpp"

#include <stdexcept>

namespace backends {

class ContractBreach : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

std::unique_ptr<Backend> checked(std::unique_ptr<Backend> backend);
// Whose backends are all checked.
std::unique_ptr<Store> checked(std::unique_ptr<Store> store);

// What a request or an answer to it breaks; nothing where it keeps the contract.
std::optional<std::string> breach_of(canonical::Request const &request);
std::optional<std::string> breach_of(canonical::Request const &request,
                                     canonical::Result<canonical::Reply> const &answer);

} // namespace backends
