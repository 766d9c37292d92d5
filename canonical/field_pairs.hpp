#pragma once
// The pairs of fields of a mapping at work: values change places in what goes to the backend and in what comes back,
// and names in filters, sorts and errors.
#include "canonical/field_path.hpp"
#include "canonical/mapping.hpp"

namespace canonical {

class FieldPairs {
public:
    struct Pair {
        FieldPath caller, backend;

        Kind kind() const { return caller.member.kind; }
    };

    // The mapping's names must outlive the pairs. Names that are no fields are passed over: check_field_pair() has
    // refused them.
    explicit FieldPairs(Mapping const &mapping);

    void to_backend(Request &request) const; // its values
    std::optional<Error> to_backend(Query &query) const;
    void to_caller(Records &records) const;
    void to_caller(Error &error) const;

private:
    std::vector<Pair> pairs_;
};

} // namespace canonical
