#include "dialects/onlyoffice/look_first.hpp"

#include "dialects/onlyoffice/onlyoffice.hpp"

namespace dialects::onlyoffice {

using canonical::Code, canonical::Error, canonical::Kind, canonical::Reply, canonical::Request, canonical::Result;

LookFirst look_first(Call const &call, std::string id, Needs needs) {
    auto const &self = instance();
    auto who = ask_who(call);
    Result<Asker> asker = co_await who;
    if (!asker) co_return asker.error();
    Request get{.kind = Kind::project, .id = std::move(id), .dialect = self.name()};
    get.query.related = {canonical::Relation::people};
    Result<Reply> reply = co_await get;
    if (!reply) co_return self.named(reply.error(), Kind::project);
    Rights const rights(reply->one<Project>(), asker->person());
    Error const hidden{.code = Code::not_found}, denied{.code = Code::forbidden};
    if (!rights.see()) co_return hidden;
    if (needs == Needs::editing && !rights.edit()) co_return denied;
    Before before{.asker = std::move(*asker), .reply = std::move(*reply)};
    co_return before;
}

} // namespace dialects::onlyoffice
