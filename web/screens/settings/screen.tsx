/** What can be set? The profile that the numbers are counted by, saved views, and how the dashboard looks. */

import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { LanguageChoice } from '../../components/language-choice.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { SavedViewList } from '../../components/saved-view-list.tsx';
import { formatInstant } from '../../formatting/dates.ts';
import { say } from '../../formatting/say.ts';
import { CalendarEntries } from './calendar.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Theme } from './theme.tsx';

export function Screen() {
  const { profile, timeZone } = useCreator();
  return (
    <>
      <PageTitle title={say('screen.settings')} />
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title={say('settings.profile')}>
          <ProfileForm />
        </Card>
        <div className="grid content-start gap-5">
          <Card title={say('calendar.heading')}>
            <CalendarEntries />
          </Card>
          <Card title={say('settings.views')}>
            <SavedViewList />
          </Card>
          <Card title={say('settings.appearance')}>
            <div className="grid gap-4">
              <LanguageChoice isLabelled />
              <Theme />
            </div>
          </Card>
          <Card title={say('settings.zones')}>
            <ul className="text-sm">
              {profile.zones.map(({ from, zone }) => (
                <li key={from} className="flex justify-between gap-3 py-1">
                  <span>{zone}</span>
                  <span className="text-soft">
                    {from ? say('settings.zoneSince', { instant: formatInstant(from, timeZone) }) : say('settings.zoneAlways')}
                  </span>
                </li>
              ))}
            </ul>
            <p className="mt-2 text-sm text-soft">{say('settings.zonesWhy')}</p>
          </Card>
        </div>
      </div>
    </>
  );
}
