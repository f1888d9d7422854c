/** What does every number mean? The dictionary as the service has it, to be searched. */

import { useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import { useDictionary } from '../../data/queries.ts';
import { Empty, Skeleton } from '../../parts/blank.tsx';
import { Card } from '../../parts/card.tsx';
import { fieldLook } from '../../parts/choice.tsx';
import { useHref } from '../../parts/creator.tsx';
import { DefinitionFacts } from '../../parts/definition.tsx';
import { Failure } from '../../parts/failure.tsx';
import { PageTitle } from '../../parts/page-title.tsx';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export function Screen() {
  const { data, error, refetch } = useDictionary();
  const href = useHref();
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  const found =
    data?.kpis.filter(({ name, title, formula }) => `${name} ${title} ${formula}`.toLowerCase().includes(wanted)) ?? [];
  const subjects = Map.groupBy(found, ({ subject }) => subject);
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <PageTitle title="KPI dictionary" />
          <p className="text-sm text-soft">
            What each number means, when it counts, and who defines it so. Version {data?.definitionVersion ?? '…'}.
          </p>
        </div>
        <label className="w-full text-sm font-medium sm:w-72 print:hidden">
          Search
          <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} className={`${fieldLook} mt-1`} />
        </label>
      </div>
      {!data && (error ? <Failure reason={error} retry={() => void refetch()} /> : <Skeleton className="h-96" />)}
      {data && found.length === 0 && <Empty title="No number matches">Search for a part of its name, title or formula.</Empty>}
      {[...subjects].map(([subject, kpis]) => (
        <Card key={subject} title={capital(subject)}>
          {kpis.map((kpi) => (
            <details key={kpi.name} className="group border-t border-line py-2 first-of-type:border-0">
              <summary className="grid list-none gap-x-4 sm:grid-cols-[16rem_1fr]">
                <span className="font-medium">{kpi.title}</span>
                <span className="text-sm text-soft group-open:hidden">{kpi.formula}</span>
              </summary>
              <div className="max-w-2xl pt-2">
                <DefinitionFacts kpi={kpi} />
                <Link href={href(`kpi/${kpi.name}`)} className="text-sm font-medium text-accent">
                  The number in detail
                </Link>
              </div>
            </details>
          ))}
        </Card>
      ))}
    </>
  );
}
