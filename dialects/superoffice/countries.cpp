#include "dialects/superoffice/countries.hpp"

#include "dialects/engine/wire.hpp"

namespace dialects::superoffice {

namespace {

// Two letters and three digits each.
constexpr std::string_view countries =
    "AD020AE784AF004AG028AI660AL008AM051AO024AQ010AR032AS016AT040AU036AW533AX248AZ031BA070BB052BD050BE056BF854"
    "BG100BH048BI108BJ204BL652BM060BN096BO068BQ535BR076BS044BT064BV074BW072BY112BZ084CA124CC166CD180CF140CG178"
    "CH756CI384CK184CL152CM120CN156CO170CR188CU192CV132CW531CX162CY196CZ203DE276DJ262DK208DM212DO214DZ012EC218"
    "EE233EG818EH732ER232ES724ET231FI246FJ242FK238FM583FO234FR250GA266GB826GD308GE268GF254GG831GH288GI292GL304"
    "GM270GN324GP312GQ226GR300GS239GT320GU316GW624GY328HK344HM334HN340HR191HT332HU348ID360IE372IL376IM833IN356"
    "IO086IQ368IR364IS352IT380JE832JM388JO400JP392KE404KG417KH116KI296KM174KN659KP408KR410KW414KY136KZ398LA418"
    "LB422LC662LI438LK144LR430LS426LT440LU442LV428LY434MA504MC492MD498ME499MF663MG450MH584MK807ML466MM104MN496"
    "MO446MP580MQ474MR478MS500MT470MU480MV462MW454MX484MY458MZ508NA516NC540NE562NF574NG566NI558NL528NO578NP524"
    "NR520NU570NZ554OM512PA591PE604PF258PG598PH608PK586PL616PM666PN612PR630PS275PT620PW585PY600QA634RE638RO642"
    "RS688RU643RW646SA682SB090SC690SD729SE752SG702SH654SI705SJ744SK703SL694SM674SN686SO706SR740SS728ST678SV222"
    "SX534SY760SZ748TC796TD148TF260TG768TH764TJ762TK772TL626TM795TN788TO776TR792TT780TV798TW158TZ834UA804UG800"
    "UM581US840UY858UZ860VA336VC670VE862VG092VI850VN704VU548WF876WS882YE887YT175ZA710ZM894ZW716";
constexpr std::size_t width = 5;
static_assert(countries.size() % width == 0);

} // namespace

std::string_view country_number(std::string_view code) {
    for (auto rest = countries; !rest.empty(); rest.remove_prefix(width)) {
        if (!wire::same_letters(rest.substr(0, 2), code)) continue;
        auto const digits = rest.substr(2, 3);
        return digits.substr(digits.find_first_not_of('0'));
    }
    return {};
}

std::string_view country_code(std::string_view number) {
    for (auto rest = countries; !number.empty() && !rest.empty(); rest.remove_prefix(width)) {
        auto const digits = rest.substr(2, 3);
        if (digits.substr(digits.find_first_not_of('0')) == number) return rest.substr(0, 2);
    }
    return {};
}

void for_each_country(std::function<void(std::string_view, std::string_view)> const &f) {
    for (auto rest = countries; !rest.empty(); rest.remove_prefix(width)) f(rest.substr(0, 2), rest.substr(2, 3));
}

} // namespace dialects::superoffice
