/** What may be told of a call that failed? What to do, the vendor's code and number of the request; never a token or a secret. */
import type { Remedy } from './rules/errors.ts';

export interface Failure {
  /** The call in words: "order search". */
  call: string;
  remedy: Remedy;
  /** What happened and what to do. */
  says: string;
  status?: number | undefined;
  code?: number | undefined;
  requestId?: string | undefined;
}

/** A call of TikTok Shop that failed for good; `remedy` says whose turn it is. */
export class TikTokShopError extends Error {
  readonly call: string;
  readonly remedy: Remedy;
  readonly code: number | undefined;
  readonly status: number | undefined;
  /** The vendor's number of the request, for its support. */
  readonly requestId: string | undefined;

  constructor({ call, remedy, says, status, code, requestId }: Failure) {
    const details = [
      code === undefined ? undefined : `code ${code}`,
      status === undefined ? undefined : `HTTP ${status}`,
      requestId === undefined ? undefined : `request ${requestId}`,
    ].filter((each) => each !== undefined);
    super(`${call}: ${says}${details.length ? ` (${details.join(', ')})` : ''}`);
    this.name = 'TikTokShopError';
    this.call = call;
    this.remedy = remedy;
    this.code = code;
    this.status = status;
    this.requestId = requestId;
  }
}
