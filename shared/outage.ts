/** Is this failure an outage that passes, rather than a bug? The store or the stream did not answer, or asked to come back later. */

/** A connection that was refused, lost or never made: what Node's sockets, its HTTP/2 sessions and undici say, as `code`. */
const lostConnections = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENETRESET',
  'ERR_HTTP2_ERROR',
  'ERR_HTTP2_GOAWAY_SESSION',
  'ERR_HTTP2_INVALID_SESSION',
  'ERR_HTTP2_INVALID_STREAM',
  'ERR_HTTP2_OUT_OF_STREAMS',
  'ERR_HTTP2_PING_CANCEL',
  'ERR_HTTP2_SESSION_ERROR',
  'ERR_HTTP2_SOCKET_UNBOUND',
  'ERR_HTTP2_STREAM_CANCEL',
  'ERR_HTTP2_STREAM_ERROR',
  'ERR_STREAM_PREMATURE_CLOSE',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_CLOSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_DESTROYED',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_SOCKET',
]);

/** What services and the SDK call it, as `name`: too much at once, too slow, not at the moment. */
const passing = new Set([
  'BandwidthLimitExceeded',
  'EC2ThrottledException',
  'KMSThrottlingException',
  'LimitExceededException',
  'PriorRequestNotComplete',
  'ProvisionedThroughputExceededException',
  'ReplicatedWriteConflictException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestTimeout',
  'RequestTimeoutException',
  'SlowDown',
  'SocketError',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
  // By name too, for answers that came without their status.
  'InternalError',
  'InternalFailure',
  'InternalFailureException',
  'InternalServerError',
  'InternalServerErrorException',
  'InternalServiceException',
  'ServiceException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
]);

/**
 * TRICKY: the SDK's HTTP/2 handler, the one of the Kinesis client, makes plain errors of a stream that was closed before or amid its
 * answer: they have neither code nor name, only these words.
 */
const lostStreams = [
  /^HTTP\/2 stream is abnormally aborted in mid-communication/,
  /^Unexpected error: http2 request did not get a response/,
  /^Frame type id \d+ in stream id \d+ has failed/,
];

/** Statuses that say "later" though they are no 5xx: request timeout, too many requests. */
const laterStatuses = new Set([408, 429]);

/** Causes are followed this far. */
const deepest = 8;

interface Failure extends Error {
  code?: unknown;
  $fault?: string;
  $retryable?: object;
  $metadata?: { httpStatusCode?: number };
  /** Beside an answer that could not be read: a proxy's page, half a JSON. */
  $response?: { statusCode?: number };
  /** Of an AggregateError: every address of a name was tried. */
  errors?: unknown[];
}

const isLater = (status = 0): boolean => status >= 500 || laterStatuses.has(status);

/** TRICKY: an answer whose connection broke amid its body is parsed all the same: what is thrown then is a SyntaxError beside a 200. */
const isCutShort = (error: Failure): boolean => error instanceof SyntaxError && (error.$response?.statusCode ?? 400) < 300;

/**
 * Whether the same request may well succeed in a moment. Looks at the error and at what caused it: a lost connection comes wrapped.
 * Credentials that have expired or are wrong, a missing table and a refused condition are no outage: waiting does not mend them.
 */
export function isOutage(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > deepest) return false;
  const { name, message, code, $fault, $retryable, $metadata, $response, cause, errors } = error as Failure;
  // Someone asked for the end of it.
  if (name === 'AbortError') return false;
  return (
    passing.has(name) ||
    lostConnections.has(String(code)) ||
    $fault === 'server' ||
    $retryable !== undefined ||
    isLater($metadata?.httpStatusCode) ||
    isLater($response?.statusCode) ||
    isCutShort(error) ||
    lostStreams.some((words) => words.test(message)) ||
    isOutage(cause, depth + 1) ||
    (Array.isArray(errors) && errors.some((one) => isOutage(one, depth + 1)))
  );
}
