/** How are name, zone and the rest of the profile changed? */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { fieldLook } from '../../components/choice.tsx';
import { useCreator } from '../../components/creator.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { Notice } from '../../components/notice.tsx';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import type { ProfileAnswer } from '../../data/queries.ts';
import { say } from '../../formatting/say.ts';
import { mayChange, useSession } from '../../session/session-context.ts';
import { CalendarFields, CountryField } from './calendar-fields.tsx';
import { Field } from './field.tsx';

const zones = Intl.supportedValuesOf('timeZone');

/** The profile as the API takes it: what is empty is left out. */
function bodyOf(form: FormData, { currency, tier, preferences }: ProfileAnswer): object {
  const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined;
  return {
    name: text('name'),
    email: text('email'),
    timeZone: text('timeZone'),
    currency,
    tier: tier ?? undefined,
    category: text('category'),
    country: text('country'),
    benchmarkConsent: form.get('benchmarkConsent') === 'on',
    preferences: { ...preferences, weekStart: text('weekStart'), fiscalYearStart: Number(text('fiscalYearStart')) },
  };
}

export function ProfileForm() {
  const { profile, creatorId } = useCreator();
  const api = useApi();
  const client = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  const isOwn = mayChange(useSession(), creatorId);
  const save = useMutation({
    mutationFn: (body: object) => api.send<ProfileAnswer>('PUT', ofCreator(creatorId), body),
    onSuccess: () => {
      setSaved(true);
      return client.invalidateQueries({ queryKey: [ofCreator(creatorId)] });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setSaved(false);
    save.mutate(bodyOf(new FormData(event.currentTarget), profile));
  };
  return (
    <form onSubmit={submit} className="on-paper">
      <fieldset disabled={!isOwn} className="grid gap-4">
        <Field label={say('profile.name')}>
          <input name="name" required maxLength={200} defaultValue={profile.name} className={fieldLook} />
        </Field>
        <Field label={say('profile.email')}>
          <input name="email" type="email" autoComplete="email" defaultValue={profile.email} className={fieldLook} />
        </Field>
        <Field label={say('profile.timeZone')} about={say('profile.timeZoneWhy')}>
          <select name="timeZone" defaultValue={profile.timeZone} className={fieldLook}>
            {[...new Set([profile.timeZone, ...zones, 'UTC'])].map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        </Field>
        <Field label={say('profile.currency')} about={say('profile.currencyWhy')}>
          <input value={profile.currency} readOnly disabled className={fieldLook} />
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field label={say('profile.category')}>
            <input name="category" maxLength={200} defaultValue={profile.category ?? ''} className={fieldLook} />
          </Field>
          <CountryField />
        </div>
        <CalendarFields />
        <label className="flex items-start gap-2.5 text-sm">
          <input
            type="checkbox"
            name="benchmarkConsent"
            defaultChecked={profile.benchmarkConsent}
            className="mt-1 accent-accent"
          />
          {say('profile.consent')}
        </label>
        <FormErrors reason={save.error} />
        {isSaved && <Notice>{say('saved')}</Notice>}
        {isOwn ? (
          <Button type="submit" look="accent" disabled={save.isPending} className="justify-self-start">
            {say(save.isPending ? 'saving' : 'save')}
          </Button>
        ) : (
          <p className="text-sm text-soft">{say('profile.notYours')}</p>
        )}
      </fieldset>
    </form>
  );
}
