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
          <h1 className="text-xl font-semibold tracking-tight sm:text-2xl">KPI dictionary</h1>
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
        <section key={subject} aria-labelledby={`subject-${subject}`}>
          <h2 id={`subject-${subject}`} className="mb-3 text-base font-semibold">
            {capital(subject)}
          </h2>
          <div className="grid gap-4 md:grid-cols-2 2xl:grid-cols-3">
            {kpis.map((kpi) => (
              <Card key={kpi.name} className="!pb-2">
                <h3 className="mb-2 font-semibold">
                  <Link href={href(`kpi/${kpi.name}`)} className="underline-offset-2 hover:underline">
                    {kpi.title}
                  </Link>
                </h3>
                <DefinitionFacts kpi={kpi} />
              </Card>
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
