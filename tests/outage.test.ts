/** Which failures pass by themselves, and which are faults that no waiting mends? */
import { describe, expect, it } from 'vitest';
import { isOutage } from '../shared/outage.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });
const coded = (code: string, message = code) => Object.assign(new Error(message), { code });
const withStatus = (httpStatusCode: number) => named('Whatever', { $metadata: { httpStatusCode } });

/** Where each is met: the client that surfaces it, and the error as it is thrown. */
const outages: [where: string, error: unknown][] = [
  // Sockets: every client over HTTP/1.1 (DynamoDB, S3, Lambda, Athena, SES).
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'].map(
    (code): [string, unknown] => [`a socket: ${code}`, coded(code)],
  ),
  ...['EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'ENETRESET', 'ERR_STREAM_PREMATURE_CLOSE'].map(
    (code): [string, unknown] => [`a socket: ${code}`, coded(code)],
  ),
  ['a socket that hung up', coded('ECONNRESET', 'socket hang up')],
  ['a socket under a name of the SDK', Object.assign(coded('ECONNRESET'), { name: 'TimeoutError' })],
  // HTTP/2 sessions: Kinesis.
  ...[
    'ERR_HTTP2_ERROR',
    'ERR_HTTP2_GOAWAY_SESSION',
    'ERR_HTTP2_INVALID_SESSION',
    'ERR_HTTP2_INVALID_STREAM',
    'ERR_HTTP2_PING_CANCEL',
    'ERR_HTTP2_SESSION_ERROR',
    'ERR_HTTP2_STREAM_CANCEL',
    'ERR_HTTP2_STREAM_ERROR',
  ].map((code): [string, unknown] => [`Kinesis: ${code}`, coded(code)]),
  [
    'Kinesis: a stream reset amid its answer',
    new Error('HTTP/2 stream is abnormally aborted in mid-communication with result code 8.'),
  ],
  ['Kinesis: a stream closed without an answer', new Error('Unexpected error: http2 request did not get a response')],
  ['Kinesis: a frame that could not be sent', new Error('Frame type id 1 in stream id 3 has failed with code 7.')],
  ['Kinesis: cancelled for a timeout below', Object.assign(new Error('cancelled'), { cause: coded('ETIMEDOUT') })],
  // undici: fetch, of the commands.
  ['fetch', Object.assign(new TypeError('fetch failed'), { cause: coded('UND_ERR_SOCKET') })],
  [
    'fetch over two addresses',
    Object.assign(new TypeError('fetch failed'), { cause: new AggregateError([coded('ECONNREFUSED')]) }),
  ],
  ['fetch: other side closed', named('SocketError')],
  // Throttles and timeouts, by service.
  ...[
    'ProvisionedThroughputExceededException',
    'RequestLimitExceeded',
    'ThrottlingException',
    'TransactionConflictException',
    'KMSThrottlingException',
    'LimitExceededException',
    'SlowDown',
    'RequestTimeout',
    'TooManyRequestsException',
    'EC2ThrottledException',
    'TimeoutError',
    'InternalServerError',
    'InternalFailureException',
    'ServiceUnavailable',
  ].map((name): [string, unknown] => [
    `a service: ${name}`,
    named(name, { $fault: 'client', $metadata: { httpStatusCode: 400 } }),
  ]),
  ...[408, 429, 500, 502, 503, 504].map((status): [string, unknown] => [`status ${status}`, withStatus(status)]),
  ['a fault of the server', named('Anything', { $fault: 'server' })],
  ['what the model calls retryable', named('Anything', { $retryable: {} })],
  ['a page of a proxy', Object.assign(new SyntaxError('Unexpected token <'), { $response: { statusCode: 503 } })],
  ['half an answer', Object.assign(new SyntaxError('Unterminated string'), { $response: { statusCode: 200 } })],
];

const faults: [what: string, error: unknown][] = [
  ...[
    'ResourceNotFoundException',
    'ConditionalCheckFailedException',
    'ValidationException',
    'AccessDeniedException',
    'ItemCollectionSizeLimitExceededException',
    'KMSDisabledException',
    'NoSuchKey',
    'MessageRejected',
    'UnrecognizedClientException',
    'InvalidSignatureException',
    'ExpiredTokenException',
    'CredentialsProviderError',
  ].map((name): [string, unknown] => [name, named(name, { $fault: 'client', $metadata: { httpStatusCode: 400 } })]),
  ['a header of ours that HTTP/2 refuses', coded('ERR_HTTP2_INVALID_HEADER_VALUE')],
  ['a certificate that is not believed', coded('CERT_HAS_EXPIRED')],
  ['a file that is not there', coded('ENOENT')],
  ['JSON of ours that is none', new SyntaxError('Unexpected token')],
  ['a refusal that came as a page', Object.assign(new SyntaxError('Unexpected token <'), { $response: { statusCode: 403 } })],
  ['an end that was asked for', Object.assign(coded('ABORT_ERR'), { name: 'AbortError', cause: coded('ECONNRESET') })],
  ['a bug', new TypeError("Cannot read properties of undefined (reading 'x')")],
  ['a bug with a bug as its cause', new Error('outer', { cause: new Error('inner') })],
  ['words', 'ECONNRESET'],
  ['nothing', undefined],
];

describe('an outage', () => {
  it.each(outages)('is %s', (_, error) => expect(isOutage(error)).toBe(true));
  it('is one however deep a library wraps it', () => {
    expect(isOutage(new Error('a', { cause: new Error('b', { cause: coded('EPIPE') }) }))).toBe(true);
  });
});

describe('a fault', () => {
  it.each(faults)('is %s', (_, error) => expect(isOutage(error)).toBe(false));
  it('that is its own cause is looked at once and no further', () => {
    const error: Error & { cause?: unknown } = new Error('round');
    error.cause = error;
    expect(isOutage(error)).toBe(false);
  });
});
