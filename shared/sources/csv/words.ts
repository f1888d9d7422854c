/** Which words do sources write for states, channels and answers? One neutral word for each, whatever its spelling and language. */

/** Spellings that are told apart by nothing a seller means: large and small letters, blanks, hyphens and underscores. */
const plain = (word: string): string =>
  word
    .normalize('NFC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');

const table = (words: { [neutral: string]: string }): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(words).flatMap(([neutral, spellings]): [string, string][] =>
      [neutral, ...spellings.split(',').filter((each) => each !== '')].map((each) => [plain(each), neutral]),
    ),
  );

/** Order states as TikTok Shop (English, Indonesian, Vietnamese, Thai, Spanish, Portuguese) and Shopify write them. */
const order = table({
  placed: 'unpaid,created,pending,belum dibayar,chưa thanh toán,ยังไม่ได้ชำระเงิน,no pagado,não pago,to pay',
  paid: 'to ship,awaiting shipment,awaiting collection,processing,partially paid,perlu dikirim,diproses,cần gửi,chờ vận chuyển,ที่ต้องจัดส่ง,para enviar,a enviar',
  on_hold: 'on hold,ditahan',
  shipped: 'in transit,partially shipping,dikirim,đã gửi,đang vận chuyển,จัดส่งแล้ว,enviado',
  delivered: 'terkirim,đã giao,จัดส่งสำเร็จแล้ว,entregado,entregue',
  completed: 'selesai,đã hoàn tất,hoàn thành,เสร็จสมบูรณ์,completado,concluído,fulfilled',
  cancelled:
    'canceled,cancel,cancelada,cancelado,cancelled by customer,cancelled by buyer,cancelled by seller,cancelled by system,storniert,annulliert,abgebrochen,annulé,annulée,annule,annullato,annullata,anulowane,anulowano,geannuleerd,iptal edildi,отменён,отменен,キャンセル,キャンセル済み,취소됨,취소,已取消,dibatalkan,batal,đã hủy,đã huỷ,ยกเลิกแล้ว,ยกเลิก,voided',
});
const shipment = table({
  label_created: 'label created,pre transit,ready to ship,awaiting collection',
  in_transit: 'shipped,transit,dikirim',
  out_for_delivery: '',
  available_for_pickup: 'ready for pickup',
  delivery_attempt_failed: 'attempt fail,failed attempt,delivery failed',
  delivered: 'terkirim,entregado,entregue',
  returned: 'return to sender,returned to sender',
  exception: 'failure,error,lost',
  cancelled: 'canceled',
  unknown: '',
});
const refund = table({
  requested: 'pending,in review,processing',
  completed: 'refunded,success,refund completed,complete,selesai',
  rejected: 'declined,refused,ditolak',
  cancelled: 'canceled,dibatalkan',
});
const channel = table({
  live: 'livestream,live stream,live streaming',
  video: 'short video,videos',
  product_card: 'product cards,card,kartu produk',
  shop: 'shop tab,store,search',
  affiliate: 'affiliates,afiliasi',
});
const person = table({ buyer: 'customer,pembeli', seller: 'merchant,shop,penjual', platform: 'tiktok,system,sistem' });
const kind = table({ review: '', survey: '' });
const shipper = table({ seller: 'merchant', platform: 'fbt,fulfilled by tiktok' });
const product = table({
  active: 'live,activate,aktif',
  draft: '',
  inactive: 'deactivated,seller deactivated,archived,nonaktif',
  deleted: '',
});

const vocabularies: { [column: string]: ReadonlyMap<string, string> } = {
  'order.status': order,
  'shipment.status': shipment,
  'refund.status': refund,
  'product.status': product,
  'order.channel': channel,
  'order.cancellation_fault': person,
  'refund.fault': person,
  'review.kind': kind,
  'shipment.fulfilled_by': shipper,
};

export interface Word {
  word: string;
  /** The words that are known for this column; absent where the word is one of them, or the column takes any. */
  unknownAmong?: string[];
}

/** The neutral word for what stands in a column; an unknown one is kept in one spelling and told. */
export function wordOf(entity: string, column: string, text: string): Word {
  const vocabulary = vocabularies[`${entity}.${column}`];
  if (!vocabulary) return { word: text };
  const known = vocabulary.get(plain(text));
  if (known) return { word: known };
  return { word: plain(text).replaceAll(' ', '_'), unknownAmong: [...new Set(vocabulary.values())] };
}

const answers = table({ yes: 'y,true,1,ya,sí,si,sim,có,ใช่', no: 'n,false,0,tidak,não,nao,không,ไม่' });

/** Yes or no; undefined for any other word. */
export const answerOf = (text: string): boolean | undefined => {
  const answer = answers.get(plain(text));
  return answer === undefined ? undefined : answer === 'yes';
};
