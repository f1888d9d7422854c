/** Which products sell, which come back? */
import { kpiDashboards } from '../../../shared/kpis/kpi-dashboards.ts';
import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';

export const Screen = () => <KpiDashboard title={say('screen.products')} {...kpiDashboards.products} />;
