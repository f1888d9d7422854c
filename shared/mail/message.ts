/** How does a mail read? The same paragraphs as plain text and as simple HTML, in which nothing is markup but the paragraphs and links. */
import { escapeHtml } from '../html.ts';

export interface Message {
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** A paragraph of text, or one that is a link. */
export type Paragraph = string | { says: string; link: string };

const textOf = (each: Paragraph): string => (typeof each === 'string' ? each : `${each.says}: ${each.link}`);

const htmlOf = (each: Paragraph): string =>
  typeof each === 'string'
    ? `<p>${escapeHtml(each)}</p>`
    : `<p><a href="${escapeHtml(each.link)}" rel="noreferrer">${escapeHtml(each.says)}</a></p>`;

/** Throws where address or subject would reach beyond their header: whoever made them did not check. */
export function composeMessage(to: string, subject: string, paragraphs: Paragraph[]): Message {
  if (/[\r\n\0]/.test(to + subject)) throw new Error('an address or a subject has a line break in it');
  const body = paragraphs.map(htmlOf).join('\n');
  const html = `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head><body>\n${body}\n</body></html>\n`;
  return { to, subject, text: `${paragraphs.map(textOf).join('\n\n')}\n`, html };
}
