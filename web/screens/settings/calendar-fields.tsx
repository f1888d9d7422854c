/** Which country, and how is time cut there? Chosen from lists: what is typed is too easily another country's code. */
import { weekStarts } from '../../../shared/calendar.ts';
import { countryCodes } from '../../../shared/countries.ts';
import { fieldLook } from '../../components/choice.tsx';
import { useCreator } from '../../components/creator.tsx';
import { formatMonthName, formatWeekdayName } from '../../formatting/dates.ts';
import { locale, say } from '../../formatting/say.ts';
import { Field } from './field.tsx';

/** Codes with their names in the reader's language, in its alphabet's order. */
function namedCountries(): [string, string][] {
  const names = new Intl.DisplayNames(locale(), { type: 'region' });
  return countryCodes
    .map((code): [string, string] => [code, names.of(code) ?? code])
    .sort(([, a], [, b]) => a.localeCompare(b, locale()));
}

const months = Array.from({ length: 12 }, (_, i) => i + 1);

export function CountryField() {
  const { profile } = useCreator();
  return (
    <Field label={say('settings.country')}>
      <select name="country" defaultValue={profile.country ?? ''} className={fieldLook}>
        <option value="">{say('settings.countryNone')}</option>
        {namedCountries().map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  );
}

export function CalendarFields() {
  const { calendar } = useCreator();
  return (
    <div className="grid grid-cols-2 gap-4">
      <Field label={say('settings.weekStart')} about={say('settings.weekStartAbout')}>
        <select name="weekStart" defaultValue={calendar.weekStart} className={fieldLook}>
          {weekStarts.map((day) => (
            <option key={day} value={day}>
              {formatWeekdayName(day)}
            </option>
          ))}
        </select>
      </Field>
      <Field label={say('settings.fiscalYearStart')} about={say('settings.fiscalYearStartAbout')}>
        <select name="fiscalYearStart" defaultValue={calendar.fiscalYearStart} className={fieldLook}>
          {months.map((month) => (
            <option key={month} value={month}>
              {formatMonthName(month)}
            </option>
          ))}
        </select>
      </Field>
    </div>
  );
}
