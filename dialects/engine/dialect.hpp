#pragma once
// What every dialect is to the rest of the program: a name, a table of operations, a way to tell who asks, and a talk
// for each request. See docs/adding-a-dialect.md.
#include "canonical/request.hpp"
#include "dialects/engine/talk.hpp"
#include "dialects/engine/target.hpp"
#include "dialects/engine/wire.hpp"
#include "dialects/engine/zone.hpp"

#include <boost/json/value.hpp>
#include <span>

namespace dialects {

// What a route says about how this dialect shows things.
struct Settings {
    std::string path;       // the route's prefix without a slash at its end, as "/api/2.0"
    std::string public_url; // "https://gw.example" where clients see another address than the Host they send; or empty
    Zone zone = {};         // in which this workspace lives
    std::string organization; // the number by which Productive knows the workspace
    bool legacy_hash = true;  // Worksection: the hash over page and action alone
    int clock_window = 300;   // Worksection: seconds that a signed time may be off; 0: any
};

// A legacy client and the credential it already has. Which keys a credential holds depends on the dialect.
struct Caller {
    std::string name;
    std::string person; // an email address
    bool may_write = true;
    std::vector<std::pair<std::string, std::string>> credential;

    // The value of a key of the credential, or nothing (null).
    std::string const *secret(std::string_view key) const;
    // Compares in constant time; a credential may hold the SHA-256 of the secret (as "sha256:<hex>") in its place.
    bool matches(std::string_view key, std::string_view presented) const;
};

struct Operation;
struct TableSet;
class Attempts;
class EndedSessions;

// One request on its way. It outlives the talk about it.
struct Call {
    wire::Request const &request;
    wire::Target target;    // of the whole path
    std::size_t prefix = 0; // how many segments of it belong to the route
    Settings const &settings;
    std::span<Caller const> callers; // of this dialect
    canonical::Instant now;
    std::uint64_t request_id = 0;         // by which the log knows it
    boost::json::storage_ptr memory = {}; // for documents; freed at once with the request
    std::string_view scheme = "http";
    Attempts *attempts = nullptr;            // to sign in, of all callers; nothing: they are not counted
    EndedSessions *ended_sessions = nullptr; // of all callers; nothing: none can be ended

    // Where a tool finds everything in one set of parameters: those of the request, read once.
    std::optional<boost::json::value> parameters = {};

    Caller const *caller = nullptr;       // once identified
    Operation const *operation = nullptr; // once found, for logs and metrics
    std::string_view id = {};             // what {id} of the operation's path stands for

    std::span<std::string const> segments() const { return std::span(target.segments).subspan(prefix); }
    // "http://host:port" as the caller sees us, without a slash at its end.
    std::string origin() const;
};

using Serve = Talk<canonical::Request, canonical::Result<canonical::Reply>, wire::Response>;
using Perform = Talk<wire::Request, wire::Response, canonical::Result<canonical::Reply>>;

// One row of a dialect's route table: what it offers under which method and path (below the route's prefix). Segments
// in braces stand for anything; {id} is the record. Where a tool has actions instead of paths, `path` names the action.
struct Operation {
    std::string_view method;
    std::string_view path;
    std::string_view name; // "project.update", for logs, metrics and the table of `dragoman routes`
    canonical::Kind kind = canonical::Kind::project;
    canonical::Verb verb = canonical::Verb::get;
    Serve (*serve)(Call &) = nullptr; // nothing: as the tables say
    TableSet const *tables = nullptr; // where a kind looks different under this path; nothing: the dialect's
};

struct Context;
class Client;

// What a caller wants to see of the answer: fields by their paths in this dialect (nothing: all of them), and related
// records, each again with a selection of its own.
struct Selection {
    std::optional<std::vector<std::string>> only = {};
    std::vector<std::pair<std::string, Selection>> included = {};

    // The selection of a related record, or nothing (null).
    Selection const *find(std::string_view name) const;
};

// A request as it was understood: what the backend is to be asked, and what of its reply the caller wants to see.
struct Wanted {
    canonical::Request request;
    Selection selection = {};
};

class Dialect {
public:
    Dialect() = default;
    Dialect(Dialect const &) = delete;
    Dialect &operator=(Dialect const &) = delete;
    virtual ~Dialect() = default;

    virtual std::string_view name() const = 0;
    virtual std::span<Operation const> operations() const = 0;
    virtual TableSet const &tables() const = 0;
    TableSet const &tables_of(Operation const &operation) const {
        return operation.tables ? *operation.tables : tables();
    }
    virtual bool paths_ignore_case() const { return false; }
    // Whether an operation asks for its caller's credential at all.
    virtual bool is_open(Operation const &) const { return false; }
    // Whether a route with these settings leads to an operation, where that depends on the route's path.
    virtual bool serves(Settings const &, Operation const &) const { return true; }
    // The keys that a caller's credential may have: each inner list is one way, complete.
    virtual std::span<std::span<std::string_view const> const> credential_forms() const = 0;
    // Whether that secret of a credential must be known itself, because what callers present is computed from it: its
    // digest alone would let nobody in.
    virtual bool needs_plain(std::string_view /*key*/) const { return false; }

    // Which operation a call asks for: sets call.operation and call.id, or says what is wrong.
    virtual canonical::Result<void> find(Call &call) const;
    // Who asks: sets call.caller, or says what is wrong.
    virtual canonical::Result<void> identify(Call &call) const = 0;
    // The operation's own talk where it has one; else the plain one: one question as understand() puts it, and the
    // reply as answer() shows it.
    virtual Serve serve(Call &call) const;
    // An error in this dialect's own shape, words and status. The call may have got no further than its target.
    virtual wire::Response refuse(Call const &call, canonical::Error const &error) const = 0;
    // An answer to OPTIONS where browsers call this tool; nothing where they do not.
    virtual std::optional<wire::Response> preflight(Call const &) const { return {}; }

    // How the real service is asked; null: nothing here can be its client.
    virtual Client const *client() const { return nullptr; }

    // Where the records stand in an answer about that kind: "data", "projects"; empty: the answer is the record.
    virtual std::string_view envelope(canonical::Kind kind) const = 0;
    virtual std::string_view envelope_of(Operation const &operation) const { return envelope(operation.kind); }
    // A request that a newcomer can paste: what follows "curl " against that base URL with the demo's credentials.
    virtual std::string example(std::string_view base_url) const = 0;

    // The steps of the plain talk, for those talks that need some of them.

    // What stands in the operation's row, the record's document read through its table, and the query.
    canonical::Result<Wanted> understand(Call const &call) const;
    // The body as one document, whatever its media type; for a record, without the envelope.
    virtual canonical::Result<boost::json::value> document(Call const &call) const = 0;
    // Filters, sorts, pages and selections: into wanted.request.query and wanted.selection.
    virtual canonical::Result<void> read_query(Call const &call, Wanted &wanted) const = 0;
    virtual wire::Response answer(Call const &call, Wanted const &wanted, canonical::Reply &reply) const = 0;
    // Zone, links and whatever this dialect's headers say about how to show things.
    virtual Context context(Call const &call) const;
    // An error of the backend, about a member of the model, as one about the paths of this dialect.
    canonical::Error named(canonical::Error error, canonical::Kind kind) const;
};

// All dialects, in the order of their names.
std::span<Dialect const *const> all_dialects();
Dialect const *find_dialect(std::string_view name);

} // namespace dialects
