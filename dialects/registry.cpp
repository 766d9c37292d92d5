#include "dialects/engine/dialect.hpp"
#include "dialects/onlyoffice/onlyoffice.hpp"
#include "dialects/paymo/paymo.hpp"
#include "dialects/productive/productive.hpp"
#include "dialects/superoffice/superoffice.hpp"
#include "dialects/worksection/worksection.hpp"

namespace dialects {

std::span<Dialect const *const> all_dialects() {
    static onlyoffice::OnlyOffice const onlyoffice;
    static paymo::Paymo const paymo;
    static productive::Productive const productive;
    static superoffice::SuperOffice const superoffice;
    static Dialect const *const all[]{&onlyoffice, &paymo, &productive, &superoffice, &worksection::instance()};
    return all;
}

Dialect const *find_dialect(std::string_view name) {
    for (auto const *dialect : all_dialects())
        if (dialect->name() == name) return dialect;
    return nullptr;
}

} // namespace dialects
