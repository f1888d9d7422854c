/** Do files call things as the pages do? Held to the pages' own messages in English. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dimensionTitles, labelOf, stateInWords } from '../../shared/exports/labels.ts';
import { noValue } from '../../shared/fold/parts.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';

const messages: { [key: string]: string } = JSON.parse(
  readFileSync(new URL('../../web/messages/en.json', import.meta.url), 'utf8'),
);
const none = new Map<string, string>();

describe('a file', () => {
  it('calls every dimension as the pages do', () => {
    const dimensions = new Set([...dictionary.entries.keys()].flatMap(dictionary.dimensionsOf));
    for (const name of dimensions) expect(dimensionTitles[name], name).toBe(messages[`dimension.${name}`]);
  });

  it('calls every value that has a name on the pages by it', () => {
    const named = Object.entries(messages).filter(([key]) => /^value\.\w+\.\w+$/.test(key));
    expect(named.length).toBeGreaterThan(0);
    for (const [key, title] of named) {
      const [, dimension = '', value = ''] = key.split('.');
      expect(labelOf(dimension, value, false, none)).toBe(title);
    }
    expect(labelOf('channel', noValue, false, none)).toBe(messages['value.none']);
    expect(labelOf('channel', 'other', true, none)).toBe(messages['value.others']);
    expect(labelOf('product', 'p-1', false, new Map([['p-1', 'Rose serum']]))).toBe('Rose serum');
  });

  it('says how far a number is settled in the words of the pages', () => {
    expect(stateInWords({ state: 'partial' })).toBe(messages['mark.partial']);
    expect(stateInWords({ state: 'restated' })).toBe(messages['mark.restated']);
    expect(stateInWords({ state: 'complete', noData: true })).toBe(messages['chart.noData']);
    expect(stateInWords({ state: 'complete', isCut: true })).toBe(`final, ${messages['chart.partOfIt']}`);
  });
});
