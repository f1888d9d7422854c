/** What does a snapshot say whose entity is taken back? That there is none: it counts nowhere, until a newer snapshot says otherwise. */
import type { CloudEvent } from './parse.ts';

/** The whole of such a snapshot. */
export const withdrawn = { withdrawn: true } as const;

export const isWithdrawn = (data: CloudEvent['data']): boolean => data.withdrawn === true;
