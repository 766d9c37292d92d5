#include "gateway/site.hpp"

#include "backends/contract.hpp"
#include "backends/sqlite.hpp"
#include "gateway/ended_sessions.hpp"
#include "gateway/upstream/open.hpp"

#include <map>

namespace gateway {

namespace {

#ifdef NDEBUG
constexpr bool watch_contract = false;
#else
constexpr bool watch_contract = true;
#endif

using StorePtr = std::shared_ptr<backends::Store>;

class ConfiguredSite final : public Site {
public:
    explicit ConfiguredSite(config::Config config) : config_(std::move(config)) {}

    config::Config const &config() const override { return config_; }
    StorePtr store(std::string_view backend) const override {
        auto const found = by_name_.find(backend);
        return found == by_name_.end() ? nullptr : found->second;
    }
    std::vector<std::string> const &warnings() const override { return warnings_; }

    dialects::Attempts &attempts() const override { return *attempts_; }
    dialects::EndedSessions &ended_sessions() const override { return *ended_sessions_; }

    std::optional<Failure> open_all(Sources const &sources) {
        auto const *const before = dynamic_cast<ConfiguredSite const *>(sources.before);
        if (before) attempts_ = before->attempts_;
        ended_sessions_ =
            before ? before->ended_sessions_ : std::make_shared<EndedSessions>(sources.data / "ended-sessions");
        for (auto const &backend : config_.backends) {
            auto const *const dialect = dialects::find_dialect(backend.type);
            if (dialect && dialect->client()) {
                auto opened = upstream::open(backend, *dialect->client(), sources.data);
                if (auto *const failure = std::get_if<Failure>(&opened)) return std::move(*failure);
                by_name_[backend.name] = watched(std::get<std::unique_ptr<backends::Store>>(std::move(opened)));
                continue;
            }
            if (dialect) {
                warnings_.push_back("backend '" + backend.name +
                                    "' is not available: nothing here can be a client of " + backend.type +
                                    "; requests to its routes are answered so");
                continue;
            }
            auto const file = file_of(backend, sources.data);
            auto store = known(file);
            if (!store && before) store = before->known(file);
            if (!store) {
                auto opened = open(backend, file);
                if (auto *const failure = std::get_if<Failure>(&opened)) return std::move(*failure);
                store = std::get<StorePtr>(std::move(opened));
            }
            by_file_[file] = by_name_[backend.name] = store;
        }
        return {};
    }

private:
    static constexpr std::string_view in_memory = ":memory:";

    // What tells two stores apart; those in memory are told apart by their names.
    static std::string file_of(config::Backend const &backend, std::filesystem::path const &data) {
        if (backend.path == in_memory) return backend.path + backend.name;
        return std::filesystem::weakly_canonical(data / backend.path).string();
    }

    StorePtr known(std::string const &file) const {
        auto const found = by_file_.find(file);
        return found == by_file_.end() ? nullptr : found->second;
    }

    static std::variant<StorePtr, Failure> open(config::Backend const &backend, std::string const &file) {
        bool const passing = backend.path == in_memory;
        std::filesystem::path const path = passing ? backend.path : file;
        std::error_code error;
        if (!passing) std::filesystem::create_directories(path.parent_path(), error);
        if (error) return Failure{backend.place, path.parent_path().string() + ": " + error.message()};
        auto store = backends::open_sqlite({.path = path, .seed = backend.seed});
        if (!store) return Failure{backend.place, store.error().detail};
        return watched(std::move(*store));
    }

    static StorePtr watched(std::unique_ptr<backends::Store> store) {
        if constexpr (watch_contract) return backends::checked(std::move(store));
        return store;
    }

    config::Config config_;
    std::map<std::string, StorePtr, std::less<>> by_name_;
    std::map<std::string, StorePtr, std::less<>> by_file_;
    std::vector<std::string> warnings_;
    std::shared_ptr<dialects::Attempts> attempts_ = std::make_shared<dialects::Attempts>();
    std::shared_ptr<EndedSessions> ended_sessions_;
};

} // namespace

Site::Built Site::build(config::Config config, Sources const &sources) {
    auto site = std::make_shared<ConfiguredSite>(std::move(config));
    if (auto failure = site->open_all(sources)) return std::move(*failure);
    return std::shared_ptr<Site const>(std::move(site));
}

} // namespace gateway
