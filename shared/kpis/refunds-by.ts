/** On which day does a refund count: its own, or that of the order it takes back? */
export const refundDates = ['refund_date', 'order_date'] as const;
export type RefundsBy = (typeof refundDates)[number];
