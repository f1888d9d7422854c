/** How far back (seconds) does the first reading of a shop go? */
export const backfillSeconds = 365 * 86_400;
