/** Which fees does a statement name, and of which neutral kind are they? By title; what is not listed is in the total of fees, and kept as `other`. */
import { foldTitle } from './titles.ts';

export type FeeKind = 'platform' | 'payment' | 'affiliate' | 'shipping' | 'tax' | 'adjustment' | 'other';

export interface Fee {
  kind: FeeKind;
  /** What it is called here, whatever the language of the file. */
  name: string;
}

const table: [kind: FeeKind, name: string, ...titles: string[]][] = [
  [
    'platform',
    'commission',
    'TikTok Shop commission fee',
    'Platform commission fee',
    'Biaya komisi platform',
    'Phí hoa hồng của TikTok Shop',
    'Referral fee',
  ],
  ['platform', 'dynamic_commission', 'Dynamic commission', 'Komisi dinamis'],
  ['platform', 'fee_per_item', 'Fee per item sold'],
  ['platform', 'sfp_service', 'SFP service fee', 'Biaya layanan Program Bebas Ongkir'],
  ['platform', 'cashback_service', 'Bonus cashback service fee'],
  ['platform', 'live_service', 'LIVE Specials service fee'],
  ['platform', 'voucher_service', 'Voucher Xtra service fee'],
  ['platform', 'eams_service', 'EAMS Program service fee'],
  ['platform', 'flash_sale_service', 'Flash Sale service fee', 'Biaya layanan Brands Crazy Deal/Flash Sale'],
  ['platform', 'campaign_resource', 'Campaign resource fee', 'Biaya sumber daya campaign'],
  ['platform', 'campaign_period', 'Smart Promotion campaign period fee'],
  ['platform', 'pre_order_service', 'Pre-order service fee', 'Biaya layanan pre-order'],
  ['platform', 'mall_service', 'Biaya layanan Mall'],
  ['platform', 'gmv_max_ads', 'GMV Max ad fee', 'Biaya iklan GMV Max'],
  ['payment', 'transaction', 'Transaction fee', 'Phí giao dịch', 'Biaya Pembayaran'],
  ['payment', 'paylater', 'TikTok PayLater program fee', 'Biaya program PayLater'],
  ['affiliate', 'affiliate_commission', 'Affiliate commission', 'Komisi Afiliasi', 'Hoa hồng liên kết'],
  ['affiliate', 'affiliate_commission_deposit', 'Affiliate commission deposit'],
  ['affiliate', 'affiliate_commission_refund', 'Affiliate commission refund'],
  ['affiliate', 'affiliate_partner_commission', 'Affiliate partner commission', 'Komisi mitra afiliasi'],
  [
    'affiliate',
    'affiliate_ads_commission',
    'Affiliate Shop Ads commission',
    'Komisi Iklan Toko afiliasi',
    'Hoa hồng liên kết Quảng cáo cửa hàng',
  ],
  ['affiliate', 'affiliate_partner_ads_commission', 'Affiliate Partner shop ads commission', 'Komisi iklan toko Mitra Afiliasi'],
  ['tax', 'gst', 'GST'],
  ['tax', 'vat', 'VAT withheld by TikTok Shop', 'VAT', 'Thuế GTGT do TikTok Shop khấu trừ', 'Thuế GTGT'],
  ['tax', 'pit', 'PIT withheld by TikTok Shop', 'PIT', 'Thuế TNCN do TikTok Shop khấu trừ', 'Thuế TNCN'],
  ['tax', 'tax_on_referral', 'Sales tax on referral fees'],
  ['tax', 'icms_difal', 'ICMS DIFAL'],
  ['tax', 'icms_penalty', 'ICMS penalty'],
  ['other', 'order_processing', 'Order processing fee', 'Biaya pemrosesan pesanan'],
  ['other', 'shipping_service', 'Shipping service fee', 'Biaya layanan logistik'],
  ['other', 'insurance', 'Biaya asuransi'],
  ['other', 'insurance_repaid', 'Penggantian dana asuransi'],
];

const fees: ReadonlyMap<string, Fee> = new Map(
  table.flatMap(([kind, name, ...titles]) => titles.map((title): [string, Fee] => [foldTitle(title), { kind, name }])),
);

/** The fee that a title names; undefined for a total, a part of one, or a title that is not known. */
export const feeOf = (title: string): Fee | undefined => fees.get(foldTitle(title));

/** The whole of shipping where a statement has it, inside the total of fees. Its parts stand beside it and are not added. */
export const shippingTotals: readonly string[] = ['Shipping cost', 'Seller shipping fee'].map(foldTitle);

/** Parts of shipping: they are added up where no whole stands beside them. */
export const shippingParts: readonly string[] = [
  'Actual shipping fee',
  'Platform shipping fee discount',
  'Customer shipping fee',
  'Refund customer shipping fee',
  'Actual return shipping fee',
  'Shipping fee subsidy',
  'Ongkir yang ditalangi penyedia jasa logistik',
  'Ongkir yang ditanggung platform',
  'Ongkir yang ditanggung pembeli',
  'Ongkir pengembalian barang (yang ditanggung pembeli)',
].map(foldTitle);
