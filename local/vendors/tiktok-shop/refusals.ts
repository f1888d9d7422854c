/** How does the stand-in for TikTok Shop refuse? With the vendor's codes. */

export interface StandInAnswer {
  status: number;
  type: string;
  body: string;
}

/** The vendor's error codes and the HTTP status beside them; which status comes with which code is inferred. */
export const refusals = {
  sign: [401, 106001, 'Invalid sign'],
  timestamp: [401, 36009004, 'Invalid timestamp'],
  app: [401, 36009004, 'Invalid app_key'],
  expired: [401, 105002, 'Expired credentials'],
  cipher: [400, 101000, 'Invalid shop_cipher'],
  noCipher: [400, 106013, 'Missing shop_cipher'],
  scope: [403, 105005, 'Access denied'],
  code: [400, 36004004, 'Invalid auth_code or refresh_token'],
  tooMany: [429, 36009002, 'Too many requests'],
  page: [400, 36009004, 'Invalid page_size or page_token'],
  path: [404, 36009009, 'Invalid path'],
} as const;

export class Refusal extends Error {
  readonly kind: keyof typeof refusals;
  constructor(kind: keyof typeof refusals) {
    super(kind);
    this.kind = kind;
  }
}
