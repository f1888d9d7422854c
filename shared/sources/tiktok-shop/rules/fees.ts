/** Which neutral kind has a fee of a TikTok Shop statement? By its key; what is not listed is kept as `other` and counted. */

export type FeeKind = 'platform' | 'payment' | 'affiliate' | 'shipping' | 'tax' | 'adjustment' | 'other';

const keys: { readonly [kind in FeeKind]?: string } = {
  platform:
    'platform_commission_amount referral_fee_amount refund_administration_fee_amount sfp_service_fee_amount live_specials_fee_amount ' +
    'bonus_cashback_service_fee_amount mall_service_fee_amount voucher_xtra_service_fee_amount flash_sales_service_fee_amount ' +
    'cofunded_promotion_service_fee_amount pre_order_service_fee_amount tsp_commission_amount dt_handling_fee_amount ' +
    'epr_pob_service_fee_amount fee_per_item_sold_amount dynamic_commission_amount vn_fix_infrastructure_fee installation_service_fee ' +
    'campaign_resource_fee platform_special_service_fee_amount smart_promotion_fee_amount gmv_max_ad_fee_amount ' +
    'platform_semi_managed_commission_fee campaign_period_fee_cfp_amount campaign_period_fee_sp_amount seller_growth_fee_amount ' +
    'retail_delivery_fee_amount retail_delivery_fee_payment_amount retail_delivery_fee_refund_amount',
  payment: 'transaction_fee_amount credit_card_handling_fee_amount seller_paylater_handling_fee_amount',
  affiliate:
    'affiliate_commission_amount affiliate_partner_commission_amount affiliate_ads_commission_amount cofunded_creator_bonus_amount ' +
    'external_affiliate_marketing_fee_amount affiliate_commission_deposit affiliate_commission_release tap_shop_ads_commission',
  shipping: 'shipping_fee_guarantee_service_fee',
  tax:
    'platform_semi_managed_commission_fee_tax campaign_period_fee_sp_tax_amount campaign_period_fee_cfp_tax_amount vat_amount ' +
    'import_vat_amount customs_duty_amount customs_clearance_amount sst_amount gst_amount iva_amount isr_amount ' +
    'anti_dumping_duty_amount local_vat_amount pit_amount sales_tax_referral_fee_amount smart_promotion_fee_tax_amount cedular_tax ' +
    'sales_tax_amount sales_tax_payment_amount sales_tax_refund_amount',
};

export const feeKinds: ReadonlyMap<string, FeeKind> = new Map(
  Object.entries(keys).flatMap(([kind, list]) => list.split(' ').map((key): [string, FeeKind] => [key, kind as FeeKind])),
);

/** Parts of `shipping_cost_breakdown`, all of kind `shipping`. */
export const shippingKeys: ReadonlySet<string> = new Set(
  (
    'actual_shipping_fee_amount shipping_fee_discount_amount customer_paid_shipping_fee_amount return_shipping_fee_amount ' +
    'replacement_shipping_fee_amount exchange_shipping_fee_amount signature_confirmation_fee_amount shipping_insurance_fee_amount ' +
    'fbt_fulfillment_fee_reimbursement_amount return_shipping_label_fee_amount seller_self_shipping_service_fee_amount ' +
    'return_shipping_fee_paid_buyer_amount failed_delivery_subsidy_amount shipping_fee_guarantee_reimbursement ' +
    'fbt_free_shipping_fee_amount free_return_subsidy_amount distant_shipping_fee_amount shipping_app_service_fee_amount ' +
    'logistics_service_fee fbt_overall_merchant_subsidy fbt_key_merchant_subsidy'
  ).split(' '),
);

/**
 * Keys that explain another key and are no amounts beside it: the commission before personal income tax, and what of it was withheld.
 * That they are contained in affiliate_commission_amount is inferred from their names.
 */
export const explanatoryKeys: ReadonlySet<string> = new Set([
  'affiliate_commission_amount_before_pit',
  'affiliate_commission_before_pit_amount',
  'pit_withheld_from_ads_commission_amount',
  // "Informative only", as the vendor's page says.
  'supplementary_component',
]);
