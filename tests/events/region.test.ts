/** Does a region pass, and an address not, at the service and in a file? */
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../shared/events/parse.ts';
import { aShipment } from '../make/snapshots.ts';
import { creatorRow, importOf } from '../sources/csv-files.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const atService = (region: string) => {
  const parsed = parseEvent(aShipment({ region }), now);
  return parsed.ok ? 'taken' : `${parsed.code} ${parsed.message}`;
};
const inFile = async (region: string) => {
  const row = `f,o-1,s-1,2026-03-01T18:00:00Z,"${region}"`;
  const shipments = `creator_id,order_id,shipment_id,label_at,region\n${row}\n`;
  const { wrong } = await importOf({ 'creators.csv': creatorRow(), 'shipments.csv': shipments });
  return wrong[0] ?? 'taken';
};

describe('a region is taken', () => {
  // biome-ignore format: a list of regions
  it.each([
    'BR-SP', 'RW-01', 'ST-01', 'JP-13', 'US-CA', 'ID-JK', 'DKI Jakarta', 'England, UK', 'Region 4A', 'Region IV-A', '75', '2A', '971', '75 - Paris', 'FR-75C', 'DEA23',
    'St. Gallen', 'Zone 3', 'District 9', 'Quận 1', 'TP. Hồ Chí Minh', 'กรุงเทพมหานคร', 'Île-de-France', '10th District', 'Kota Bandung, Jawa Barat',
    'Via Emilia', 'Court of Saint James', 'Nordrhein-Westfalen', 'D.C.', 'Trøndelag', '東京都', 'Virginia 2', 'Estado 7', 'Norwegen 1',
  ])('%s', async (region) => expect([atService(region), await inFile(region)]).toEqual(['taken', 'taken']));
});

describe('what leads to a door is refused', () => {
  // biome-ignore format: a list of addresses
  it.each([
    '12 Main Street, Berlin', '12 Main St', 'Hauptstraße 5', 'Hauptstr. 5a', 'Keizersgracht 12', '5 rue de la Paix', 'Calle Mayor 3', 'Rua Augusta 99',
    'Jl. Sudirman No. 5', 'Jalan Merdeka 7 RT 02', '12 Đường Lê Lợi', '99 ถนน สุขุมวิท', 'PO Box 12', 'Flat 3', 'Berlin, Mitte, Germany', '10115', '10115 Berlin',
    'Sydney NSW 2000', '1012 AB', '00-950', 'SW1A 1AA', 'sw1a1aa', 'K1A 0B1', '〒100-0001', '01310-100', '+49 30 1234', 'rosa@example.com', 'Main\\nBerlin\\nMitte',
    '１０１１５',
  ])('%s', async (text) => {
    const region = text.replaceAll('\\n', '\n');
    expect(atService(region)).toBe('invalid data.region: looks like an address: write the region alone, such as BR-SP or DKI Jakarta');
    expect(await inFile(region)).toMatch(/^shipments\.csv line \d, column region: looks like an address: write the region alone/);
  });
});
