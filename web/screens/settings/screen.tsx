/** What can be set? The profile that the numbers are counted by, saved views, and how the dashboard looks. */

import { Card } from '../../parts/card.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { tellInstant } from '../../words/dates.ts';
import { ProfileForm } from './profile-form.tsx';
import { Theme } from './theme.tsx';
import { Views } from './views.tsx';

export function Screen() {
  const { profile, timeZone } = useCreator();
  return (
    <>
      <PageTitle title="Settings" />
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title="Profile">
          <ProfileForm />
        </Card>
        <div className="grid content-start gap-5">
          <Card title="Saved views">
            <Views />
          </Card>
          <Card title="Appearance">
            <Theme />
          </Card>
          <Card title="Time zones so far">
            <ul className="text-sm">
              {profile.zones.map(({ from, zone }) => (
                <li key={from} className="flex justify-between gap-3 py-1">
                  <span>{zone}</span>
                  <span className="text-soft">{from ? `since ${tellInstant(from, timeZone)}` : 'from the beginning'}</span>
                </li>
              ))}
            </ul>
            <p className="mt-2 text-sm text-soft">
              Days that were counted stay where they are: a new zone counts from its change on.
            </p>
          </Card>
        </div>
      </div>
    </>
  );
}
