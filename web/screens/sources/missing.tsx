/** What has no source brought yet, and which numbers stay empty without it? */
import { Card } from '../../components/card.tsx';
import { useKpiTitle } from '../../data/queries.ts';
import { say, sayIfKnown, sayList } from '../../formatting/say.ts';
import type { MissingAnswer } from './use-sources.ts';

export function Missing({ missing }: { missing: MissingAnswer[] }) {
  const titleOf = useKpiTitle();
  return (
    <Card title={say('missing.title')}>
      <ul className="grid gap-3 text-sm">
        {missing.map(({ entity, kpis }) => (
          <li key={entity} data-missing={entity}>
            <p className="font-medium">{sayIfKnown(`missing.${entity}`) ?? entity}</p>
            {kpis.length > 0 && <p className="text-soft">{say('missing.kpis', { numbers: sayList(kpis.map(titleOf)) })}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
