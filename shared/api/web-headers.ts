/** Which headers does every page of the dashboard carry? The same behind CloudFront and on the embedded runtime. */

const policy = (connect: string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connect].join(' ')}`,
    "manifest-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/** Security headers by name; `connect`: origins beside its own that the page may call (an issuer). */
export const securityHeaders = ({ connect }: { connect: string[] }): Record<string, string> => ({
  'content-security-policy': policy(connect),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'cross-origin-opener-policy': 'same-origin',
});
