/** What does a piece of XML say as text? Only what is written plainly; anything else is left to a reader of all XML. */

const entities: { [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const unescapeXml = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) =>
        decimal || hex ? String.fromCodePoint(Number.parseInt(decimal ?? hex, hex ? 16 : 10)) : (entities[name] ?? whole),
      )
    : text;

/**
 * The text of one `<t>` element that is all there is between two places; undefined where there is more, such as several runs, or an escape
 * that only spreadsheets write.
 */
export function plainText(xml: string, from: number, to: number): string | undefined {
  if (xml.startsWith('<t/>', from) && from + 4 === to) return '';
  if (!xml.startsWith('<t', from) || !xml.startsWith('</t>', to - 4)) return undefined;
  const sign = xml.charCodeAt(from + 2);
  const begin = xml.indexOf('>', from) + 1;
  if ((sign !== 0x3e && sign !== 0x20) || begin === 0 || begin > to - 4 || xml.charCodeAt(begin - 2) === 0x2f) return undefined;
  const text = xml.slice(begin, to - 4);
  if (text.includes('<') || text.includes('_x') || text.includes('\r')) return undefined;
  return unescapeXml(text);
}
