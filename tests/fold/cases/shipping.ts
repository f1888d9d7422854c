/** What does shipping come to? Ship-by is 3 March, deliver-by the end of 8 March in New York. */
import { anOrder, aRefund, aShipment } from '../../make/snapshots.ts';
import type { Case } from './case.ts';

const shipBy = '2026-03-03T23:59:59Z';
const deliverBy = '2026-03-08T20:00:00Z';
const order = anOrder({ shipBy, deliverBy });
const handedOver = (at: string, data = {}, id = 's-1') => aShipment({ handedOverAt: at, status: 'in_transit', ...data }, { id });
const onTime = handedOver('2026-03-02T16:00:00Z');
const late = handedOver('2026-03-04T16:00:00Z');
const delivered = (at: string, id = 's-1') => handedOver('2026-03-02T16:00:00Z', { deliveredAt: at, status: 'delivered' }, id);
/** The 8th of March has no hour from 2 to 3: it ends at 4:00 UTC of the 9th. */
const lastMoment = '2026-03-09T03:59:59Z';
const tooLate = '2026-03-09T04:00:00Z';

export const shipping: Case[] = [
  { kpi: 'dispatched', says: 'shipments on the day they were handed over', events: [order, onTime], gives: { '2026-03-02': 1 } },
  { kpi: 'dispatched', says: 'for their carrier', by: 'carrier', events: [order, onTime], gives: { '2026-03-02#USPS': 1 } },
  { kpi: 'dispatched', says: 'nothing of a sample', events: [anOrder({ sample: true }), onTime], gives: {} },
  {
    kpi: 'delivered',
    says: 'each shipment on the day of its delivery',
    events: [order, delivered('2026-03-05T16:00:00Z'), delivered('2026-03-06T16:00:00Z', 's-2')],
    gives: { '2026-03-05': 1, '2026-03-06': 1 },
  },
  {
    kpi: 'lateDispatches',
    says: 'a shipment handed over after the ship-by time',
    events: [order, late],
    gives: { '2026-03-04': 1 },
  },
  { kpi: 'lateDispatches', says: 'none handed over in time', events: [order, onTime], gives: {} },
  {
    kpi: 'lateDispatches',
    says: 'one of the platform’s own warehouse never',
    events: [order, handedOver('2026-03-04T16:00:00Z', { fulfilledBy: 'platform' })],
    gives: {},
  },
  {
    kpi: 'lateDispatches',
    says: 'one in time after the deadline was extended',
    events: [order, late, anOrder({ shipBy: '2026-03-05T23:59:59Z', deliverBy }, { version: 2 })],
    gives: {},
  },
  {
    kpi: 'lateDispatchRate',
    says: 'late ÷ dispatched',
    events: [order, late, handedOver('2026-03-04T18:00:00Z', { fulfilledBy: 'platform' }, 's-2')],
    gives: { '2026-03-04': [1, 2] },
  },
  { kpi: 'dueOrders', says: 'an order on its deliver-by day, delivered or not', events: [order], gives: { '2026-03-08': 1 } },
  {
    kpi: 'dueOrders',
    says: 'no cancelled order',
    events: [order, anOrder({ shipBy, deliverBy, status: 'cancelled' }, { version: 2 })],
    gives: {},
  },
  {
    kpi: 'dueOrders',
    says: 'an order whose payment its source does not tell',
    events: [anOrder({ deliverBy, paidAt: undefined, status: 'delivered' })],
    gives: { '2026-03-08': 1 },
  },
  {
    kpi: 'onTimeDeliveries',
    says: 'a delivery at the end of the local day',
    events: [order, delivered(lastMoment)],
    gives: { '2026-03-08': 1 },
  },
  { kpi: 'onTimeDeliveries', says: 'none on the day after', events: [order, delivered(tooLate)], gives: {} },
  {
    kpi: 'onTimeDeliveries',
    says: 'none while a parcel is missing',
    events: [order, delivered(lastMoment), handedOver('2026-03-03T16:00:00Z', {}, 's-2')],
    gives: {},
  },
  {
    kpi: 'onTimeDeliveries',
    says: 'an order of two parcels once',
    events: [order, delivered(lastMoment), delivered('2026-03-05T16:00:00Z', 's-2')],
    gives: { '2026-03-08': 1 },
  },
  {
    kpi: 'onTimeDeliveries',
    says: 'a delivery beside a parcel that was cancelled, its label made again',
    events: [
      order,
      delivered(lastMoment),
      handedOver('2026-03-02T16:00:00Z', { status: 'cancelled', handedOverAt: undefined }, 's-9'),
    ],
    gives: { '2026-03-08': 1 },
  },
  { kpi: 'onTimeDeliveryRate', says: 'on time ÷ due', events: [order, delivered(tooLate)], gives: { '2026-03-08': [0, 1] } },
  { kpi: 'labelCost', says: 'on the day the label was made', events: [order, onTime], gives: { '2026-03-01': 412 } },
  {
    kpi: 'labelCost',
    says: 'on the day of dispatch where that is all that is known',
    events: [order, handedOver('2026-03-02T16:00:00Z', { labelAt: undefined })],
    gives: { '2026-03-02': 412 },
  },
  {
    kpi: 'timeToDispatch',
    says: 'from paid to handed over',
    events: [order, onTime],
    gives: { '2026-03-02': [25 * 3600 + 57 * 60] },
  },
  {
    kpi: 'timeToShip',
    says: 'from handed over to delivered',
    events: [order, delivered('2026-03-05T16:00:00Z')],
    gives: { '2026-03-05': [3 * 86_400] },
  },
  {
    kpi: 'timeToDeliver',
    says: 'from paid to delivered, parcel by parcel',
    events: [order, delivered('2026-03-05T14:03:00Z'), delivered('2026-03-05T14:03:00Z', 's-2')],
    gives: { '2026-03-05': [4 * 86_400, 4 * 86_400] },
  },
  { kpi: 'timeToDeliver', says: 'nothing while the order is unknown', events: [delivered('2026-03-05T14:03:00Z')], gives: {} },
  {
    kpi: 'perfectOrders',
    says: 'an order delivered by the end of its day',
    events: [order, delivered(lastMoment)],
    gives: { '2026-03-08': 1 },
  },
  { kpi: 'perfectOrders', says: 'none that came late', events: [order, delivered(tooLate)], gives: {} },
  {
    kpi: 'perfectOrders',
    says: 'none that is refunded at the seller’s fault',
    events: [order, delivered(lastMoment), aRefund({ fault: 'seller' })],
    gives: {},
  },
  {
    kpi: 'perfectOrderRate',
    says: 'perfect orders ÷ orders due',
    events: [order, delivered(tooLate)],
    gives: { '2026-03-08': [0, 1] },
  },
];
