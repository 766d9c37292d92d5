#include "canonical/kinds.hpp"

namespace canonical {

std::string name_of(MemberId member) {
    return with_kind(member.kind, [&]<class E>(std::type_identity<E>) {
        std::string name(name_of(member.kind));
        unsigned char index = 0;
        boost::mp11::mp_for_each<Members<E>>([&](auto d) {
            if (index++ == member.index) name.append(".").append(d.name);
        });
        return name;
    });
}

} // namespace canonical
