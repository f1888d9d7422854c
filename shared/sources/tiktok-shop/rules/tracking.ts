/** What does a line of tracking text mean? The API gives free text without a status, so words are looked for; all of it is inferred. */

/** In this order: the first that fits is taken. A failed attempt says "deliver" too, so it stands before a delivery. */
const phrases: { status: string; words: RegExp }[] = [
  { status: 'returned', words: /\breturn(ed|ing)? to (the )?(sender|shipper|seller|merchant)\b|\bdikembalikan\b/i },
  {
    status: 'delivery_attempt_failed',
    words:
      /\b(attempt(ed)?\b.*\b(fail|unsuccess)|fail(ed)?\b.*\b(deliver|attempt)|(could|was) not (be )?deliver|unable to deliver)|\bgagal\b.*\bantar/i,
  },
  { status: 'exception', words: /\b(lost|damaged|destroyed|scrapped|seized)\b|\bhilang\b|\brusak\b/i },
  { status: 'cancelled', words: /\bcancel(l)?ed\b|\bdibatalkan\b/i },
  { status: 'out_for_delivery', words: /\bout for delivery\b|\bwith (the )?courier\b|\bsedang diantar\b/i },
  { status: 'available_for_pickup', words: /\b(ready|available) for (pick ?up|collection)\b/i },
  { status: 'delivered', words: /\b(was|been|successfully|has)? ?delivered\b|\btelah (diterima|terkirim)\b/i },
  {
    status: 'in_transit',
    words:
      /\b(in transit|on (its|the) way|arriv(ed|ing)|depart(ed|ing)|left|sorting|picked up|collected|handed over|accepted|received by|customs)\b|\bdikirim\b/i,
  },
  {
    status: 'label_created',
    words: /\b(label|order) (has been |was |is )?(created|printed|placed|received)\b|\bpreparing\b|\bpacked\b/i,
  },
];

/** The neutral status of a tracking text; undefined where no known words stand in it. */
export const statusOfTracking = (description: string): string | undefined =>
  phrases.find(({ words }) => words.test(description))?.status;
