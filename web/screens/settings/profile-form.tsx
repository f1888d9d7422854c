/** How are name, zone and the rest of the profile changed? */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useApi } from '../../data/api-context.tsx';
import { ofCreator, type ProfileAnswer } from '../../data/queries.ts';
import { Button } from '../../parts/button.tsx';
import { fieldLook } from '../../parts/choice.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Refusal } from '../../parts/refusal.tsx';
import { mayChange, useSession } from '../../session/session-context.ts';

const zones = Intl.supportedValuesOf('timeZone');

const Field = ({ label, children, about }: { label: string; children: ReactNode; about?: string }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is in children
  <label className="block text-sm font-medium">
    {label}
    <span className="mt-1 block font-normal">{children}</span>
    {about && <span className="mt-1 block text-xs font-normal text-soft">{about}</span>}
  </label>
);

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
    country: text('country')?.toUpperCase(),
    benchmarkConsent: form.get('benchmarkConsent') === 'on',
    preferences,
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
    <form onSubmit={submit}>
      <fieldset disabled={!isOwn} className="grid gap-4">
        <Field label="Name">
          <input name="name" required maxLength={200} defaultValue={profile.name} className={fieldLook} />
        </Field>
        <Field label="E-mail">
          <input name="email" type="email" autoComplete="email" defaultValue={profile.email} className={fieldLook} />
        </Field>
        <Field label="Time zone" about="Decides on which day an order counts, from the change on.">
          <select name="timeZone" defaultValue={profile.timeZone} className={fieldLook}>
            {[...new Set([profile.timeZone, ...zones, 'UTC'])].map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        </Field>
        <Field label="Currency" about="A shop’s currency never changes: its numbers are kept in it.">
          <input value={profile.currency} readOnly disabled className={fieldLook} />
        </Field>
        <div className="grid grid-cols-2 gap-4">
          <Field label="Category">
            <input name="category" maxLength={200} defaultValue={profile.category ?? ''} className={fieldLook} />
          </Field>
          <Field label="Country" about="Two letters, such as US.">
            <input
              name="country"
              pattern="[A-Za-z]{2}"
              maxLength={2}
              defaultValue={profile.country ?? ''}
              className={fieldLook}
            />
          </Field>
        </div>
        <label className="flex items-start gap-2.5 text-sm">
          <input
            type="checkbox"
            name="benchmarkConsent"
            defaultChecked={profile.benchmarkConsent}
            className="mt-1 accent-accent"
          />
          My numbers may be counted, without name, in comparisons with shops like mine.
        </label>
        <Refusal reason={save.error} />
        {isSaved && <Notice>Saved.</Notice>}
        {isOwn ? (
          <Button type="submit" look="accent" disabled={save.isPending} className="justify-self-start">
            {save.isPending ? 'Saving …' : 'Save'}
          </Button>
        ) : (
          <p className="text-sm text-soft">Only the creator changes the profile.</p>
        )}
      </fieldset>
    </form>
  );
}
