/** Which files are made by themselves? The list, a new one, and the end of one. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Calendar } from '../../../shared/calendar.ts';
import { headline } from '../../../shared/kpis/headline.ts';
import { Button } from '../../components/button.tsx';
import { Choice, fieldLook } from '../../components/choice.tsx';
import { useCreator } from '../../components/creator.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import { type ExportScheduleAnswer, useKpiTitle } from '../../data/queries.ts';
import { formatWeekdayName } from '../../formatting/dates.ts';
import { formatFailure } from '../../formatting/refusals.ts';
import { say, sayEach } from '../../formatting/say.ts';
import { type FormatName, formats } from '../../kpi-dashboard/make-file.tsx';
import { mayChange, useSession } from '../../session/session-context.ts';
import { formatWhat, lists } from './what.ts';

const cadences = ['daily', 'weekly', 'monthly'] as const;
type Cadence = (typeof cadences)[number];

/** A weekly file is made on the day on which the creator's weeks begin. */
const formatCadence = (cadence: Cadence, { weekStart }: Calendar): string =>
  say(`cadence.${cadence}`, { weekday: formatWeekdayName(weekStart) });
const contents = [['headline', 'schedule.headline'], ...lists] as const;
const clockOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
const hours = Array.from({ length: 24 }, (_, hour) => [String(hour), clockOf(hour)] as const);

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

function Schedule({ schedule, isOurs }: { schedule: ExportScheduleAnswer; isOurs: boolean }) {
  const { calendar } = useCreator();
  const { id, cadence, hour, what, format, isMailed, mailTo } = schedule;
  const titleOf = useKpiTitle();
  const end = useChange<string>((api, path, given) => api.send('DELETE', `${path}/${encodeURIComponent(given)}`));
  return (
    <li className="flex items-center justify-between gap-2 border-b border-line py-2 text-sm">
      <span className="min-w-0">
        {formatWhat(what, titleOf)}, {format}
        <span className="block text-xs text-soft">
          {say(isMailed ? (mailTo ? 'schedule.whenMailedTo' : 'schedule.whenMailed') : 'schedule.when', {
            cadence: formatCadence(cadence, calendar),
            from: say('schedule.from', { time: clockOf(hour) }),
            address: mailTo,
          })}
        </span>
        {end.error && <span className="text-xs text-bad">{formatFailure(end.error)}</span>}
      </span>
      {isOurs && (
        <Button
          look="quiet"
          aria-label={say('schedule.end', { what: formatWhat(what, titleOf) })}
          disabled={end.isPending}
          onClick={() => end.mutate(id)}
        >
          <Trash2 size={15} aria-hidden />
        </Button>
      )}
    </li>
  );
}

function NewSchedule() {
  const [cadence, setCadence] = useState<Cadence>('weekly');
  const { calendar } = useCreator();
  const [content, setContent] = useState<(typeof contents)[number][0]>('headline');
  const [hour, setHour] = useState('6');
  const [format, setFormat] = useState<FormatName>('xlsx');
  const [mailTo, setMailTo] = useState('');
  const add = useChange<object>((api, path, given) => api.send('PUT', `${path}/${crypto.randomUUID()}`, given));
  const what = content === 'headline' ? { kpis: { names: headline, grain: 'day' } } : { entities: content };
  return (
    <div className="grid gap-3">
      <Choice label={say('schedule.what')} isLabelled value={content} options={sayEach(contents)} onChange={setContent} />
      <div className="grid grid-cols-2 gap-3">
        <Choice
          label={say('schedule.howOften')}
          isLabelled
          value={cadence}
          options={cadences.map((each) => [each, formatCadence(each, calendar)] as const)}
          onChange={setCadence}
        />
        <Choice label={say('schedule.hour')} isLabelled value={hour} options={hours} onChange={setHour} />
      </div>
      <Choice label={say('export.format')} isLabelled value={format} options={sayEach(formats)} onChange={setFormat} />
      <label className="block text-sm font-medium">
        {say('schedule.mailTo')}
        <input type="email" value={mailTo} onChange={(event) => setMailTo(event.target.value)} className={`${fieldLook} mt-1`} />
      </label>
      <FormErrors reason={add.error} />
      <Button
        disabled={add.isPending}
        onClick={() => add.mutate({ cadence, hour: Number(hour), what, format, mailTo: mailTo.trim() || undefined })}
      >
        {say('schedule.add')}
      </Button>
    </div>
  );
}

export function Schedules({ schedules }: { schedules: ExportScheduleAnswer[] }) {
  const { creatorId } = useCreator();
  // An analyst may look at a creator's schedules, not change them.
  const isOurs = mayChange(useSession(), creatorId);
  return (
    <div className="grid gap-3">
      {schedules.length > 0 ? (
        <ul>
          {schedules.map((schedule) => (
            <Schedule key={schedule.id} schedule={schedule} isOurs={isOurs} />
          ))}
        </ul>
      ) : (
        <p className="text-sm text-soft">{say('schedule.none')}</p>
      )}
      {isOurs ? <NewSchedule /> : <p className="text-sm text-soft">{say('schedule.notYours')}</p>}
    </div>
  );
}
