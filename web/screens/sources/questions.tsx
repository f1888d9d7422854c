/** What must a person say, because no file does? A field for each question. */
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Choice, fieldLook } from '../../components/choice.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { say } from '../../formatting/say.ts';
import { type ImportAnswers, type ImportJobAnswer, useStep } from './use-imports.ts';

const markets = ['US', 'ID', 'VN', 'TH', 'MY', 'PH', 'SG', 'BR', 'MX', 'GB'] as const satisfies NonNullable<
  ImportAnswers['market']
>[];

/** The name of a country in the language of the page. */
const countryOf = (code: string): string =>
  new Intl.DisplayNames(document.documentElement.lang, { type: 'region' }).of(code) ?? code;

export function Questions({ creatorId, job }: { creatorId: string; job: ImportJobAnswer }) {
  const [market, setMarket] = useState<(typeof markets)[number]>('US');
  const [zone, setZone] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const [exportedAt, setExportedAt] = useState('');
  const again = useStep(creatorId, job.id, 'survey');
  const answer = (event: FormEvent): void => {
    event.preventDefault();
    const said: ImportAnswers = {
      ...(job.questions.includes('market') ? { market } : {}),
      ...(job.questions.includes('zone') ? { zone } : {}),
      ...(job.questions.includes('exportedAt') && exportedAt ? { exportedAt: new Date(exportedAt).toISOString() } : {}),
    };
    again.mutate(said);
  };
  return (
    <form onSubmit={answer} className="grid max-w-md gap-3">
      {job.questions.includes('market') && (
        <Choice
          label={say('import.question.market')}
          isLabelled
          value={market}
          options={markets.map((code) => [code, countryOf(code)] as const)}
          onChange={setMarket}
        />
      )}
      {job.questions.includes('zone') && (
        <label className="block text-sm font-medium">
          {say('import.question.zone')}
          <input value={zone} onChange={(event) => setZone(event.target.value)} className={`${fieldLook} mt-1`} />
        </label>
      )}
      {job.questions.includes('exportedAt') && (
        <label className="block text-sm font-medium">
          {say('import.question.exportedAt')}
          <input
            type="datetime-local"
            required
            value={exportedAt}
            onChange={(event) => setExportedAt(event.target.value)}
            className={`${fieldLook} mt-1`}
          />
        </label>
      )}
      <FormErrors reason={again.error} />
      <Button type="submit" look="accent" disabled={again.isPending}>
        {say('import.answer')}
      </Button>
    </form>
  );
}
