/** Is this an export of another system, not one of your own files? Told by its titles, so that the message can say what to do. */

const sellerCenter = 'import it as it is: npm run import -- seller-center <folder or files>';
const shopify = 'import it as it is: npm run import -- shopify <folder or files> --creator <id>';

const exports: { of: string; titles: string[]; remedy: string }[] = [
  {
    of: 'an order export of TikTok Shop Seller Center',
    titles: ['Order ID', 'Order Status', 'SKU Unit Original Price'],
    remedy: sellerCenter,
  },
  {
    of: 'an order export of TikTok Shop Seller Center',
    titles: ['Order ID', 'Order Status', 'Seller SKU'],
    remedy: sellerCenter,
  },
  { of: 'an order export of Shopify', titles: ['Name', 'Financial Status', 'Lineitem quantity'], remedy: shopify },
];

/** What to do about a file that another system wrote; undefined for any other. */
export function recogniseExport(header: string[]): string | undefined {
  const found = exports.find(({ titles }) => titles.every((title) => header.includes(title)));
  return found && `this is ${found.of}, which is not one of your own files; ${found.remedy}`;
}
