/** What may a shop call its products? Markup, text that turns around, signs of many bytes, as long as may be. */

const turned = '\u202Eمصل الورد\u202C';

/** Titles that an event may carry, each of at most 500 characters. */
export const hostileTitles: string[] = [
  '<img src=x onerror=alert(1)>"; DROP TABLE kpi; --',
  `${turned} Rose \u200Fserum`,
  '👩🏽‍🚀'.repeat(71),
  '香'.repeat(500),
  ' \u0000\n\t{{title}} %{title} %s ',
  'ﷺ'.repeat(500),
];
