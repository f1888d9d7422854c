/** Which screens are there? One line a screen; each lives in a folder of its own and is loaded when it is first looked at. */
import {
  BookOpen,
  Download,
  FileUp,
  HandCoins,
  Hash,
  LayoutDashboard,
  List,
  type LucideIcon,
  Package,
  Server,
  Settings,
  Smile,
  Target,
  Telescope,
  TrendingUp,
  Truck,
  Users,
  Video,
  Wallet,
  Warehouse,
} from 'lucide-react';
import { type ComponentType, createElement, lazy, useState } from 'react';
import type { MessageId } from './formatting/say.ts';

interface ScreenModule {
  Screen: ComponentType;
}

export interface Screen {
  path: string;
  /** The message that names it. */
  title: MessageId;
  Icon: LucideIcon;
  load: () => Promise<ScreenModule>;
  Body: ComponentType;
}

function screen(path: string, title: MessageId, Icon: LucideIcon, loadModule: () => Promise<ScreenModule>): Screen {
  let loaded: ComponentType | undefined;
  const load = async (): Promise<ScreenModule> => {
    const module = await loadModule();
    loaded = module.Screen;
    return module;
  };
  const Lazy = lazy(async () => ({ default: (await load()).Screen }));
  // What is loaded is shown at once: a lazy component first shows that it is waited for, and React keeps that up for a while.
  const Body = () => createElement(useState(() => loaded ?? Lazy)[0]);
  return { path, title, Icon, load, Body };
}

/** In the order of the menu. */
export const screens: Screen[] = [
  screen('overview', 'screen.overview', LayoutDashboard, () => import('./screens/overview/screen.tsx')),
  screen('sales', 'screen.sales', TrendingUp, () => import('./screens/sales/screen.tsx')),
  screen('profit', 'screen.profit', Wallet, () => import('./screens/profit/screen.tsx')),
  screen('money', 'screen.money', HandCoins, () => import('./screens/money/screen.tsx')),
  screen('content', 'screen.content', Video, () => import('./screens/content/screen.tsx')),
  screen('goals', 'screen.goals', Target, () => import('./screens/goals/screen.tsx')),
  screen('forecast', 'screen.forecast', Telescope, () => import('./screens/forecast/screen.tsx')),
  screen('customers', 'screen.customers', Users, () => import('./screens/customers/screen.tsx')),
  screen('stock', 'screen.stock', Warehouse, () => import('./screens/stock/screen.tsx')),
  screen('products', 'screen.products', Package, () => import('./screens/products/screen.tsx')),
  screen('shipping', 'screen.shipping', Truck, () => import('./screens/shipping/screen.tsx')),
  screen('satisfaction', 'screen.satisfaction', Smile, () => import('./screens/satisfaction/screen.tsx')),
  screen('operations', 'screen.operations', Server, () => import('./screens/operations/screen.tsx')),
  screen('sources', 'screen.sources', FileUp, () => import('./screens/sources/screen.tsx')),
  screen('exports', 'screen.exports', Download, () => import('./screens/exports/screen.tsx')),
  screen('dictionary', 'screen.dictionary', BookOpen, () => import('./screens/dictionary/screen.tsx')),
  screen('settings', 'screen.settings', Settings, () => import('./screens/settings/screen.tsx')),
];

/** Reached from a number, not from the menu. */
export const detailScreens: Screen[] = [
  screen('kpi/:name', 'screen.kpi', Hash, () => import('./screens/kpi/screen.tsx')),
  screen('rows', 'screen.rows', List, () => import('./screens/rows/screen.tsx')),
];

/** Begins to load what an address will need, while the session is still being opened; whoever shows it is told of a failure. */
export async function preload(path: string): Promise<void> {
  const name = path.split('/')[3] ?? 'overview';
  const found = [...screens, ...detailScreens].find((each) => each.path.split('/')[0] === name);
  await found?.load().catch(() => {});
}
