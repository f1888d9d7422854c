/** How far do orders come, do the sources deliver, and how late? */

import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';
import { useTopic } from '../../kpi-dashboard/use-topic.ts';
import { OperationsCards } from './cards.tsx';

export const Screen = () => (
  <>
    <KpiDashboard title={say('screen.operations')} names={useTopic('operations')} dimensions={['source', 'failure']} />
    <OperationsCards />
  </>
);
