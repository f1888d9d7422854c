/** How do messages become what the page can say without a parser? Each file of messages is compiled while the dashboard is built. */
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { Plugin } from 'vite';

/** A file of messages, compiled: the parts of each message in a list. */
export function compileMessages(text: string): string {
  const compiled = Object.entries(JSON.parse(text) as Record<string, string>).map(([id, message]) => {
    const tokens = compileMessage(message, (token) => token);
    return [id, Array.isArray(tokens) ? tokens : [tokens]];
  });
  return JSON.stringify(Object.fromEntries(compiled));
}

export const messages = (): Plugin => ({
  name: 'messages',
  enforce: 'pre',
  transform: {
    filter: { id: /\/web\/messages\/\w+\.json$/ },
    handler: (text) => ({ code: compileMessages(text), map: null }),
  },
});
