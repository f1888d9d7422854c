/** Which neutral word stands for a carrier service's status of a parcel? The neutral words are those of a shipment. */

/** EasyPost, `status` (EasyPost/easypost-node, types/Tracker). */
export const easyPostStatuses: ReadonlyMap<string, string> = new Map([
  ['unknown', 'unknown'],
  ['pre_transit', 'label_created'],
  ['in_transit', 'in_transit'],
  ['out_for_delivery', 'out_for_delivery'],
  ['available_for_pickup', 'available_for_pickup'],
  ['delivered', 'delivered'],
  ['return_to_sender', 'returned'],
  ['failure', 'exception'],
  ['error', 'exception'],
  ['cancelled', 'cancelled'],
]);

/** EasyPost, `status_detail` of a parcel on its way that says more than its status. That this one means a failed attempt is inferred. */
export const easyPostDetails: ReadonlyMap<string, string> = new Map([['delivery_exception', 'delivery_attempt_failed']]);

/** AfterShip, `tag` (aftership.com/docs, delivery statuses). */
export const afterShipTags: ReadonlyMap<string, string> = new Map([
  ['Pending', 'unknown'],
  ['InfoReceived', 'label_created'],
  ['InTransit', 'in_transit'],
  ['OutForDelivery', 'out_for_delivery'],
  ['AttemptFail', 'delivery_attempt_failed'],
  ['Delivered', 'delivered'],
  ['AvailableForPickup', 'available_for_pickup'],
  ['Exception', 'exception'],
  ['Expired', 'unknown'],
]);

/** AfterShip, `subtag` of an exception that is a return. Which numbers these are is to be confirmed. */
export const afterShipSubtags: ReadonlyMap<string, string> = new Map([
  ['Exception_010', 'returned'],
  ['Exception_011', 'returned'],
]);

/** Shippo, `status` (docs.goshippo.com, tracking). */
export const shippoStatuses: ReadonlyMap<string, string> = new Map([
  ['UNKNOWN', 'unknown'],
  ['PRE_TRANSIT', 'label_created'],
  ['TRANSIT', 'in_transit'],
  ['DELIVERED', 'delivered'],
  ['RETURNED', 'returned'],
  ['FAILURE', 'exception'],
]);

/** Shippo, `substatus.code` of a parcel in transit that says more; inferred from the names. */
export const shippoSubstatuses: ReadonlyMap<string, string> = new Map([
  ['out_for_delivery', 'out_for_delivery'],
  ['delivery_attempted', 'delivery_attempt_failed'],
  ['pickup_available', 'available_for_pickup'],
]);
