/** What is the stand-in for TikTok Shop opened with? A plan, the secrets that it shares with its client, a clock, and its faults. */
import type { Fault } from './faults.ts';
import type { Plan } from './plan.ts';

export interface StandInOptions {
  plan: Plan;
  /** First second of the plan. */
  from: number;
  appKey: string;
  appSecret: string;
  shopCipher: string;
  shopId: string;
  /** In ms. */
  now: () => number;
  /** Seconds that an access token is good for. */
  tokenSeconds?: number;
  /** What goes wrong with the n-th request (from 1 on); undefined for nothing. */
  fault?: (n: number, path: string) => Fault | undefined;
  requestsPerSecond?: number;
  /** Beginnings of paths whose scope the app has not got. */
  ungranted?: string[];
}
