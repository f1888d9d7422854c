/** Did it leave in time, and did it arrive in time? */
import { kpiDashboards } from '../../../shared/kpis/kpi-dashboards.ts';
import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';

export const Screen = () => <KpiDashboard title={say('screen.shipping')} {...kpiDashboards.shipping} />;
