/** With whom is a creator compared? Category, tier and country; too few of them are compared openly one step up. */

export interface Membership {
  category: string;
  /** By sales: small, medium, large. */
  tier: string;
  country: string;
}

/** A cohort names what its creators have in common; the first of these without a value, and all after it, are open. */
export type Cohort = Partial<Membership>;

/** From the widest to the narrowest: everybody, a category, a tier of it, a country of that. */
export const levels = ['category', 'tier', 'country'] as const;

/** Text that tells cohorts apart. */
export const cohortKey = (cohort: Cohort): string => JSON.stringify(levels.flatMap((level) => cohort[level] ?? []));

/** The cohorts that somebody belongs to, the widest (everybody) first. */
export const cohortsOf = (member: Membership): Cohort[] =>
  [0, 1, 2, 3].map((depth) => Object.fromEntries(levels.slice(0, depth).map((level) => [level, member[level]])));
