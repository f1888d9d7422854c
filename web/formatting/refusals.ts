/** Why was something not done? In the reader's words where they are known, else in the service's. */
import { ApiFailure } from '../data/api.ts';
import { say, sayIfKnown } from './say.ts';

export function formatFailure(reason: unknown): string {
  if (reason instanceof ApiFailure) return sayIfKnown(`failure.text.${reason.code}`) ?? reason.message;
  return reason instanceof Error ? reason.message : say('failure.unknown');
}

/** What is wrong with a field of a form; `path` is the API's name of it. */
export function formatIssue({ path, message }: { path: string; message: string }): string {
  const field = path.split('.').at(-1) ?? path;
  if (field === 'mailTo' && message.startsWith('no mail')) return say('refusal.noMail');
  return sayIfKnown(`refusal.${field}`) ?? `${field} ${message}`;
}
