#pragma once
// The client side of a dialect: how its real service is asked and how its answers are read, out of the same tables that
// serve. It knows no socket: whoever drives the talk brings the answers.
#include "dialects/engine/dialect.hpp"

namespace dialects {

// Who we are to a real service, and how its workspace shows things.
struct Account {
    std::vector<std::pair<std::string, std::string>> credential = {};
    Zone zone = {};
    std::string organization = {};

    std::string_view secret(std::string_view key) const; // empty: the credential has none such
};

// So many requests in a time, as a service publishes it. None: no limit.
struct Rate {
    int requests = 0;
    std::chrono::milliseconds in{0};
};

class Client {
public:
    Client() = default;
    Client(Client const &) = delete;
    Client &operator=(Client const &) = delete;
    virtual ~Client() = default;

    std::string_view name() const { return dialect().name(); }
    // The talk about one request. References in it are ids, its lists are whole; both arguments outlive the talk. What
    // the service was not asked of a list's query is open in the reply.
    virtual Perform perform(Account const &account, canonical::Request const &request) const;
    virtual Rate rate() const { return {}; }

protected:
    virtual Dialect const &dialect() const = 0;
    // Says who asks.
    virtual void sign(Account const &account, wire::Request &request) const = 0;
    // The body of a request about a record, out of the object that the tables write.
    virtual std::string wrapped(canonical::Kind, std::string object) const { return object; }
    virtual std::string_view media_type() const { return "application/json"; }
    // What follows the path of a list, for its pages from 0, and whether there are further ones.
    virtual std::string page_query(std::size_t page) const = 0;
    virtual bool is_last(boost::json::value const &answer, std::size_t page, std::size_t records) const = 0;
    // What an answer that is none of success means. By default, by its status alone.
    virtual canonical::Error problem(wire::Response const &response) const;

    // For talks of their own.
    wire::Request question(Account const &account, canonical::Request const &request, Operation const &operation) const;
    canonical::Result<boost::json::value> document(wire::Response const &response) const;
    // Adds the records of an answer to the reply, and says how many there were.
    canonical::Result<std::size_t> take(boost::json::value const &answer, Account const &account,
                                        canonical::Request const &request, canonical::Reply &reply) const;
    // The row of the route table by which the request is asked, or nothing (null).
    Operation const *operation_for(canonical::Request const &request) const;
};

} // namespace dialects
