#pragma once
// Collects what is wrong with a request: the first problem, with the others behind it.
#include "canonical/error.hpp"

#include <optional>

namespace backends::sql {

class Problems {
public:
    void add(canonical::Error problem) {
        if (first_)
            first_->more.push_back(std::move(problem));
        else
            first_ = std::move(problem);
    }
    bool any() const { return first_.has_value(); }
    canonical::Error take() { return std::move(*first_); }

private:
    std::optional<canonical::Error> first_;
};

} // namespace backends::sql
