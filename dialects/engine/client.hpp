#pragma once
// The client side of a dialect: how its real service is asked and how its answers are read, out of the same tables that
// serve. It knows no socket: whoever drives the talk brings the answers.
#include "dialects/engine/dialect.hpp"
#include "dialects/engine/fields.hpp"
#include "dialects/engine/rate.hpp"

namespace dialects {

// Who we are to a real service, and how its workspace shows things.
struct Account {
    std::vector<std::pair<std::string, std::string>> credential = {};
    Zone zone = {};
    std::string organization = {};

    std::string_view secret(std::string_view key) const; // empty: the credential has none such
};

// A part of a talk with a service.
template <class Outcome> using Errand = Talk<wire::Request, wire::Response, canonical::Result<Outcome>>;

class Client {
public:
    Client() = default;
    Client(Client const &) = delete;
    Client &operator=(Client const &) = delete;
    virtual ~Client() = default;

    virtual Dialect const &dialect() const = 0;
    std::string_view name() const { return dialect().name(); }
    // The talk about one request. References in it are ids, its lists are whole; both arguments outlive the talk. What
    // the service was not asked of a list's query is open in the reply.
    Perform perform(Account const &account, canonical::Request const &request) const;
    virtual Rate rate() const { return {}; }
    // The keys that our credential may have: each inner list is one way, complete.
    virtual std::span<std::span<std::string_view const> const> credential_forms() const = 0;
    // Whether the service has such records at all, in whatever way they are asked for.
    virtual bool knows(canonical::Kind kind) const;
    // The row of the route table by which the request is asked, or nothing (null).
    virtual Operation const *operation_for(canonical::Request const &request) const;

    // How the service holds a member that callers may set; nothing where it has no room for it.
    std::optional<Fidelity> holds(canonical::MemberId member) const;
    // How the service shows a member, whether callers may set it or not; nothing where it does not.
    std::optional<Fidelity> shows(canonical::MemberId member) const;
    // Whether the service is told of a member in a request of its own.
    bool holds_apart(canonical::MemberId member) const;
    // Whether it knows people by their addresses and others by their names: references in a request then have them too.
    virtual bool names_people_by_address() const { return false; }

    virtual std::string_view media_type() const { return "application/json"; }
    // The best of the table's rows for a member on that face; nothing where there is none.
    static std::optional<Fidelity> row_of(canonical::MemberId member, TableSet const &tables, Face face);

    // One request and one answer as the tables say, without a socket or a further question: what is sent, and what it
    // means.
    wire::Request question(Account const &account, canonical::Request const &request, Operation const &operation) const;
    canonical::Result<boost::json::value> document(wire::Response const &response) const;
    // Adds the records of an answer to the reply, and says how many there were.
    canonical::Result<std::size_t> take(boost::json::value const &answer, Account const &account,
                                        canonical::Request const &request, Operation const &operation,
                                        canonical::Reply &reply) const;

protected:
    // What talks of its own hold beside the rows of the tables.
    struct Held {
        canonical::MemberId member;
        Fidelity fidelity = Fidelity::exact;
    };
    virtual std::span<Held const> held_by_talks() const { return {}; }
    // Says who asks.
    virtual void sign(Account const &account, wire::Request &request) const = 0;
    // The method and the target of an operation. Parameters in braces other than {id} are none that it can fill.
    virtual wire::Request address(Operation const &operation, std::string_view id) const;
    // What an answer about records of that kind is to hold beside them: "include=company".
    virtual std::string_view inclusion(canonical::Kind) const { return {}; }
    // Puts the object that the tables wrote where the service expects it.
    virtual void put(canonical::Request const &request, std::string object, wire::Request &to) const;
    // What the query of a list says for its pages from 0, and whether there are further ones. Nothing: there is one
    // page only.
    virtual std::string page_query(canonical::Kind, std::size_t /*page*/) const { return {}; }
    virtual bool is_last(boost::json::value const &, std::size_t /*page*/, std::size_t /*records*/) const {
        return true;
    }
    // As much of a list's filter as the service can be asked, as a further part of the query; or nothing.
    virtual std::string filter_query(canonical::Request const &) const { return {}; }
    // Where the records stand in an answer: an object, a list, or nothing (null) where there are none.
    virtual boost::json::value const *records_in(boost::json::value const &answer, Operation const &operation) const;
    // Brings an answer into the form that tables know.
    virtual void rearrange(boost::json::value &) const {}
    // What an answer that is none of success means. By default, by its status alone.
    virtual canonical::Error problem(wire::Response const &response) const;
    // Whether an answer tells of success, where its status alone does not say so: what is wrong, or nothing.
    virtual std::optional<canonical::Error> complaint(boost::json::value const &) const { return {}; }

    // What is more than one question. By default it is just that: one.
    virtual Perform save(Account const &account, canonical::Request const &request) const;
    virtual Perform remove(Account const &account, canonical::Request const &request) const;
    virtual Perform copy(Account const &account, canonical::Request const &request) const; // and changes of workflows
    // What a record has that its answer does not show.
    virtual Errand<void> supplement(Account const &account, canonical::Request const &request,
                                    canonical::Reply &reply) const;

    // For talks of their own. What is given by reference outlives the talk.
    Errand<boost::json::value> ask(Account const &account, wire::Request request) const;
    Perform get(Account const &account, canonical::Request request) const;
    Perform list(Account const &account, canonical::Request request) const;
    Perform find_in_list(Account const &account, canonical::Request const &request) const;
    // What the tables say of a new record or a change. The reply has no record where the answer had none; nothing is
    // asked where they say nothing.
    Perform send_fields(Account const &account, canonical::Request const &request) const;
    // An operation without a body, by its name.
    wire::Request call_of(std::string_view operation, std::string_view id) const;
};

// What of a filter a service can mostly be asked: these records alone (nothing: any), closed projects or open ones
// (nothing: both). What it leaves of them is looked at again.
struct Pushed {
    std::vector<std::string> ids = {};
    std::optional<bool> closed = {};
};
Pushed pushed(canonical::Request const &request);
std::string joined(std::vector<std::string> const &items, std::string_view separator = ",");

// Whether a table says anything of a patch: some member that is not silent, or something that is kept for it.
bool says_something(TableSet const &tables, canonical::Entity const &patch);

// The member behind a path of what is sent, as the model calls it; the path itself where it stands for none.
std::string_view member_at(TableSet const &tables, canonical::Kind kind, std::string_view path);

// "&" or "?" and what follows it.
void add_query(std::string &target, std::string_view query);

} // namespace dialects
