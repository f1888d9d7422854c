/** What would confirming change, and where is what was left out? Counted before anything is written. */
import type { SurveyAnswer } from '../../../shared/api/imports.ts';
import { say, sayIfKnown, sayList } from '../../formatting/say.ts';
import { nameOfTable } from './templates.tsx';
import { useRefusedFiles } from './use-own-files.ts';

const kinds = ['created', 'changed', 'unchanged', 'older'] as const;

export function ChangeCounts({ changes = [] }: { changes: SurveyAnswer['changes'] }) {
  if (changes.length === 0) return null;
  return (
    <ul data-changes className="grid gap-1 text-sm">
      {changes.map(({ entity, ...counts }) => (
        <li key={entity}>
          {say('import.changes', {
            what: sayIfKnown(`import.entity.${entity}`) ?? entity,
            counts: sayList(
              kinds.flatMap((kind) => (counts[kind] ? [say(`import.change.${kind}`, { count: counts[kind] })] : [])),
            ),
          })}
        </li>
      ))}
    </ul>
  );
}

/** Files of the rows that were left out, each with what is wrong. */
export function RefusedFiles({ creatorId, id, files = [] }: { creatorId: string; id: string; files?: string[] | undefined }) {
  const { data } = useRefusedFiles(creatorId, id, files.length > 0);
  if (!data || data.files.length === 0) return null;
  return (
    <p className="text-sm">
      {say('import.refusedFiles')}{' '}
      {data.files.map(({ name, url }) => (
        <a key={name} href={url} download={name} data-refused className="me-3 text-accent underline">
          {say('import.refusedFile', { name: nameOfTable(name.replace(/\.csv$/, '')) })}
        </a>
      ))}
    </p>
  );
}
