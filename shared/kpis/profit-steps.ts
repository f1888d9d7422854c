/** What lies between the sales of a shop and its profit? Steps in the order of a waterfall, each an amount that is added. */

/** Amounts of orders, on the local day on which each was paid; what is taken is negative. */
export const orderSteps = [
  'grossSales',
  'sellerDiscounts',
  'cancelled',
  'refunds',
  'platformFees',
  'commission',
  'shipping',
  'otherFees',
  'statementDifference',
  'goods',
] as const;

/** Amounts that no order carries, on their own local days; what is taken is negative. */
export const otherSteps = ['ads', 'samples', 'creatorFees', 'packaging', 'otherCosts', 'adjustments'] as const;

/** Where sales begin, and the last step before net sales. */
export const firstStep = 'grossSales' satisfies (typeof orderSteps)[number];
export const lastStepOfSales = 'refunds' satisfies (typeof orderSteps)[number];

export const steps = [...orderSteps, ...otherSteps] as const;
export type Step = (typeof steps)[number];

/** What says how far the amounts can be relied on. Amounts in minor units of the shop's currency, the others counts. */
export const evidence = [
  'orders',
  'units',
  /** Net sales of goods whose unit cost is known, and of all goods that are named. */
  'costedSales',
  'namedSales',
  /** Units sold or sent as samples, less those restocked, whose unit cost is not known: they may be of goods that sold for nothing. */
  'uncostedUnits',
  /** Net sales of orders that a final statement has settled. */
  'settledSales',
  /** Net sales of orders of which neither a statement nor an estimate says what the platform took. */
  'unstatedSales',
  /** Fees that are the platform's estimate until a statement comes: part of the fees above, negative. */
  'estimatedFees',
] as const;
export type Evidence = (typeof evidence)[number];

export type Amounts = { [name in Step | Evidence]: number };

export const nothing = (): Amounts => Object.fromEntries([...steps, ...evidence].map((name) => [name, 0])) as Amounts;

/** Adds one to the other, in place. */
export function addTo(sum: Amounts, more: Partial<Amounts>): void {
  for (const [name, amount] of Object.entries(more)) sum[name as keyof Amounts] += amount;
}

/** Gross sales less discounts, cancelled orders and refunds: what goods brought. */
export const netSalesOf = ({ grossSales, sellerDiscounts, cancelled, refunds }: Amounts): number =>
  grossSales + sellerDiscounts + cancelled + refunds;

/** The sum of all steps. */
export const profitOf = (amounts: Amounts): number => steps.reduce((sum, step) => sum + amounts[step], 0);

/** The dimensions of profit: what each order line belongs to. A campaign has its ads too. */
export const profitDimensions = ['product', 'channel', 'campaign', 'content', 'affiliate', 'order'] as const;
export type ProfitDimension = (typeof profitDimensions)[number];

/** The number whose page leads on to the rows behind a step; several steps are parts of one number. */
export const numberOfStep: { readonly [step in Step]?: string } = {
  grossSales: 'grossSales',
  sellerDiscounts: 'sellerDiscounts',
  cancelled: 'cancelledOrders',
  refunds: 'refundsByOrder',
  platformFees: 'settlementFees',
  commission: 'commission',
  shipping: 'labelCost',
  otherFees: 'settlementFees',
  ads: 'adSpend',
  samples: 'otherSpend',
  creatorFees: 'otherSpend',
  packaging: 'otherSpend',
  otherCosts: 'otherSpend',
  adjustments: 'settledAdjustments',
};
