/** Which names of time zones does IANA have? Zones and links of tzdata 2026f, by area, each in its one spelling. */

// TRICKY: Intl takes more: BST for Dhaka, ACT for Darwin, europe/london. What a seller means by them is another thing.
const byArea: { [area: string]: string } = {
  '':
    'CET CST6CDT Cuba EET EST EST5EDT Egypt Eire GB GB-Eire GMT GMT+0 GMT-0 GMT0 Greenwich HST Hongkong Iceland Iran Israel ' +
    'Jamaica Japan Kwajalein Libya MET MST MST7MDT NZ NZ-CHAT Navajo PRC PST8PDT Poland Portugal ROC ROK Singapore Turkey ' +
    'UCT UTC Universal W-SU WET Zulu',
  Africa:
    'Abidjan Accra Addis_Ababa Algiers Asmara Asmera Bamako Bangui Banjul Bissau Blantyre Brazzaville Bujumbura Cairo ' +
    'Casablanca Ceuta Conakry Dakar Dar_es_Salaam Djibouti Douala El_Aaiun Freetown Gaborone Harare Johannesburg Juba ' +
    'Kampala Khartoum Kigali Kinshasa Lagos Libreville Lome Luanda Lubumbashi Lusaka Malabo Maputo Maseru Mbabane Mogadishu ' +
    'Monrovia Nairobi Ndjamena Niamey Nouakchott Ouagadougou Porto-Novo Sao_Tome Timbuktu Tripoli Tunis Windhoek',
  America:
    'Adak Anchorage Anguilla Antigua Araguaina Argentina/Buenos_Aires Argentina/Catamarca Argentina/ComodRivadavia ' +
    'Argentina/Cordoba Argentina/Jujuy Argentina/La_Rioja Argentina/Mendoza Argentina/Rio_Gallegos Argentina/Salta ' +
    'Argentina/San_Juan Argentina/San_Luis Argentina/Tucuman Argentina/Ushuaia Aruba Asuncion Atikokan Atka Bahia ' +
    'Bahia_Banderas Barbados Belem Belize Blanc-Sablon Boa_Vista Bogota Boise Buenos_Aires Cambridge_Bay Campo_Grande ' +
    'Cancun Caracas Catamarca Cayenne Cayman Chicago Chihuahua Ciudad_Juarez Coral_Harbour Cordoba Costa_Rica Coyhaique ' +
    'Creston Cuiaba Curacao Danmarkshavn Dawson Dawson_Creek Denver Detroit Dominica Edmonton Eirunepe El_Salvador Ensenada ' +
    'Fort_Nelson Fort_Wayne Fortaleza Glace_Bay Godthab Goose_Bay Grand_Turk Grenada Guadeloupe Guatemala Guayaquil Guyana ' +
    'Halifax Havana Hermosillo Indiana/Indianapolis Indiana/Knox Indiana/Marengo Indiana/Petersburg Indiana/Tell_City ' +
    'Indiana/Vevay Indiana/Vincennes Indiana/Winamac Indianapolis Inuvik Iqaluit Jamaica Jujuy Juneau Kentucky/Louisville ' +
    'Kentucky/Monticello Knox_IN Kralendijk La_Paz Lima Los_Angeles Louisville Lower_Princes Maceio Managua Manaus Marigot ' +
    'Martinique Matamoros Mazatlan Mendoza Menominee Merida Metlakatla Mexico_City Miquelon Moncton Monterrey Montevideo ' +
    'Montreal Montserrat Nassau New_York Nipigon Nome Noronha North_Dakota/Beulah North_Dakota/Center ' +
    'North_Dakota/New_Salem Nuuk Ojinaga Panama Pangnirtung Paramaribo Phoenix Port-au-Prince Port_of_Spain Porto_Acre ' +
    'Porto_Velho Puerto_Rico Punta_Arenas Rainy_River Rankin_Inlet Recife Regina Resolute Rio_Branco Rosario Santa_Isabel ' +
    'Santarem Santiago Santo_Domingo Sao_Paulo Scoresbysund Shiprock Sitka St_Barthelemy St_Johns St_Kitts St_Lucia ' +
    'St_Thomas St_Vincent Swift_Current Tegucigalpa Thule Thunder_Bay Tijuana Toronto Tortola Vancouver Virgin Whitehorse ' +
    'Winnipeg Yakutat Yellowknife',
  Antarctica: 'Casey Davis DumontDUrville Macquarie Mawson McMurdo Palmer Rothera South_Pole Syowa Troll Vostok',
  Arctic: 'Longyearbyen',
  Asia:
    'Aden Almaty Amman Anadyr Aqtau Aqtobe Ashgabat Ashkhabad Atyrau Baghdad Bahrain Baku Bangkok Barnaul Beirut Bishkek ' +
    'Brunei Calcutta Chita Choibalsan Chongqing Chungking Colombo Dacca Damascus Dhaka Dili Dubai Dushanbe Famagusta Gaza ' +
    'Harbin Hebron Ho_Chi_Minh Hong_Kong Hovd Irkutsk Istanbul Jakarta Jayapura Jerusalem Kabul Kamchatka Karachi Kashgar ' +
    'Kathmandu Katmandu Khandyga Kolkata Krasnoyarsk Kuala_Lumpur Kuching Kuwait Macao Macau Magadan Makassar Manila Muscat ' +
    'Nicosia Novokuznetsk Novosibirsk Omsk Oral Phnom_Penh Pontianak Pyongyang Qatar Qostanay Qyzylorda Rangoon Riyadh ' +
    'Saigon Sakhalin Samarkand Seoul Shanghai Singapore Srednekolymsk Taipei Tashkent Tbilisi Tehran Tel_Aviv Thimbu ' +
    'Thimphu Tokyo Tomsk Ujung_Pandang Ulaanbaatar Ulan_Bator Urumqi Ust-Nera Vientiane Vladivostok Yakutsk Yangon ' +
    'Yekaterinburg Yerevan',
  Atlantic: 'Azores Bermuda Canary Cape_Verde Faeroe Faroe Jan_Mayen Madeira Reykjavik South_Georgia St_Helena Stanley',
  Australia:
    'ACT Adelaide Brisbane Broken_Hill Canberra Currie Darwin Eucla Hobart LHI Lindeman Lord_Howe Melbourne NSW North Perth ' +
    'Queensland South Sydney Tasmania Victoria West Yancowinna',
  Brazil: 'Acre DeNoronha East West',
  Canada: 'Atlantic Central Eastern Mountain Newfoundland Pacific Saskatchewan Yukon',
  Chile: 'Continental EasterIsland',
  Etc:
    'GMT GMT+0 GMT+1 GMT+10 GMT+11 GMT+12 GMT+2 GMT+3 GMT+4 GMT+5 GMT+6 GMT+7 GMT+8 GMT+9 GMT-0 GMT-1 GMT-10 GMT-11 GMT-12 ' +
    'GMT-13 GMT-14 GMT-2 GMT-3 GMT-4 GMT-5 GMT-6 GMT-7 GMT-8 GMT-9 GMT0 Greenwich UCT UTC Universal Zulu',
  Europe:
    'Amsterdam Andorra Astrakhan Athens Belfast Belgrade Berlin Bratislava Brussels Bucharest Budapest Busingen Chisinau ' +
    'Copenhagen Dublin Gibraltar Guernsey Helsinki Isle_of_Man Istanbul Jersey Kaliningrad Kiev Kirov Kyiv Lisbon Ljubljana ' +
    'London Luxembourg Madrid Malta Mariehamn Minsk Monaco Moscow Nicosia Oslo Paris Podgorica Prague Riga Rome Samara ' +
    'San_Marino Sarajevo Saratov Simferopol Skopje Sofia Stockholm Tallinn Tirane Tiraspol Ulyanovsk Uzhgorod Vaduz Vatican ' +
    'Vienna Vilnius Volgograd Warsaw Zagreb Zaporozhye Zurich',
  Indian: 'Antananarivo Chagos Christmas Cocos Comoro Kerguelen Mahe Maldives Mauritius Mayotte Reunion',
  Mexico: 'BajaNorte BajaSur General',
  Pacific:
    'Apia Auckland Bougainville Chatham Chuuk Easter Efate Enderbury Fakaofo Fiji Funafuti Galapagos Gambier Guadalcanal ' +
    'Guam Honolulu Johnston Kanton Kiritimati Kosrae Kwajalein Majuro Marquesas Midway Nauru Niue Norfolk Noumea Pago_Pago ' +
    'Palau Pitcairn Pohnpei Ponape Port_Moresby Rarotonga Saipan Samoa Tahiti Tarawa Tongatapu Truk Wake Wallis Yap',
  US: 'Alaska Aleutian Arizona Central East-Indiana Eastern Hawaii Indiana-Starke Michigan Mountain Pacific Samoa',
};

/** Every name. */
export const zoneNames: ReadonlySet<string> = new Set(
  Object.entries(byArea).flatMap(([area, names]) => names.split(' ').map((name) => (area ? `${area}/${name}` : name))),
);

/** What people write and mean a zone by: of several that it can mean the one with the most sellers first. */
const meant: { [word: string]: string } = {
  Z: 'UTC',
  BST: 'Europe/London',
  IST: 'Asia/Kolkata Europe/Dublin Asia/Jerusalem',
  CST: 'America/Chicago Asia/Shanghai',
  ACT: 'Australia/Adelaide America/Rio_Branco',
  PST: 'America/Los_Angeles Asia/Manila',
  PDT: 'America/Los_Angeles',
  EDT: 'America/New_York',
  CDT: 'America/Chicago',
  MDT: 'America/Denver',
  AKST: 'America/Anchorage',
  AKDT: 'America/Anchorage',
  WIB: 'Asia/Jakarta',
  WITA: 'Asia/Makassar',
  WIT: 'Asia/Jayapura',
  ICT: 'Asia/Bangkok Asia/Ho_Chi_Minh',
  SGT: 'Asia/Singapore',
  MYT: 'Asia/Kuala_Lumpur',
  PHT: 'Asia/Manila',
  HKT: 'Asia/Hong_Kong',
  JST: 'Asia/Tokyo',
  KST: 'Asia/Seoul',
  BRT: 'America/Sao_Paulo',
  AEST: 'Australia/Sydney',
  AEDT: 'Australia/Sydney',
  ACST: 'Australia/Adelaide Australia/Darwin',
  ACDT: 'Australia/Adelaide',
  AWST: 'Australia/Perth',
  NZST: 'Pacific/Auckland',
  NZDT: 'Pacific/Auckland',
  CEST: 'Europe/Berlin',
  MEZ: 'Europe/Berlin',
  MESZ: 'Europe/Berlin',
  WEST: 'Europe/Lisbon',
  EEST: 'Europe/Athens Europe/Bucharest',
  MSK: 'Europe/Moscow',
  SAST: 'Africa/Johannesburg',
};

/** Where clocks stand at an offset from UTC the whole year, by minutes: a city or two that many sellers live in. */
const steady: { [minutes: number]: string } = {
  [-660]: 'Pacific/Pago_Pago',
  [-600]: 'Pacific/Honolulu',
  [-420]: 'America/Phoenix',
  [-360]: 'America/Mexico_City',
  [-300]: 'America/Bogota America/Lima',
  [-240]: 'America/Puerto_Rico',
  [-180]: 'America/Sao_Paulo America/Argentina/Buenos_Aires',
  0: 'UTC',
  60: 'Africa/Lagos',
  120: 'Africa/Johannesburg',
  180: 'Europe/Istanbul Asia/Riyadh',
  210: 'Asia/Tehran',
  240: 'Asia/Dubai',
  270: 'Asia/Kabul',
  300: 'Asia/Karachi',
  330: 'Asia/Kolkata',
  345: 'Asia/Kathmandu',
  360: 'Asia/Dhaka',
  390: 'Asia/Yangon',
  420: 'Asia/Jakarta Asia/Bangkok',
  480: 'Asia/Singapore Asia/Shanghai',
  540: 'Asia/Tokyo Asia/Seoul',
  570: 'Australia/Darwin',
  600: 'Australia/Brisbane',
};

/** The offset from UTC (minutes) that a text such as GMT+7, UTC+07:00 or -0330 says; undefined where it is none. */
function offsetIn(text: string): number | undefined {
  const match = /^(?:UTC|GMT)?\s*([+\u2212-])\s*(\d{1,2})(?::?(\d{2}))?$/i.exec(text);
  if (!match) return undefined;
  const [, sign, hours, minutes = '0'] = match;
  return (sign === '+' ? 1 : -1) * (60 * Number(hours) + Number(minutes));
}

/** IANA's name of an offset of whole hours: its sign is the reverse of what everybody writes. */
const etcName = (minutes: number): string => `Etc/GMT${minutes > 0 ? '-' : '+'}${Math.abs(minutes) / 60}`;

const atOffset = (minutes: number): string[] =>
  [...(steady[minutes]?.split(' ') ?? []), etcName(minutes)].filter((name) => zoneNames.has(name) && name !== 'Etc/GMT+0');

/** How many letters two words differ by (Levenshtein), at most as many as the longer has. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (letter === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_-]+/g, '_');
/** A name is meant where no more letters than this differ: of short words, one letter makes another. */
const mostDiffering = (text: string): number => (/\d/.test(text) ? 0 : Math.min(3, Math.floor(text.length / 4)));

/** The names that a text most likely means; none where nothing is near. A text that says an offset is never answered with another one. */
export function nearestZones(text: string): string[] {
  const known = meant[text.trim().toUpperCase()];
  if (known) return known.split(' ');
  const offset = offsetIn(text.trim());
  if (offset !== undefined) return atOffset(offset);
  const wanted = plain(text.trim()).slice(0, 60);
  const city = (name: string): string => plain(name.slice(name.lastIndexOf('/') + 1));
  const ranked = [...zoneNames].map((name) => ({
    name,
    far: Math.min(distance(wanted, plain(name)), wanted.includes('/') ? Number.POSITIVE_INFINITY : distance(wanted, city(name))),
  }));
  const nearest = Math.min(...ranked.map(({ far }) => far));
  return nearest > mostDiffering(wanted)
    ? []
    : ranked
        .filter(({ far }) => far === nearest)
        .map(({ name }) => name)
        .slice(0, 3);
}
