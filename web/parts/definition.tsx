/** What does a number mean? Formula, time basis, source and standing, one click away from it. */
import { Info } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { serverNow } from '../data/clock.ts';
import { type DictionaryKpi, useDictionary } from '../data/queries.ts';
import { ageOf, tellAge } from '../words/ages.ts';
import { tellInstant } from '../words/dates.ts';
import { Skeleton } from './blank.tsx';
import { useCreator, useHref } from './creator.tsx';
import { Failure } from './failure.tsx';
import { Sheet } from './sheet.tsx';

const units: Record<string, string> = { money: 'money', count: 'a count', ratio: 'a share', seconds: 'a time' };
const betters: Record<string, string> = { up: 'More is better', down: 'Less is better', neither: 'Neither is better' };

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid grid-cols-[7rem_1fr] gap-3 border-t border-line py-2 text-sm">
    <dt className="text-soft">{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** What the dictionary says of a KPI. */
export const DefinitionFacts = ({ kpi }: { kpi: DictionaryKpi }) => (
  <dl>
    <Fact name="Formula">{kpi.formula}</Fact>
    <Fact name="Counts when">{kpi.timeBasis}</Fact>
    <Fact name="Is">
      {units[kpi.unit] ?? kpi.unit}. {betters[kpi.better]}.
    </Fact>
    <Fact name="Split by">{kpi.dimensions.join(', ') || 'nothing'}</Fact>
    <Fact name="Defined so by">{kpi.definedBy ?? 'Creator Analytics'}</Fact>
    {kpi.restates && <Fact name="Restates">Later events change closed days, by design.</Fact>}
    <Fact name="Name, version">
      <code className="text-xs">{kpi.name}</code>, {kpi.version}
    </Fact>
  </dl>
);

export interface Standing {
  asOf: string | null;
  lagSeconds: number;
}

/** Through when events are counted: an instant in the creator's zone, and its age. */
export function AsOf({ asOf, lagSeconds }: Standing) {
  const { timeZone } = useCreator();
  if (!asOf) return <>No event has arrived yet.</>;
  return (
    <>
      Everything that arrived until {tellInstant(asOf, timeZone)} ({tellAge(ageOf(asOf, serverNow()))})
      {lagSeconds > 0 && `; newer events wait since ${Math.round(lagSeconds)} s`}
    </>
  );
}

export function DefinitionSheet({ name, standing, onClose }: { name: string; standing?: Standing; onClose: () => void }) {
  const { data, error, refetch } = useDictionary();
  const href = useHref();
  const kpi = data?.kpis.find((each) => each.name === name);
  return (
    <Sheet title={kpi?.title ?? 'Definition'} onClose={onClose}>
      {kpi ? (
        <>
          <DefinitionFacts kpi={kpi} />
          {standing && (
            <p className="border-t border-line pt-2 text-sm text-soft">
              <AsOf {...standing} />
            </p>
          )}
          <p className="mt-4 flex flex-wrap gap-4 text-sm font-medium text-accent">
            <Link href={href(`kpi/${name}`)}>The number in detail</Link>
            <Link href={href('dictionary')}>All definitions</Link>
          </p>
        </>
      ) : error ? (
        <Failure reason={error} retry={() => void refetch()} />
      ) : (
        <Skeleton className="h-48" />
      )}
    </Sheet>
  );
}

/** The button beside a number that opens its definition. */
export function DefinitionButton({ name, title, standing }: { name: string; title: string; standing?: Standing }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={`What ${title} means`}
        className="relative z-10 grid size-6 place-items-center rounded-md text-soft hover:text-ink print:hidden"
      >
        <Info size={15} aria-hidden />
      </button>
      {isOpen && <DefinitionSheet name={name} onClose={() => setOpen(false)} {...(standing ? { standing } : {})} />}
    </>
  );
}
