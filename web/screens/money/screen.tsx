/** What was paid out, what was kept from it, and what was spent to sell? */
import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';
import { useTopic } from '../../kpi-dashboard/use-topic.ts';

export const Screen = () => (
  <KpiDashboard
    title={say('screen.money')}
    names={useTopic('finance')}
    dimensions={['feeKind', 'adjustmentKind', 'campaign', 'costKind', 'channel']}
  />
);
