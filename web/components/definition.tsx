/** What does a number mean? Formula, time basis, source and freshness, one click away from it. */
import { Info } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { serverNow } from '../data/clock.ts';
import { type DictionaryKpi, useDictionary } from '../data/queries.ts';
import { ageOf, formatAge } from '../formatting/ages.ts';
import { formatInstant } from '../formatting/dates.ts';
import { duration } from '../formatting/numbers.ts';
import { say, sayIfKnown, sayList } from '../formatting/say.ts';
import { formatDimensionInside } from '../formatting/values.ts';
import { useCreator, useHref } from './creator.tsx';
import { Failure } from './failure.tsx';
import { Sheet } from './sheet.tsx';
import { Skeleton } from './skeleton.tsx';

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid grid-cols-[7rem_minmax(0,1fr)] gap-3 border-t border-line py-2 text-sm">
    <dt className="text-soft">{name}</dt>
    <dd>{children}</dd>
  </div>
);

/** What the dictionary says of a number. Its formula and who defined it stand in the API's English. */
export const DefinitionFacts = ({ kpi }: { kpi: DictionaryKpi }) => (
  <dl>
    <Fact name={say('definition.formula')}>
      <span lang="en">{kpi.formula}</span>
    </Fact>
    <Fact name={say('definition.countsOn')}>{sayIfKnown(`basis.${kpi.timeBasis}`) ?? kpi.timeBasis}</Fact>
    <Fact name={say('definition.better')}>{sayIfKnown(`definition.${kpi.better}`) ?? kpi.better}</Fact>
    <Fact name={say('definition.splitBy')}>
      {kpi.dimensions.length ? sayList(kpi.dimensions.map(formatDimensionInside)) : say('definition.noSplit')}
    </Fact>
    <Fact name={say('definition.definedBy')}>
      <span lang="en">{kpi.definedBy ?? say('app.name')}</span>
    </Fact>
    {kpi.restates && <Fact name={say('definition.restates')}>{say('definition.restatesWhy')}</Fact>}
    <Fact name={say('definition.name')}>
      <code className="text-xs">{kpi.name}</code>, {kpi.version}
    </Fact>
  </dl>
);

export interface FreshnessInfo {
  asOf: string | null;
  lagSeconds: number;
}

/** Seconds that what is new may wait without a word: it is counted every few. */
const worthSaying = 10;

/** Through when events are counted: an instant in the creator's zone, and its age. */
export function AsOf({ asOf, lagSeconds }: FreshnessInfo) {
  const { timeZone } = useCreator();
  if (!asOf) return say('fresh.none');
  return (
    <>
      {say('fresh.untilWithAge', { instant: formatInstant(asOf, timeZone), age: formatAge(ageOf(asOf, serverNow())) })}
      {lagSeconds >= worthSaying && ` ${say('fresh.waiting', { time: duration(lagSeconds) })}`}
    </>
  );
}

export function DefinitionSheet({ name, freshness, onClose }: { name: string; freshness?: FreshnessInfo; onClose: () => void }) {
  const { data, error, refetch } = useDictionary();
  const href = useHref();
  const kpi = data?.kpis.find((each) => each.name === name);
  return (
    <Sheet title={kpi?.title ?? say('definition.title')} onClose={onClose}>
      {kpi ? (
        <>
          <DefinitionFacts kpi={kpi} />
          {freshness && (
            <p className="border-t border-line pt-2 text-sm text-soft">
              <AsOf {...freshness} />
            </p>
          )}
          <p className="mt-4 flex flex-wrap gap-4 text-sm font-medium text-accent">
            <Link href={href(`kpi/${name}`)}>{say('definition.inDetail')}</Link>
            <Link href={href('dictionary')}>{say('definition.all')}</Link>
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
export function DefinitionButton({ name, title, freshness }: { name: string; title: string; freshness?: FreshnessInfo }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        aria-label={say('definition.of', { title })}
        className="relative z-10 grid size-6 place-items-center rounded-md text-soft hover:text-ink print:hidden"
      >
        <Info size={15} aria-hidden />
      </button>
      {isOpen && <DefinitionSheet name={name} onClose={() => setOpen(false)} {...(freshness ? { freshness } : {})} />}
    </>
  );
}
