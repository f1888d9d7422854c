/** How does the page say something? By the id of a message, in the language that was chosen. */
import { setupI18n } from '@lingui/core';
import type en from '../messages/en.json';

/** Every message has an id of this file; the other languages have the same ones. */
export type MessageId = keyof typeof en;

export type Values = Record<string, string | number | null | undefined>;

/** The one object that holds the messages of this page. What is said when even they could not be loaded stands here. */
export const i18n = setupI18n({
  locale: 'en',
  messages: { en: { 'broken.title': ['This page could not be shown'], 'broken.again': ['Load it again'] } },
});

/** The locale that numbers and days are written by. */
export const locale = (): string => String(i18n.locales ?? i18n.locale);

/** The message in the language of the page. A number in it is written `{count, number}` or stands in a plural. */
export const say = (id: MessageId, values?: Values): string => i18n._(id, values);

/** A message whose id is put together from a name of the API; undefined where there is none. */
export const sayIfKnown = (id: string): string | undefined => (Object.hasOwn(i18n.messages, id) ? i18n._(id) : undefined);

/** Words one after the other: "A, B and C". */
export const sayList = (words: readonly string[]): string => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(words);

/** Options of a choice, each with its title said. */
export const sayEach = <Name extends string>(options: readonly (readonly [Name, MessageId])[]): [Name, string][] =>
  options.map(([name, id]) => [name, say(id)]);
