/** What could not be counted, of all shops, and what does an operator do about it? */
import { useDeferredValue, useState } from 'react';
import type { HeldRecord } from '../../shared/api/quarantine.ts';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { fieldLook } from '../components/choice.tsx';
import { DataTable } from '../components/data-table.tsx';
import { FormErrors } from '../components/form-errors.tsx';
import { Loaded } from '../components/loaded.tsx';
import { Logo } from '../components/logo.tsx';
import { Notice } from '../components/notice.tsx';
import { Sheet } from '../components/sheet.tsx';
import { Empty } from '../components/skeleton.tsx';
import { formatInstant } from '../formatting/dates.ts';
import { say } from '../formatting/say.ts';
import { useHeldRecord, useQuarantine, useRepair } from './use-quarantine.ts';

/** As many as the API takes at once. */
const atOnce = 100;
const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

function Record({ id, onClose }: { id: string; onClose: () => void }) {
  return (
    <Sheet title={say('quarantine.record', { id })} onClose={onClose}>
      <Loaded query={useHeldRecord(id)} shape="h-40">
        {({ reason, event }) => (
          <div className="grid grid-cols-1 gap-3 text-sm">
            <p lang="en" className="break-words">
              {reason}
            </p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
            <pre lang="en" tabIndex={0} className="overflow-x-auto rounded-lg bg-page p-3 text-start text-xs">
              {event === null ? say('quarantine.unreadable') : JSON.stringify(event, null, 2)}
            </pre>
          </div>
        )}
      </Loaded>
    </Sheet>
  );
}

interface TableProps {
  records: HeldRecord[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onLook: (id: string) => void;
}

function Records({ records, chosen, onChoose, onLook }: TableProps) {
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <DataTable
      caption={say('quarantine.title')}
      rows={records}
      keyOf={({ id }) => id}
      columns={[
        {
          title: say('quarantine.subject'),
          cell: ({ id, creatorId, subject }) => (
            <label className="flex items-start gap-2">
              <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} className="mt-1 accent-accent" />
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <bdi>{subject ?? say('quarantine.unreadable')}</bdi>
                <span className="block text-xs text-soft">
                  <bdi>{creatorId ?? '–'}</bdi>
                </span>
              </span>
            </label>
          ),
        },
        {
          title: say('quarantine.reason'),
          cell: ({ reason }) => (
            <span lang="en" className="text-xs [overflow-wrap:anywhere]">
              {reason.slice(0, 200)}
            </span>
          ),
        },
        { title: say('quarantine.accepted'), isWide: true, cell: ({ acceptedAt }) => formatInstant(acceptedAt, timeZone) },
        {
          title: <span className="sr-only">{say('quarantine.look')}</span>,
          isNumber: true,
          cell: ({ id }) => (
            <Button onClick={() => onLook(id)} aria-label={say('quarantine.lookAt', { id })}>
              {say('quarantine.look')}
            </Button>
          ),
        },
      ]}
    />
  );
}

/** What is done with those chosen; discarding asks once more. */
function Repairs({ ids, onDone }: { ids: string[]; onDone: () => void }) {
  const [isSure, setSure] = useState(false);
  const replay = useRepair('replay');
  const discard = useRepair('discard');
  const isBusy = replay.isPending || discard.isPending || ids.length === 0;
  const done = { onSuccess: onDone, onSettled: () => setSure(false) };
  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap gap-2">
        <Button look="accent" disabled={isBusy} onClick={() => replay.mutate(ids, done)}>
          {say('quarantine.replay', { count: ids.length })}
        </Button>
        <Button disabled={isBusy} onClick={() => (isSure ? discard.mutate(ids, done) : setSure(true))}>
          {say(isSure ? 'quarantine.discardSure' : 'quarantine.discard', { count: ids.length })}
        </Button>
      </div>
      <FormErrors reason={replay.error ?? discard.error} />
      {replay.data && <Notice>{say('quarantine.replayed', { count: replay.data.replayed })}</Notice>}
      {discard.data && <Notice>{say('quarantine.discarded', { count: discard.data.discarded })}</Notice>}
      {(replay.data ?? discard.data)?.left.map(({ id, why }) => (
        <Notice key={id} tone="warn">
          <span lang="en" className="break-words">
            {id}: {why}
          </span>
        </Notice>
      ))}
    </div>
  );
}

export function Quarantine() {
  const [reason, setReason] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [looked, setLooked] = useState<string>();
  const query = useQuarantine(useDeferredValue(reason.trim()));
  return (
    <main className="mx-auto grid max-w-5xl grid-cols-1 gap-5 p-4 pt-10">
      <div className="flex items-center justify-between gap-3">
        <Logo />
        <a href="/" className="text-sm font-medium text-accent">
          {say('quarantine.back')}
        </a>
      </div>
      <div>
        <h1 className="text-xl font-semibold">{say('quarantine.title')}</h1>
        <p className="text-sm text-soft">{say('quarantine.about')}</p>
      </div>
      <Card>
        <div className="grid grid-cols-1 gap-4">
          <label className="block max-w-md text-sm font-medium">
            {say('quarantine.find')}
            <input
              type="search"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              className={`${fieldLook} mt-1`}
            />
          </label>
          <Loaded query={query} shape="h-48">
            {({ records, hasMore }) => {
              const ids = records.flatMap(({ id }) => (chosen.has(id) ? [id] : [])).slice(0, atOnce);
              return (
                <>
                  <Repairs ids={ids} onDone={() => setChosen(new Set())} />
                  {records.length === 0 ? (
                    <Empty title={say('quarantine.noneTitle')}>{say('quarantine.none')}</Empty>
                  ) : (
                    <Records records={records} chosen={chosen} onChoose={setChosen} onLook={setLooked} />
                  )}
                  {hasMore && <Notice tone="warn">{say('quarantine.more', { count: records.length })}</Notice>}
                </>
              );
            }}
          </Loaded>
        </div>
      </Card>
      {looked !== undefined && <Record id={looked} onClose={() => setLooked(undefined)} />}
    </main>
  );
}
