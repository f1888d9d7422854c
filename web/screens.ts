/** Which screens are there? One line a screen; each lives in a folder of its own and is loaded when it is first looked at. */
import {
  BookOpen,
  Download,
  Hash,
  LayoutDashboard,
  List,
  type LucideIcon,
  Package,
  Server,
  Settings,
  Smile,
  TrendingUp,
  Truck,
} from 'lucide-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

interface ScreenModule {
  Screen: ComponentType;
}

export interface Screen {
  path: string;
  title: string;
  Icon: LucideIcon;
  load: () => Promise<ScreenModule>;
  Body: LazyExoticComponent<ComponentType>;
}

function screen(path: string, title: string, Icon: LucideIcon, load: () => Promise<ScreenModule>): Screen {
  return { path, title, Icon, load, Body: lazy(async () => ({ default: (await load()).Screen })) };
}

/** In the order of the menu. */
export const screens: Screen[] = [
  screen('overview', 'Overview', LayoutDashboard, () => import('./screens/overview/screen.tsx')),
  screen('sales', 'Sales', TrendingUp, () => import('./screens/sales/screen.tsx')),
  screen('products', 'Products', Package, () => import('./screens/products/screen.tsx')),
  screen('shipping', 'Shipping', Truck, () => import('./screens/shipping/screen.tsx')),
  screen('satisfaction', 'Satisfaction', Smile, () => import('./screens/satisfaction/screen.tsx')),
  screen('operations', 'Operations', Server, () => import('./screens/operations/screen.tsx')),
  screen('exports', 'Exports', Download, () => import('./screens/exports/screen.tsx')),
  screen('dictionary', 'KPI dictionary', BookOpen, () => import('./screens/dictionary/screen.tsx')),
  screen('settings', 'Settings', Settings, () => import('./screens/settings/screen.tsx')),
];

/** Reached from a number, not from the menu. */
export const detailScreens: Screen[] = [
  screen('kpi/:name', 'The number', Hash, () => import('./screens/kpi/screen.tsx')),
  screen('rows', 'Rows', List, () => import('./screens/rows/screen.tsx')),
];

/** Begins to load what an address will need, while the session is still being opened. */
export function preload(path: string): void {
  const name = path.split('/')[3] ?? 'overview';
  void [...screens, ...detailScreens].find((each) => each.path.split('/')[0] === name)?.load();
}
