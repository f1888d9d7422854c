/** Which headers keep the dashboard's pages to themselves? The same in AWS and in the embedded runtime. */

/** How long a browser insists on TLS: two years, what preload lists ask for. */
export const hstsSeconds = 63_072_000;

/** What a browser may do with a page beside drawing it: nothing of this. */
const refused = ['accelerometer', 'camera', 'display-capture', 'geolocation', 'gyroscope', 'microphone', 'payment', 'usb'];

/**
 * Headers of every page and file of the dashboard, names in lower case.
 * @param connect origins that scripts may call beside their own: the issuer of tokens, the hosted sign-in
 */
export function securityHeaders({ connect }: { connect: readonly string[] }): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    ['connect-src', "'self'", ...connect].join(' '),
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': refused.map((feature) => `${feature}=()`).join(', '),
    'referrer-policy': 'no-referrer',
    'strict-transport-security': `max-age=${hstsSeconds}; includeSubDomains`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  };
}
