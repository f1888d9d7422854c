/** What was sold, for how much, and what came back? */
import { kpiDashboards } from '../../../shared/kpis/kpi-dashboards.ts';
import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';

export const Screen = () => <KpiDashboard title={say('screen.sales')} {...kpiDashboards.sales} />;
