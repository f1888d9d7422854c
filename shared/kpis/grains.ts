/** Into which pieces of time can numbers be cut, and how far back and how many at once? Imports nothing: API, reports and pages read it. */

export const grains = ['hour', 'day', 'week', 'month', 'total'] as const;
export type Grain = (typeof grains)[number];

/** Days that hours are kept for, counted from their own. */
export const daysOfHours = 400;
/** Days that hours are answered for at once. */
export const mostHourlyDays = 62;
