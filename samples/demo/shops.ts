/** Which shops does the demo show? Three sellers as data: what they sell, to whom, when and how well they ship. */

export interface DemoProduct {
  id: string;
  sku: string;
  title: string;
  category: string;
  /** Minor units. */
  price: number;
  /** Unit cost a year ago, minor units; absent: the seller has not recorded one. */
  cost?: number;
  /** Share of orders, relative to the others. */
  popularity: number;
  /** How content buyers are, 0 to 1. */
  quality: number;
  leadTimeDays: number;
  leadTimeDeviation: number;
}

export interface DemoLive {
  /** 0 is Sunday. */
  weekday: number;
  /** Local hour at which it starts; it lasts two hours. */
  hour: number;
  /** Orders it brings on average today. */
  orders: number;
}

export interface DemoShop {
  creatorId: string;
  profile: {
    name: string;
    email: string;
    timeZone: string;
    currency: string;
    tier: string;
    category: string;
    country: string;
    benchmarkConsent: boolean;
  };
  products: DemoProduct[];
  /** Orders per day now, without LIVEs and promotions. */
  ordersPerDay: number;
  /** Orders now ÷ orders a year ago. */
  growth: number;
  /** Sunday to Saturday, relative. */
  weekdays: number[];
  lifecycles: DemoLive[];
  channels: [string, number][];
  taxRate: number;
  /** Minor units; free from `freeFrom` on. Delivery is promised within so many business days. */
  shipping: { charge: number; freeFrom: number; labelCost: number; promisedDays: number };
  /** Weight, mean transit days, deviation. */
  carriers: { name: string; service: string; weight: number; days: number; deviation: number }[];
  regions: [string, number][];
  /** Share of parcels that miss their ship-by by a day or two, beside the few that wait for stock. */
  lateRate: number;
  /** Share of parcels that the platform's warehouse ships. */
  platformFulfilled: number;
  /** Spend per month, minor units. */
  adsPerMonth: number;
}

const product = (
  number: number,
  title: string,
  category: string,
  price: number,
  cost: number | undefined,
  popularity: number,
  quality: number,
  lead: [number, number],
): DemoProduct => ({
  id: `p-${number}`,
  sku: `s-${number}`,
  title,
  category,
  price,
  cost,
  popularity,
  quality,
  leadTimeDays: lead[0],
  leadTimeDeviation: lead[1],
});

const rosa: DemoShop = {
  creatorId: 'c-1',
  profile: {
    name: 'Rosa’s Beauty',
    email: 'rosa@example.com',
    timeZone: 'America/New_York',
    currency: 'USD',
    tier: 'pro',
    category: 'beauty',
    country: 'US',
    benchmarkConsent: true,
  },
  products: [
    product(1, 'Rose serum 30 ml', 'skin care', 1999, 640, 30, 0.93, [21, 4]),
    product(2, 'Vitamin C day cream 50 ml', 'skin care', 2499, 810, 18, 0.9, [21, 4]),
    product(3, 'Lip oil trio', 'make-up', 1450, 390, 22, 0.95, [14, 3]),
    product(4, 'Jade roller', 'tools', 1299, 280, 9, 0.78, [35, 9]),
    product(5, 'Pink clay mask 100 ml', 'skin care', 1700, 520, 11, 0.9, [21, 4]),
    product(6, 'Brow gel', 'make-up', 999, undefined, 7, 0.86, [14, 3]),
    product(7, 'Overnight hair mask 200 ml', 'hair care', 2200, 700, 6, 0.91, [21, 5]),
  ],
  ordersPerDay: 7,
  growth: 1.8,
  weekdays: [1.15, 0.9, 0.9, 0.95, 1, 1.05, 1.1],
  lifecycles: [
    { weekday: 4, hour: 19, orders: 9 },
    { weekday: 0, hour: 20, orders: 6 },
  ],
  channels: [
    ['video', 40],
    ['product_card', 20],
    ['shop', 15],
    ['affiliate', 25],
  ],
  taxRate: 0.078,
  shipping: { charge: 499, freeFrom: 3000, labelCost: 412, promisedDays: 5 },
  carriers: [
    { name: 'USPS', service: 'ground', weight: 70, days: 3.2, deviation: 1.1 },
    { name: 'UPS', service: 'ground', weight: 20, days: 2.7, deviation: 0.8 },
    { name: 'FedEx', service: 'home', weight: 10, days: 2.9, deviation: 0.9 },
  ],
  regions: [
    ['US-CA', 16],
    ['US-TX', 14],
    ['US-FL', 11],
    ['US-NY', 10],
    ['US-PA', 6],
    ['US-IL', 6],
    ['US-GA', 5],
    ['US-WA', 4],
  ],
  lateRate: 0.02,
  platformFulfilled: 0.15,
  adsPerMonth: 95_000,
};

const harbour: DemoShop = {
  creatorId: 'c-2',
  profile: {
    name: 'Harbour & Home',
    email: 'hello@harbour.example.com',
    timeZone: 'Europe/London',
    currency: 'GBP',
    tier: 'standard',
    category: 'home',
    country: 'GB',
    benchmarkConsent: true,
  },
  products: [
    product(1, 'Soy candle, sea salt', 'fragrance', 1250, 380, 26, 0.92, [18, 4]),
    product(2, 'Stoneware mug, pair', 'kitchen', 1800, 690, 20, 0.8, [30, 7]),
    product(3, 'Linen throw', 'textiles', 3400, 1420, 12, 0.94, [40, 8]),
    product(4, 'Oak serving board', 'kitchen', 2700, 1050, 10, 0.93, [28, 5]),
    product(5, 'Storage baskets, set of three', 'storage', 2250, 830, 14, 0.88, [35, 6]),
    product(6, 'Fairy lights 10 m', 'lighting', 995, 310, 18, 0.74, [35, 10]),
  ],
  ordersPerDay: 5,
  growth: 1.45,
  weekdays: [1.2, 1, 0.9, 0.9, 0.95, 0.95, 1.1],
  lifecycles: [{ weekday: 3, hour: 19, orders: 6 }],
  channels: [
    ['video', 35],
    ['product_card', 25],
    ['shop', 25],
    ['affiliate', 15],
  ],
  taxRate: 0.2,
  shipping: { charge: 395, freeFrom: 3500, labelCost: 355, promisedDays: 5 },
  carriers: [
    { name: 'Royal Mail', service: 'tracked 48', weight: 65, days: 2.3, deviation: 0.9 },
    { name: 'Evri', service: 'standard', weight: 35, days: 2.9, deviation: 1.5 },
  ],
  regions: [
    ['GB-LND', 24],
    ['GB-MAN', 9],
    ['GB-BIR', 8],
    ['GB-EDH', 7],
    ['GB-BST', 6],
    ['GB-CRF', 5],
  ],
  lateRate: 0.05,
  platformFulfilled: 0,
  adsPerMonth: 48_000,
};

const sabor: DemoShop = {
  creatorId: 'c-3',
  profile: {
    name: 'Sabor da Serra',
    email: 'oi@sabor.example.com',
    timeZone: 'America/Sao_Paulo',
    currency: 'BRL',
    tier: 'free',
    category: 'snacks',
    country: 'BR',
    benchmarkConsent: false,
  },
  products: [
    product(1, 'Castanha caramelizada 200 g', 'nuts', 2490, 980, 24, 0.94, [10, 2]),
    product(2, 'Paçoca, caixa com 24', 'sweets', 3200, 1310, 20, 0.92, [12, 3]),
    product(3, 'Chips de banana, 6 pacotes', 'chips', 2990, 1150, 16, 0.88, [10, 3]),
    product(4, 'Kit brigadeiro', 'sweets', 4500, 1840, 12, 0.9, [9, 2]),
    product(5, 'Chips de tapioca', 'chips', 1890, 720, 15, 0.85, [10, 3]),
    product(6, 'Café especial 250 g', 'coffee', 3990, 1790, 13, 0.95, [15, 4]),
  ],
  ordersPerDay: 6,
  growth: 2.2,
  weekdays: [0.95, 1, 1, 1, 1.05, 1.15, 1],
  lifecycles: [{ weekday: 5, hour: 20, orders: 8 }],
  channels: [
    ['video', 45],
    ['product_card', 15],
    ['shop', 15],
    ['affiliate', 25],
  ],
  taxRate: 0,
  shipping: { charge: 1490, freeFrom: 9900, labelCost: 1680, promisedDays: 7 },
  carriers: [
    { name: 'Correios', service: 'PAC', weight: 60, days: 6.1, deviation: 2.2 },
    { name: 'Jadlog', service: 'package', weight: 40, days: 4.8, deviation: 1.6 },
  ],
  regions: [
    ['BR-SP', 40],
    ['BR-RJ', 14],
    ['BR-MG', 12],
    ['BR-RS', 7],
    ['BR-PR', 7],
    ['BR-BA', 5],
    ['BR-PE', 3],
  ],
  lateRate: 0.03,
  platformFulfilled: 0,
  adsPerMonth: 160_000,
};

export const demoShops: readonly DemoShop[] = [rosa, harbour, sabor];

/** The demo's creators as accounts to sign in with. */
export const demoAccounts = demoShops.map(({ creatorId, profile: { name } }) => ({
  id: creatorId,
  name,
  creator: creatorId,
  roles: ['creator' as const],
}));
