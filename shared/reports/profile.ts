/** How does a creator's profile read? Data of the newest creator event, zones in force since when, and the state of what comes in. */
import type * as z from 'zod';
import type { creatorAnswer, profileAnswer, source } from '../api/profile.ts';
import type { Progress } from '../store/partition.ts';
import type { Profile } from '../store/profiles.ts';
import { beginning, zoneAt } from '../time.ts';

export type ProfileAnswer = z.infer<typeof profileAnswer>;
export type CreatorAnswer = z.infer<typeof creatorAnswer>;

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The one source that every creator has: the stream of events, with how far it is applied. */
export function sourcesOf({ asOf, lagSeconds }: Progress): z.infer<typeof source>[] {
  return [{ name: 'events', state: lagSeconds > 0 ? 'behind' : 'fresh', asOf: asOf || null, lagSeconds }];
}

/** The profile as it is answered; `now` in ms decides which zone is the present one. */
export function describeProfile(profile: Profile, progress: Progress, now: number): ProfileAnswer {
  const { data, zones, currency, creatorId } = profile;
  return {
    creatorId,
    name: textOrNull(data.name) ?? creatorId,
    ...(typeof data.email === 'string' ? { email: data.email } : {}),
    timeZone: zoneAt(zones, now),
    currency,
    tier: textOrNull(data.tier),
    category: textOrNull(data.category),
    country: textOrNull(data.country),
    benchmarkConsent: data.benchmarkConsent === true,
    preferences: (data.preferences ?? {}) as Record<string, unknown>,
    zones: zones.map(({ from, zone }) => ({ from: from === beginning ? null : from, zone })),
    sources: sourcesOf(progress),
  };
}
