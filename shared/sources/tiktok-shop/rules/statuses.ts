/** Which neutral word stands for a status of TikTok Shop? A word that is not listed is kept in small letters and counted. */

const table = (words: { [neutral: string]: string }): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(words).flatMap(([neutral, theirs]) => theirs.split(' ').map((word): [string, string] => [word, neutral])),
  );

/** Of orders and of their line items. The API says CANCELLED, the webhook CANCEL; TO_SHIP stands in an example of a line item still. */
export const orderStatuses = table({
  placed: 'UNPAID',
  on_hold: 'ON_HOLD',
  paid: 'AWAITING_SHIPMENT AWAITING_COLLECTION TO_SHIP',
  shipped: 'PARTIALLY_SHIPPING IN_TRANSIT',
  delivered: 'DELIVERED',
  completed: 'COMPLETED',
  cancelled: 'CANCELLED CANCEL',
});

/** Of packages. Which neutral word is meant is inferred from the vendor's descriptions. */
export const packageStatuses = table({
  unknown: 'TO_FULFILL',
  label_created: 'PROCESSING',
  in_transit: 'FULFILLING',
  delivered: 'COMPLETED',
  cancelled: 'CANCELLED',
});

/** Packages of which the detail says no more than the list: nothing has befallen them yet, or nothing can any more. That is inferred. */
export const untroubledPackages: ReadonlySet<string> = new Set(['TO_FULFILL', 'PROCESSING', 'COMPLETED', 'CANCELLED']);

/** Why a package did not arrive. RETURNED_TO_SHIPPER and the words behind PACKAGE_ are inferred from examples. */
export const shipExceptions = table({
  exception: 'PACKAGE_LOST PACKAGE_DAMAGED PACKAGE_SCRAP LOST DAMAGED SCRAP SCRAPPED',
  returned: 'RETURNED_TO_SHIPPER PACKAGE_RETURNED_TO_SHIPPER',
});

/** Of returns. Money has left only at `completed`; `approved` means that it will. */
export const returnStatuses = table({
  requested: 'RETURN_OR_REFUND_REQUEST_PENDING REPLACEMENT_REQUEST_PENDING AWAITING_BUYER_RESPONSE',
  approved: 'RETURN_OR_REFUND_REQUEST_SUCCESS REPLACEMENT_REQUEST_REFUND_SUCCESS AWAITING_BUYER_SHIP BUYER_SHIPPED_ITEM',
  completed: 'RETURN_OR_REFUND_REQUEST_COMPLETE',
  replaced: 'REPLACEMENT_REQUEST_COMPLETE',
  rejected: 'REFUND_OR_RETURN_REQUEST_REJECT REJECT_RECEIVE_PACKAGE REPLACEMENT_REQUEST_REJECT',
  cancelled: 'RETURN_OR_REFUND_REQUEST_CANCEL REPLACEMENT_REQUEST_CANCEL',
});

/** Of cancellations; the vendor's pages spell CANCEL and CANCELLED. */
export const cancellationStatuses = table({
  requested: 'CANCELLATION_REQUEST_PENDING',
  approved: 'CANCELLATION_REQUEST_SUCCESS',
  completed: 'CANCELLATION_REQUEST_COMPLETE',
  cancelled: 'CANCELLATION_REQUEST_CANCEL CANCELLATION_REQUEST_CANCELLED',
});

export const productStatuses = table({
  active: 'ACTIVATE',
  draft: 'DRAFT',
  pending: 'PENDING',
  failed: 'FAILED',
  inactive: 'SELLER_DEACTIVATED PLATFORM_DEACTIVATED FREEZE',
  deleted: 'DELETED',
});

/** Who cancelled or asked for a return, as whose fault it is counted (inferred). */
export const roles = table({ buyer: 'BUYER', seller: 'SELLER', platform: 'OPERATOR SYSTEM' });

/** How affiliate orders of a creator stand; the first is written with a blank, as documented. */
export const commissionStatuses: ReadonlyMap<string, string> = new Map([
  ['AWAITING PAYMENT', 'awaiting_payment'],
  ['TO-SETTLE', 'to_settle'],
  ['SETTLED', 'settled'],
  ['REFUNDED', 'refunded'],
  ['FROZEN', 'frozen'],
]);
