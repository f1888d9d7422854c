/** How is a sentence said that holds a link, or code? By a message with tags: "See <api>the API</api>." */
import { Fragment, type ReactNode } from 'react';
import { type MessageId, say, type Values } from '../formatting/say.ts';

export interface SayProps {
  id: MessageId;
  values?: Values;
  /** What stands for each tag of the message, by its name. */
  parts: Record<string, (children: string) => ReactNode>;
}

/** Stands for `<` of a value while the tags of the message are looked for: what somebody typed is no tag. */
const hidden = '\uE000';
const hide = (value: Values[string]): Values[string] => (typeof value === 'string' ? value.replaceAll('<', hidden) : value);
const show = (text: string): string => text.replaceAll(hidden, '<');

export function Say({ id, values = {}, parts }: SayProps) {
  const text = say(id, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, hide(value)])));
  // Every third piece is the name of a tag, and the one after it what it holds.
  const pieces = text.split(/<(\w+)>(.*?)<\/\1>/);
  return pieces.map((piece, i) => {
    if (i % 3 === 2) return null;
    const inner = show(i % 3 ? (pieces[i + 1] ?? '') : piece);
    // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one sentence keep their places
    return <Fragment key={i}>{i % 3 ? (parts[piece]?.(inner) ?? inner) : inner}</Fragment>;
  });
}
