#pragma once
// What can go wrong, in one vocabulary. A dialect renders it in its own words; where there are several problems, they
// stand in the order in which they were found.
#include <boost/describe/enum.hpp>
#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>
#include <vector>

namespace canonical {

enum class Code : unsigned char {
    // about the message
    malformed,        // the body, the query or a filter cannot be understood; `detail` says what
    unsupported_type, // of the body
    not_acceptable,   // no form of answer that the caller takes
    unknown_route,    // no such path or action
    wrong_method,
    too_large,
    too_many_requests,
    // about the caller
    unauthenticated,
    forbidden,
    // about the record
    not_found,
    locked,  // it can never be changed or deleted
    in_use,  // it cannot be deleted now
    changed, // since the version or instant that the caller named
    conflict,
    // about a field
    blank,             // required and missing, null or empty
    bad_value,         // of the wrong type or form, or out of range
    not_in_list,       // not one of the words or numbers allowed
    unknown_reference, // a record of that id or name does not exist
    ambiguous,         // a name that several records have
    unknown_field,     // in a filter, a sort, an include or a selection
    unknown_operator,  // in a filter
    incomplete_map,    // of workflow statuses: a current one is missing
    bad_map_key,       // of a map of task lists
    bad_map_value,     // no status of the workflow
    too_few_statuses,  // a workflow needs two, one of them closed
    exclusive,         // at most one of several may be set
    // about us
    not_offered, // the backend cannot do that
    unavailable, // the backend cannot be reached
    timed_out,
    overloaded,
    internal
};
BOOST_DESCRIBE_ENUM(Code, malformed, unsupported_type, not_acceptable, unknown_route, wrong_method, too_large,
                    too_many_requests, unauthenticated, forbidden, not_found, locked, in_use, changed, conflict, blank,
                    bad_value, not_in_list, unknown_reference, ambiguous, unknown_field, unknown_operator,
                    incomplete_map, bad_map_key, bad_map_value, too_few_statuses, exclusive, not_offered, unavailable,
                    timed_out, overloaded, internal)

struct Error {
    Code code = Code::internal; // first, or GCC 12 makes an Error of a string
    std::string field = {};  // a member's name ("workflow"), or a path of the caller's document once a dialect knows it
    std::string detail = {}; // the offending text, or what is wrong with it; may hold what the caller sent
    std::vector<Error> more = {}; // further problems of the same request
};

template <class T> using Result = boost::system::result<T, Error>;

[[noreturn]] inline void throw_exception_from_error(Error const &error, boost::source_location const &) {
    throw std::logic_error("no value, but an error about " + error.field);
}

} // namespace canonical
