/** Which rules make it exact, and how is each switched off? By an edit of a copy of the sources, or by the world itself. */

/** One asserted replacement in a file of the project. */
export interface Edit {
  file: string;
  from: string;
  to: string;
}

export interface Rule {
  /** What holds while it is on. */
  says: string;
  /** How a copy of the sources forgets it; absent where the world does (stamps, mapping, expiry). */
  edits?: Edit[];
  /** Without it no cell goes wrong, but another promise is broken. */
  isBesideCells?: boolean;
}

const apply = 'shared/store/apply.ts';
const aggregates = 'shared/store/aggregates.ts';
const entities = 'shared/store/entities.ts';
const fold = 'shared/fold/fold.ts';

/** Makes updates short, so that small worlds cut them too; not a rule. */
export const narrow: Edit[] = [{ file: aggregates, from: 'const fieldsPerUpdate = 100;', to: 'const fieldsPerUpdate = 2;' }];

export const rules = {
  aggFirst: {
    says: 'aggregates are acknowledged before any entity is written',
    edits: [
      {
        file: apply,
        from: '  const failed = await writeAggregates(',
        to: `  const early = await eachLimit(changed, callsAtOnce, ([root, { steps }]) => putChanged(table, partition, root, steps, judged));
  if (early.length) return { retryFrom: firstSeq, errors: [], refused: folded.refused, entities: 0 };
  const failed = await writeAggregates(`,
      },
    ],
  },
  slow: {
    says: 'after a refusal an aggregate is written only over the watermark that was read',
    edits: [
      {
        file: aggregates,
        from: `updateOf(table, key, item, rest, '#w = :seen', { ':seen': { S: seen } })`,
        to: `updateOf(table, key, item, rest, 'attribute_exists(#w)', {})`,
      },
    ],
  },
  entCond: {
    says: 'an entity is put only over a lower sequence',
    edits: [
      {
        file: entities,
        from: `'attribute_not_exists(seq) OR seq < :seq'`,
        to: `'attribute_not_exists(seq) OR seq < :seq OR attribute_exists(pk)'`,
      },
    ],
  },
  ownW: {
    says: 'every aggregate has a watermark of its own, months too',
    edits: [
      {
        file: aggregates,
        from: `'attribute_not_exists(#w) OR #w < :first', first`,
        to: `item.startsWith('M#') ? 'attribute_not_exists(#w) OR #w < :first OR attribute_exists(pk)' : 'attribute_not_exists(#w) OR #w < :first', first`,
      },
    ],
  },
  zero: {
    says: 'deltas that sum to zero still move the watermark',
    edits: [
      {
        file: aggregates,
        from: '  for (const chunk of cut(deltas))',
        to: `  const sums = new Map<string, number>();
  for (const { field, by } of deltas) sums.set(field, (sums.get(field) ?? 0) + by);
  if ([...sums.values()].every((sum) => sum === 0)) return;
  for (const chunk of cut(deltas))`,
      },
    ],
  },
  skip: {
    says: 'a newer version is stored though nothing it contributes has changed',
    edits: [
      {
        file: fold,
        from: '    for (const delta of deltas) {',
        to: '    if (!rows.length) continue;\n    for (const delta of deltas) {',
      },
    ],
  },
  failSeq: {
    says: 'what is sent again begins at the first record not durable at its entity',
    edits: [
      {
        file: 'shared/store/apply-writes.ts',
        from: '([item, deltas]) => addToItem(table, partition, item, deltas));',
        to: `([item, deltas]) =>
      addToItem(table, partition, item, deltas).catch((error) => {
        throw Object.assign(error, { first: deltas[0]?.seq });
      }),
    );`,
      },
      {
        file: apply,
        from: 'const retryFrom = earliest(changed.map(([, { first }]) => first));',
        to: 'const retryFrom = earliest(failed.map((error) => (error as { first?: string }).first ?? firstSeq));',
      },
    ],
  },
  known: {
    says: 'a record of a definitions version that the code does not know waits for code that does',
    edits: [
      { file: fold, from: 'if (version > dictionary.latest)', to: 'if (version > 99)' },
      { file: fold, from: 'definitions: stamp.definitions,', to: 'definitions: Math.min(stamp.definitions, dictionary.latest),' },
      {
        file: fold,
        from: 'subject.part, stamp.definitions, dictionary)',
        to: 'subject.part, Math.min(stamp.definitions, dictionary.latest), dictionary)',
      },
    ],
  },
  perRecord: {
    says: 'deltas are kept per record, so that a batch cut anew leaves out what is there already',
    edits: [
      { file: fold, from: 'known.push({ ...delta, seq });', to: `known.push({ ...delta, seq: records.at(-1)?.seq ?? '' });` },
      { file: fold, from: '[{ ...delta, seq }]', to: `[{ ...delta, seq: records.at(-1)?.seq ?? '' }]` },
    ],
  },
  watermark: {
    says: 'an aggregate is added to only where its watermark is absent or lower',
    edits: [
      {
        file: aggregates,
        from: `'attribute_not_exists(#w) OR #w < :first', first`,
        to: `'attribute_not_exists(#w) OR #w < :first OR attribute_exists(pk)', first`,
      },
    ],
  },
  consistent: {
    says: 'entities are read consistently',
    edits: [{ file: entities, from: '{ Keys: keys, ConsistentRead: true }', to: '{ Keys: keys }' }],
  },
  length: {
    says: 'a longer sequence number is a later one',
    edits: [{ file: 'shared/fold/sequence.ts', from: `\${String(sequenceNumber.length).padStart(3, '0')}:`, to: '' }],
  },
  stamp: { says: 'definitions are named by the record, not by the code that happens to run' },
  profile: { says: 'the zone is named by the record, not read from the creator when it is counted' },
  contributions: {
    says: 'an entity keeps what it told the totals',
    edits: [
      {
        file: fold,
        from: 'difference(stored.contributions, next.contributions)',
        to: `difference(
      contributions(
        Object.fromEntries(
          Object.entries(stored.parts).map(([name, part]) => [name, { ...part, definitions: record.stamp.definitions }]),
        ),
        dictionary,
      ),
      next.contributions,
    )`,
      },
    ],
  },
  drop: { says: 'a failed call is retried without end' },
  epoch: { says: 'the epoch comes from the stream, not from the deployment' },
  order: { says: 'a child shard, or the next stream, is read only after its parent is drained' },
  tie: {
    says: 'equal versions are ordered by content',
    edits: [{ file: 'shared/events/record.ts', from: 'return a.hash > b.hash;', to: 'return false;' }],
  },
  ttl: { says: 'entities do not expire' },
  hours: { says: 'when an hour expires is a function of the hour' },
  aside: {
    isBesideCells: true,
    says: 'what cannot be counted is in quarantine before its neighbours are written',
    edits: [
      {
        file: apply,
        from: '    if (folded.refused.length) await quarantineRefused(folded.refused);',
        to: '',
      },
      {
        file: apply,
        from: '  const done = {',
        to: `  try {
    if (folded.refused.length) await quarantineRefused(folded.refused);
  } catch (error) {
    return { retryFrom: firstSeq, errors: [error], refused: [], entities: 0 };
  }
  const done = {`,
      },
    ],
  },
  listed: {
    isBesideCells: true,
    says: 'a retry with less left to do does not replace the list of entities of the first attempt',
    edits: [{ file: 'shared/store/change-index.ts', from: `\`\${seq}.\${content}\``, to: 'seq + content.slice(8)' }],
  },
  chunk: {
    says: 'an update too long for one expression is cut between records, never between fields',
    edits: [
      ...narrow,
      {
        file: aggregates,
        from: 'of cut(deltas))',
        to: 'of Array.from({ length: Math.ceil(deltas.length / fieldsPerUpdate) }, (_, i) => deltas.slice(i * fieldsPerUpdate, (i + 1) * fieldsPerUpdate)))',
      },
    ],
  },
  unread: {
    says: 'an unprocessed key is an error, not an absent entity',
    edits: [{ file: entities, from: 'keys = answer.UnprocessedKeys?.[table.name]?.Keys ?? [];', to: 'keys = [];' }],
  },
} as const satisfies { [name: string]: Rule };

export type RuleName = keyof typeof rules;
export const ruleNames = Object.keys(rules) as RuleName[];
export const ruleOf = (name: RuleName): Rule => rules[name];
