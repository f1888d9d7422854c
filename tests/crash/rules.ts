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
const entities = 'shared/store/entities.ts';
const fold = 'shared/fold/fold.ts';
const merge = 'shared/store/merge.ts';
const pages = 'shared/store/pages.ts';
const append = 'shared/store/append.ts';
const pending = 'shared/store/pending.ts';

/** Merges soon and splits pages soon, so that small worlds do both; not a rule. */
export const narrow: Edit[] = [
  { file: merge, from: 'export const mergedAt = 128;', to: 'export const mergedAt = 3;' },
  { file: pages, from: 'const mostBytes = 100_000;', to: 'const mostBytes = 130;' },
];

export const rules = {
  appendedFirst: {
    says: 'what a batch changes is appended before any entity is written',
    edits: [
      {
        file: apply,
        from: '    if (newest) await appendChanges(',
        to: `    const early = await eachLimit(changed, callsAtOnce, ([root, { steps }]) =>
      putChanged(table, partition, root, steps, judged),
    );
    if (early.length) return { retryFrom: firstSeq, errors: [], refused, entities: 0 };
    if (newest) await appendChanges(`,
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
  pageCond: {
    says: 'a page is put only over the one that was read',
    edits: [
      ...narrow,
      { file: pages, from: `'w = :seen AND attribute_not_exists(isSplit)'`, to: `'w = :seen OR attribute_exists(w)'` },
    ],
  },
  watermark: {
    says: 'a page takes of what is pending only what is behind its watermark',
    edits: [
      ...narrow,
      { file: merge, from: 'entries.filter(({ seq }) => seq > page.watermark)', to: 'entries.filter(() => true)' },
    ],
  },
  mergedLast: {
    says: 'the mark of what is merged moves when every page is put',
    edits: [
      ...narrow,
      {
        file: merge,
        from: '  await putChangeLists(table, partition, pending, through);',
        to: '  await markMerged(table, partition, pending.marks);\n  await putChangeLists(table, partition, pending, through);',
      },
    ],
  },
  partsFirst: {
    says: 'a page says that it is split when its parts are there',
    edits: [
      ...narrow,
      {
        file: pages,
        from: '  // Parts that an earlier attempt left are older, or the same.',
        to: '  if (own?.isSplit) await writeIf(table, new PutItemCommand({ TableName: table.name, Item: own }));',
      },
    ],
  },
  partCond: {
    says: 'a part that was merged since is not put back by a split that comes late',
    edits: [
      ...narrow,
      {
        file: pages,
        from: `'attribute_not_exists(w) OR w < :w'`,
        to: `'attribute_not_exists(w) OR w < :w OR attribute_exists(w)'`,
      },
    ],
  },
  once: {
    says: 'a record that stands in two pending items counts once',
    edits: [
      ...narrow,
      {
        file: pending,
        from: '!changes.has(seq) && !isVoid(one)) changes.set(seq, one)',
        to: `!isVoid(one)) changes.set(\`\${seq} \${changes.size}\`, one)`,
      },
    ],
  },
  tailCond: {
    says: 'a batch is put into an item only over what was read of it',
    edits: [
      {
        file: append,
        from: "'batches = :known AND attribute_not_exists(closed)'",
        to: "'batches = :known OR attribute_exists(pk)'",
      },
    ],
  },
  made: {
    says: 'an item that others have put batches into is not made again',
    edits: [{ file: append, from: "'attribute_not_exists(pk)'", to: "'attribute_not_exists(pk) OR attribute_exists(pk)'" }],
  },
  tailRead: {
    says: 'the item that the next batch is put into is read after a merge too',
    edits: [
      ...narrow,
      { file: merge, from: '?? items.at(-1))?.key', to: `?? { key: \`Q#\${through}~\` })?.key` },
      { file: 'shared/store/partition.ts', from: 'last && textOf(last.sk) >= stored.pendingFrom ? last : undefined', to: 'last' },
    ],
  },
  kept: { says: 'what is pending does not go before it is merged' },
  skip: {
    says: 'a newer version is stored though nothing it contributes has changed',
    edits: [
      {
        file: fold,
        from: '    // A record that the store refused counts nothing',
        to: '    if (!deltas.length) continue;\n    // A record that the store refused counts nothing',
      },
    ],
  },
  failSeq: {
    says: 'what is sent again begins at the first record not durable at its entity',
    edits: [
      {
        file: apply,
        from: 'const retryFrom = earliest(unwritten.map(({ item: [, { first }] }) => first));',
        to: 'const retryFrom = earliest(unwritten.map(({ item: [, { entity }] }) => entity.seq));',
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
    says: 'changes are kept per record, so that a batch cut anew leaves out what is there already',
    edits: [
      ...narrow,
      { file: fold, from: 'folded.changes.push({ seq,', to: 'folded.changes.push({ seq: records.at(-1)?.seq ?? seq,' },
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
  aside: {
    isBesideCells: true,
    says: 'what cannot be counted is in quarantine before its neighbours are written',
    edits: [
      {
        file: apply,
        from: '  if (folded.refused.length) await quarantineRefused(folded.refused);',
        to: '',
      },
      {
        file: apply,
        from: '  const errors: unknown[] = waiting ? [waiting] : [];',
        to: `  try {
    if (folded.refused.length) await work.quarantineRefused(folded.refused);
  } catch (error) {
    return { retryFrom: firstSeq, errors: [error], refused: [], entities: 0 };
  }
  const errors: unknown[] = waiting ? [waiting] : [];`,
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
