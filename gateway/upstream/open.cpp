#include "gateway/upstream/open.hpp"

#include "gateway/upstream/client.hpp"

namespace gateway::upstream {

std::variant<std::unique_ptr<backends::Store>, Failure>
open(config::Backend const &backend, dialects::Client const &client, std::filesystem::path const &data) {
    auto const origin = config::take_apart(backend.url);
    std::shared_ptr<asio::ssl::context> tls;
    try {
        if (origin.tls) tls = verifying_context(backend.authorities);
    } catch (boost::system::system_error const &error) {
        return Failure{backend.place, backend.authorities + ": " + error.code().message()};
    }
    backends::upstream::Service service{.client = &client};
    service.account = {.credential = backend.credential, .zone = backend.zone};
    service.rate = backend.rate.value_or(client.rate());
    service.account.organization = service.account.secret("organization");
    service.http = [origin, tls](asio::any_io_executor const &executor) {
        return std::make_unique<Client>(executor, origin, tls, Limits{});
    };
    service.keeper = data / (backend.keeper.empty() ? backend.name + "-keeper.db" : backend.keeper);
    std::error_code error;
    std::filesystem::create_directories(service.keeper.parent_path(), error);
    if (error) return Failure{backend.place, service.keeper.parent_path().string() + ": " + error.message()};
    auto store = backends::upstream::open_service(std::move(service));
    if (!store) return Failure{backend.place, store.error().detail};
    return std::move(*store);
}

} // namespace gateway::upstream
