/** What can go wrong with the stand-in for TikTok Shop? Faults that tests switch on, request by request. */
import type { StandInAnswer } from './refusals.ts';

/**
 * too_many: 429. broken: 500. expired: every access token runs out at once. html: a page instead of JSON. half: the body breaks off.
 * endless: after each page comes another one, the same.
 */
export type Fault = 'too_many' | 'broken' | 'expired' | 'html' | 'half' | 'endless';

/** A good answer as it arrives under a fault. */
export function spoil(answer: StandInAnswer, fault: Fault | undefined): StandInAnswer {
  if (fault === 'html') return { status: 200, type: 'text/html', body: '<!doctype html><title>Just a moment</title>' };
  if (fault === 'half') return { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) };
  return answer;
}
