/** What was left out, and why? A line each, with examples that name file, row, column and remedy. */
import type { SurveyAnswer } from '../../../shared/api/imports.ts';
import { say } from '../../formatting/say.ts';

export function Counts({ title, counts, isBad = false }: { title: string; counts: SurveyAnswer['wrong']; isBad?: boolean }) {
  if (counts.length === 0) return null;
  return (
    <details open={isBad} className="text-sm">
      <summary className={`cursor-pointer font-medium ${isBad ? 'text-bad' : ''}`}>
        {say('import.countOf', { what: title, count: counts.reduce((sum, { count }) => sum + count, 0) })}
      </summary>
      <ul lang="en" className="mt-2 grid gap-2 ps-4">
        {counts.map(({ what, count, examples }) => (
          <li key={what}>
            {say('import.countOf', { what, count })}
            <ul className="text-xs break-words text-soft">
              {examples.map((example) => (
                <li key={example}>{example}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}
