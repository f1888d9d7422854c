/** Which currency and time zone has a shop of a market? The API names no zone, so one of the market is taken until the seller says otherwise. */

export interface Market {
  currency: string;
  /** Inferred: shops of one market share a zone in reports, and the API names none. */
  timeZone: string;
}

/** By the `region` of an authorised shop (ISO 3166). */
export const markets: { readonly [region: string]: Market } = {
  US: { currency: 'USD', timeZone: 'America/Los_Angeles' },
  GB: { currency: 'GBP', timeZone: 'Europe/London' },
  IE: { currency: 'EUR', timeZone: 'Europe/Dublin' },
  ES: { currency: 'EUR', timeZone: 'Europe/Madrid' },
  DE: { currency: 'EUR', timeZone: 'Europe/Berlin' },
  FR: { currency: 'EUR', timeZone: 'Europe/Paris' },
  IT: { currency: 'EUR', timeZone: 'Europe/Rome' },
  ID: { currency: 'IDR', timeZone: 'Asia/Jakarta' },
  MY: { currency: 'MYR', timeZone: 'Asia/Kuala_Lumpur' },
  PH: { currency: 'PHP', timeZone: 'Asia/Manila' },
  SG: { currency: 'SGD', timeZone: 'Asia/Singapore' },
  TH: { currency: 'THB', timeZone: 'Asia/Bangkok' },
  VN: { currency: 'VND', timeZone: 'Asia/Ho_Chi_Minh' },
  JP: { currency: 'JPY', timeZone: 'Asia/Tokyo' },
  MX: { currency: 'MXN', timeZone: 'America/Mexico_City' },
  BR: { currency: 'BRL', timeZone: 'America/Sao_Paulo' },
};
