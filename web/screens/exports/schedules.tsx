/** Which files are made by themselves? The list, a new one, and the end of one. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { headline } from '../../../shared/kpis/headline.ts';
import { type FormatName, formats } from '../../board/make-file.tsx';
import { useApi } from '../../data/api-context.tsx';
import { type ExportScheduleAnswer, ofCreator, useKpiTitle } from '../../data/queries.ts';
import { Button } from '../../parts/button.tsx';
import { Choice, fieldLook } from '../../parts/choice.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { lists, tellWhat } from './what.ts';

const cadences = [
  ['daily', 'Every day'],
  ['weekly', 'Every Monday'],
  ['monthly', 'Every first of the month'],
] as const;
const contents = [['headline', 'The headline numbers, by day'], ...lists] as const;
const hours = Array.from({ length: 24 }, (_, hour) => [String(hour), `from ${String(hour).padStart(2, '0')}:00`] as const);

/** Changes the schedules and looks at them again. */
function useChange<Given>(change: (api: ReturnType<typeof useApi>, path: string, given: Given) => Promise<unknown>) {
  const api = useApi();
  const client = useQueryClient();
  const { creatorId } = useCreator();
  const path = ofCreator(creatorId, '/export-schedules');
  return useMutation({
    mutationFn: (given: Given) => change(api, path, given),
    onSettled: () => client.invalidateQueries({ queryKey: [path] }),
  });
}

function Schedule({ schedule }: { schedule: ExportScheduleAnswer }) {
  const { id, cadence, hour, what, format, mailTo } = schedule;
  const titleOf = useKpiTitle();
  const end = useChange<string>((api, path, given) => api.send('DELETE', `${path}/${encodeURIComponent(given)}`));
  return (
    <li className="flex items-center justify-between gap-2 border-b border-line py-2 text-sm">
      <span className="min-w-0">
        {tellWhat(what, titleOf)}, {format}
        <span className="block text-xs text-soft">
          {cadences.find(([name]) => name === cadence)?.[1]} {hours[hour]?.[1]}
          {mailTo && `, mailed to ${mailTo}`}
        </span>
        {end.error && <span className="text-xs text-bad">{end.error.message}</span>}
      </span>
      <Button
        look="quiet"
        aria-label={`End the schedule ${tellWhat(what, titleOf)}`}
        disabled={end.isPending}
        onClick={() => end.mutate(id)}
      >
        <Trash2 size={15} aria-hidden />
      </Button>
    </li>
  );
}

export function Schedules({ schedules }: { schedules: ExportScheduleAnswer[] }) {
  const [cadence, setCadence] = useState<(typeof cadences)[number][0]>('weekly');
  const [content, setContent] = useState<(typeof contents)[number][0]>('headline');
  const [hour, setHour] = useState('6');
  const [format, setFormat] = useState<FormatName>('xlsx');
  const [mailTo, setMailTo] = useState('');
  const add = useChange<object>((api, path, given) => api.send('PUT', `${path}/${crypto.randomUUID()}`, given));
  const what = content === 'headline' ? { kpis: { names: headline, grain: 'day' } } : { entities: content };
  return (
    <div className="grid gap-3">
      {schedules.length > 0 ? (
        <ul>
          {schedules.map((schedule) => (
            <Schedule key={schedule.id} schedule={schedule} />
          ))}
        </ul>
      ) : (
        <p className="text-sm text-soft">None yet: a file of the day, week or month that has just ended can be made by itself.</p>
      )}
      <Choice label="What" isLabelled value={content} options={contents} onChange={setContent} />
      <div className="grid grid-cols-2 gap-3">
        <Choice label="How often" isLabelled value={cadence} options={cadences} onChange={setCadence} />
        <Choice label="Hour" isLabelled value={hour} options={hours} onChange={setHour} />
      </div>
      <Choice label="Format" isLabelled value={format} options={formats} onChange={setFormat} />
      <label className="block text-sm font-medium">
        Mail the link to (may be left empty)
        <input type="email" value={mailTo} onChange={(event) => setMailTo(event.target.value)} className={`${fieldLook} mt-1`} />
      </label>
      <Refusal reason={add.error} />
      <Button
        disabled={add.isPending}
        onClick={() => add.mutate({ cadence, hour: Number(hour), what, format, mailTo: mailTo.trim() || undefined })}
      >
        Schedule it
      </Button>
    </div>
  );
}
