/** What is done about a request under privacy law that Shopify passes on? Said in full: what is kept of a customer, and what has to go. */
import { buyerKeyOf } from '../buyer-key.ts';
import { objectOf, type Raw, textOf } from '../record.ts';
import { buyerIdOf, orderSubject } from './order.ts';

export interface PrivacyRequest {
  /** Every one of them is answered 200 and an empty body. */
  status: 200;
  /** show: tell the seller what is kept. erase: the buyer's key from these orders. erase_shop: everything of the shop, 48 hours after it left. */
  wants: 'show' | 'erase' | 'erase_shop';
  shopDomain: string | undefined;
  /** All that is kept of a customer: this key, and no name, address or mail. A key for each way in which the customer may have been known. */
  buyerKeys: string[];
  /** Subjects of the orders that the request names. */
  orders: string[];
}

const wants: { readonly [topic: string]: PrivacyRequest['wants'] } = {
  'customers/data_request': 'show',
  'customers/redact': 'erase',
  'shop/redact': 'erase_shop',
};

/** What a request (`customers/data_request`, `customers/redact`, `shop/redact`) asks for. Throws RangeError for another topic. */
export function privacyRequest(topic: string, body: Raw, owner: { creatorId: string; buyerSecret: string }): PrivacyRequest {
  const wanted = wants[topic];
  if (!wanted) throw new RangeError(`${topic} is no request under privacy law`);
  const customer = objectOf(body.customer);
  const ids = [buyerIdOf({ email: customer.email }), buyerIdOf({ customer })].filter((id) => id !== undefined);
  const named = [body.orders_requested, body.orders_to_redact].flatMap((list) => (Array.isArray(list) ? list : []));
  return {
    status: 200,
    wants: wanted,
    shopDomain: textOf(body.shop_domain),
    buyerKeys: [...new Set(ids.map((id) => buyerKeyOf(owner.buyerSecret, owner.creatorId, id)))],
    orders: named.flatMap((id) => {
      const text = textOf(id);
      return text === undefined ? [] : [orderSubject(text)];
    }),
  };
}
