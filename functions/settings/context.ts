/** What do the routes of settings work with? */
import type { Table } from '../../shared/store/table.ts';

export interface SettingsContext {
  table: Table;
}
