/** Which codes of countries are there? ISO 3166-1, the 249 officially assigned; their names are Intl's, in the reader's language. */

/** In the order of the alphabet. */
export const countryCodes: readonly string[] = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG ' +
  'CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL ' +
  'GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA ' +
  'LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP ' +
  'NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV ' +
  'SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

/** What people write for a country whose code is another. */
const meant: Record<string, string> = { UK: 'GB', EL: 'GR', EN: 'GB', JA: 'JP' };

/** What is wrong with a code, with the way out; undefined where it is one. */
export function refuseCountry(code: string): string | undefined {
  if (countryCodes.includes(code)) return undefined;
  const hint = meant[code] ? `; did you mean ${meant[code]}?` : ', such as US, GB or ID';
  return `unknown country ${code}: use the ISO 3166 code of two capital letters${hint}`;
}
