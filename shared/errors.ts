/** What may a caller be told when something is refused? One class; anything else thrown is a bug and is answered with 500. */

/** Stable problem codes of the HTTP API and the status each one answers with. */
export const statusOfCode = {
  bad_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  payload_too_large: 413,
  too_many_requests: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof statusOfCode;

/** One thing that is wrong with a request: where it is and what to do about it. */
export interface Issue {
  path: string;
  message: string;
}

/** A refusal that the caller may read: names the thing and the remedy. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly issues: Issue[];
  /** When asking again may help, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, issues: Issue[] = [], retryAfterSeconds?: number) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.issues = issues;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Names an unknown thrown value for a log line, without its stack. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
