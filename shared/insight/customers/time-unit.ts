/** In which unit does a model count time? Fits carry it, so that nobody steps weeks as if they were days. */

export const timeUnits = ['day', 'week', 'month'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** A mean month of a year of 365 days. */
const daysOfMonth = 365 / 12;
const days: { [unit in TimeUnit]: number } = { day: 1, week: 7, month: daysOfMonth };

export const daysOfUnit = (unit: TimeUnit): number => days[unit];
/** 30.42 days, 4.345 weeks, 1 month. */
export const unitsOfMonth = (unit: TimeUnit): number => daysOfMonth / days[unit];
