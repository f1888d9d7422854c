/** Are buyers content, and which products disappoint them? */
import { kpiDashboards } from '../../../shared/kpis/kpi-dashboards.ts';
import { say } from '../../formatting/say.ts';
import { KpiDashboard } from '../../kpi-dashboard/kpi-dashboard.tsx';
import { ReviewedProducts } from './products.tsx';

export const Screen = () => (
  <>
    <KpiDashboard title={say('screen.satisfaction')} {...kpiDashboards.satisfaction} />
    <ReviewedProducts />
  </>
);
