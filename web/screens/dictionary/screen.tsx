/** What does every number mean? The dictionary as the service has it, to be searched. */

import { useDeferredValue, useState } from 'react';
import { Link } from 'wouter';
import { Card } from '../../components/card.tsx';
import { fieldLook } from '../../components/choice.tsx';
import { useHref } from '../../components/creator.tsx';
import { DefinitionFacts } from '../../components/definition.tsx';
import { Failure } from '../../components/failure.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Empty, Skeleton } from '../../components/skeleton.tsx';
import { useDictionary } from '../../data/queries.ts';
import { formatTopic } from '../../formatting/kpis.ts';
import { spoken } from '../../formatting/languages.ts';
import { say } from '../../formatting/say.ts';

export function Screen() {
  const { data, error, refetch } = useDictionary();
  const href = useHref();
  const [typed, setTyped] = useState('');
  const wanted = useDeferredValue(typed.trim().toLowerCase());
  const found =
    data?.kpis.filter(({ name, title, formula }) => `${name} ${title} ${formula}`.toLowerCase().includes(wanted)) ?? [];
  const topics = Map.groupBy(found, ({ topic }) => topic);
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <PageTitle title={say('screen.dictionary')} />
          <p className="text-sm text-soft">
            {say('dictionary.about', { version: data?.definitionVersion ?? '…' })}{' '}
            {spoken() !== 'en' && say('dictionary.english')}
          </p>
        </div>
        <label className="w-full text-sm font-medium sm:w-72 print:hidden">
          {say('dictionary.search')}
          <input type="search" value={typed} onChange={(event) => setTyped(event.target.value)} className={`${fieldLook} mt-1`} />
        </label>
      </div>
      {!data && (error ? <Failure reason={error} retry={() => void refetch()} /> : <Skeleton className="h-96" />)}
      {data && found.length === 0 && <Empty title={say('dictionary.none')}>{say('dictionary.noneWhy')}</Empty>}
      {[...topics].map(([topic, kpis]) => (
        <Card key={topic} title={formatTopic(topic)}>
          {kpis.map((kpi) => (
            <details key={kpi.name} className="group border-t border-line py-2 first-of-type:border-0">
              <summary className="grid list-none gap-x-4 sm:grid-cols-[16rem_1fr]">
                <span className="font-medium">{kpi.title}</span>
                <span lang="en" className="text-sm text-soft group-open:hidden">
                  {kpi.formula}
                </span>
              </summary>
              <div className="max-w-2xl pt-2">
                <DefinitionFacts kpi={kpi} />
                <Link href={href(`kpi/${kpi.name}`)} className="text-sm font-medium text-accent">
                  {say('definition.inDetail')}
                </Link>
              </div>
            </details>
          ))}
        </Card>
      ))}
    </>
  );
}
