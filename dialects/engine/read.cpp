#include "dialects/engine/read.hpp"

namespace dialects {

std::string excerpt(json::value const &j) {
    constexpr std::size_t most = 120;
    codec::Scalar const scalar(j);
    auto text = scalar ? std::string(scalar.text) : text_of(j);
    if (text.size() <= most) return text;
    auto end = most;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end; // not inside a character
    text.resize(end);
    return text + "...";
}

Result<void> read_into(canonical::Entity &entity, TableSet const &tables, Face face, json::value const &document,
                       Context const &context) {
    return std::visit(
        [&]<class E>(E &e) -> Result<void> {
            auto const *table = tables.of<E>();
            if (!table) return Error{.code = Code::not_offered};
            return read_into(e, *table, face, document, context);
        },
        entity);
}

} // namespace dialects
