/** Which videos, LIVEs and affiliates sell, and which paid for their samples? */
import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';
import { useTopic } from '../../kpi-dashboard/use-topic.ts';
import { Samples } from './samples.tsx';

export const Screen = () => (
  <>
    <KpiDashboard
      title={say('screen.content')}
      names={useTopic('content')}
      dimensions={['content', 'contentKind', 'affiliate', 'product', 'channel']}
    />
    <Samples />
  </>
);
