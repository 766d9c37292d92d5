#pragma once
// ONLYOFFICE's times: seven digits of a second and the portal's offset, Z where that is zero. (reference: server source
// 12.7, ApiDateTime; recorded answers)
#include "dialects/engine/codecs.hpp"

namespace dialects::onlyoffice {

struct portal_time {
    // In addresses dashes stand in place of the colons: 2008-04-10T06-30-00.000Z.
    static bool read(json::value const &j, canonical::Instant &t, Context const &context) {
        codec::Scalar const scalar(j);
        if (!scalar) return false;
        std::string text(scalar.text);
        if (text.size() >= 19 && text[10] == 'T' && text[13] == '-' && text[16] == '-') text[13] = text[16] = ':';
        auto const read = read_instant(text, context.zone);
        if (read) t = *read;
        return read.has_value();
    }
    static void write(canonical::Instant t, Text &out) {
        auto const offset = out.context.zone.offset_at(t);
        out.put('"');
        Moment(t + offset).write("YYYY-MM-DDThh:mm:ss.fff", out);
        out.raw("0000");
        if (offset.count() == 0)
            out.put('Z');
        else
            write_offset(offset, out);
        out.put('"');
    }
};

} // namespace dialects::onlyoffice
