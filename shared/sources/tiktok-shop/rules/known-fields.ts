/** Which fields do records of TikTok Shop have? Those of the vendor's example bodies; a field beside them is counted, so that a change is seen. */

const names = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Of an order in detail (202507) and list (202309). */
export const orderFields: ReadonlySet<string> = names(
  'auto_combine_group_id buyer_avatar buyer_email buyer_message buyer_nickname cancel_order_sla_time cancel_reason ' +
    'cancel_time cancellation_initiator channel_entity_national_registry_id collection_due_time collection_time ' +
    'commerce_platform consultation_id cpf cpf_name create_time delivery_due_time delivery_option_id ' +
    'delivery_option_name delivery_option_required_delivery_time delivery_sla_time delivery_time delivery_type ' +
    'exchange_source_order_id fast_delivery_program fast_dispatch_sla_time fulfillment_priority_level ' +
    'fulfillment_type handling_duration has_updated_recipient_address id is_buyer_request_cancel is_cod ' +
    'is_exchange_order is_on_hold_order is_replacement_order is_sample_order is_subscription_order line_items ' +
    'need_upload_invoice order_rights order_type packages paid_time payment payment_auth_code payment_card_type ' +
    'payment_method_code payment_method_name pick_up_cut_off_time recipient_address recommended_shipping_time ' +
    'release_date replaced_order_id request_cancel_time rts_sla_time rts_time seller_note shipping_due_time ' +
    'shipping_provider shipping_provider_id shipping_type split_or_combine_tag status tracking_number tts_sla_time ' +
    'update_time user_id warehouse_id',
);

/** Of a line item of an order. */
export const lineFields: ReadonlySet<string> = names(
  'buyer_service_fee cancel_reason cancel_user combined_listing_skus currency display_status distance_fee ' +
    'distance_shipping_fee gift_retail_price handling_duration_days id is_dangerous_good is_gift is_unboxing_item ' +
    'item_tax needs_prescription original_price package_id package_status pfand_fee platform_discount product_id ' +
    'product_name retail_delivery_fee rts_time sale_price seller_discount seller_sku shipping_provider_id ' +
    'shipping_provider_name sku_id sku_image sku_name sku_type small_order_fee sub_item_info tracking_number ' +
    'unboxing_sku_code',
);

/** Of a package in detail and search (202309). */
export const packageFields: ReadonlySet<string> = names(
  'biz_extension_tags create_time delivery_option_id delivery_option_name dimension handover_method has_multi_skus ' +
    'id insurance last_mile_tracking_number note_tag order_line_item_ids orders package_id package_status ' +
    'package_sub_status pickup_slot recipient_address sender_address ship_exception_reason shipping_provider_id ' +
    'shipping_provider_name shipping_type split_and_combine_tag status tracking_number update_time weight',
);

/** Of a return (202602). */
export const returnFields: ReadonlySet<string> = names(
  'arbitration_status buyer_rejected_partial_refund can_buyer_keep_item combined_return_id create_time ' +
    'discount_amount handover_method is_combined_return is_quick_refund next_return_id order_id partial_refund ' +
    'pre_return_id refund_amount return_id return_line_items return_method return_provider_id return_provider_name ' +
    'return_reason return_reason_text return_shipping_document_type return_status return_tracking_number return_type ' +
    'return_warehouse_address role seller_next_action_response seller_proposed_return_type shipment_type ' +
    'shipping_fee_amount update_time',
);

/** Of a cancellation (202602). */
export const cancellationFields: ReadonlySet<string> = names(
  'cancel_id cancel_line_items cancel_reason cancel_reason_text cancel_status cancel_type create_time order_id ' +
    'refund_amount role seller_next_action_response should_replenish_stock update_time',
);

/** Of a transaction of a statement (202309) and an unsettled one (202507). */
export const transactionFields: ReadonlySet<string> = names(
  'adjustment_amount adjustment_id adjustment_order_id associated_order_id currency est_adjustment_amount ' +
    'est_fee_tax_amount est_revenue_amount est_settlement_amount est_shipping_cost_amount estimated_release_time ' +
    'estimated_settlement fee_tax_amount fee_tax_breakdown id order_create_time order_delivery_time order_id ' +
    'reserve_amount reserve_id reserve_status revenue_amount revenue_breakdown settlement_amount shipping_cost_amount ' +
    'shipping_cost_breakdown status supplementary_component type unsettled_reason',
);
