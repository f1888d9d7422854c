/** How does any text become text in HTML, in an element or in a quoted attribute? */

const escapes: { [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escapeHtml = (value: unknown): string =>
  String(value).replaceAll(/[&<>"]/g, (character) => escapes[character] ?? '');
