/** May this request pass, or were there too many within the second? */

export interface Limit {
  /** Requests per second in the long run. */
  rate: number;
  /** Requests at once. */
  burst: number;
}

/** A token bucket as API Gateway has one per route: full at first, refilled at `rate`. Time is passed in, in ms. */
export function makeThrottle({ rate, burst }: Limit, now = Date.now()): (now: number) => boolean {
  let tokens = burst;
  let at = now;
  return (present) => {
    tokens = Math.min(burst, tokens + ((present - at) / 1000) * rate);
    at = present;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
