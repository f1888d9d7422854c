/** Do the sources deliver, and how late? */

import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';
import { useTopic } from '../../kpi-dashboard/use-topic.ts';

export const Screen = () => (
  <KpiDashboard title={say('screen.operations')} names={useTopic('operations')} dimensions={['source', 'failure']} />
);
