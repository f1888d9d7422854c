/** Does a request come to this machine by its own name? A page elsewhere can point its name at 127.0.0.1; then the Host header is that name. */

/** True for a Host header that names the loopback. */
export const isExpectedHost = (host: string | undefined): boolean => /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
