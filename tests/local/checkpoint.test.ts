/** Does a checkpoint go on where another version of the runtime left it? */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCheckpoint } from '../../local/invokers/checkpoint.ts';

const fileIn = () => join(mkdtempSync(join(tmpdir(), 'checkpoint-')), 'positions.json');

test('a position of an older file, which calls consumers lanes, is read', () => {
  const file = fileIn();
  writeFileSync(file, JSON.stringify({ 'shard-0': { after: '7', laneCount: 4, lanes: { 2: '9' } } }));
  expect(openCheckpoint(file).read('shard-0')).toEqual({ after: '7', parallelizationFactor: 4, consumers: { 2: '9' } });
});

test('a position is read as it was written', () => {
  const file = fileIn();
  const position = { after: '7', parallelizationFactor: 4, consumers: { 1: '8' } };
  openCheckpoint(file).write('shard-0', position);
  expect(openCheckpoint(file).read('shard-0')).toEqual(position);
});
