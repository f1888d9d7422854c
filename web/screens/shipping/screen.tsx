/** Did it leave in time, did it arrive in time, and what did that cost? */
import { kpiDashboards } from '../../../shared/kpis/kpi-dashboards.ts';
import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';
import { Parcels } from './parcels.tsx';

export const Screen = () => (
  <>
    <KpiDashboard title={say('screen.shipping')} {...kpiDashboards.shipping} />
    <Parcels />
  </>
);
