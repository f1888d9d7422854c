/** Which tables and views have statements made, besides those of the template? They survive a restart. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../data-dir.ts';
import type { AthenaCatalog, LakeTable, LakeView } from './catalog.ts';
import { QueryError } from './errors.ts';

type Made = Pick<AthenaCatalog, 'tables' | 'views'>;

export interface SavedCatalog {
  /** The template's and the made ones together. */
  current(): AthenaCatalog;
  addTable(table: LakeTable): void;
  addView(view: LakeView, isReplacing: boolean): void;
  refuseTaken(database: string, name: string): void;
  drop(what: { what: 'table' | 'view'; database?: string; name: string; isOptional: boolean }, home: string): void;
}

/** Keeps what is made in `stateDir`, or in memory without it. What the template declares is not changed here. */
export function openSavedCatalog(template: AthenaCatalog, stateDir?: string): SavedCatalog {
  const file = stateDir && join(stateDir, 'catalog.json');
  if (stateDir) mkdirSync(stateDir, { recursive: true });
  const made: Made = file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Made) : { tables: [], views: [] };
  const save = (): void => {
    if (file) writeWhole(file, JSON.stringify(made));
  };
  const isNamed =
    (database: string, name: string) =>
    (each: { database: string; name: string }): boolean =>
      each.database === database && each.name === name;
  const refuseTemplate = (database: string, name: string): void => {
    if ([...template.tables, ...template.views].some(isNamed(database, name)))
      throw new QueryError('PERMISSION_DENIED', `${database}.${name} comes from the template: change it there`);
  };
  const refuseTaken = (database: string, name: string): void => {
    refuseTemplate(database, name);
    if ([...made.tables, ...made.views].some(isNamed(database, name)))
      throw new QueryError('TABLE_ALREADY_EXISTS', `Table 'awsdatacatalog.${database}.${name}' already exists`);
  };
  return {
    current: () => ({ ...template, tables: [...template.tables, ...made.tables], views: [...template.views, ...made.views] }),
    refuseTaken,
    addTable: (table) => {
      refuseTaken(table.database, table.name);
      made.tables.push(table);
      save();
    },
    addView: (view, isReplacing) => {
      refuseTemplate(view.database, view.name);
      if (!isReplacing) refuseTaken(view.database, view.name);
      made.views = [...made.views.filter((each) => !isNamed(view.database, view.name)(each)), view];
      save();
    },
    drop: ({ what, database = '', name, isOptional }, home) => {
      const place = database || home;
      refuseTemplate(place, name);
      const kind = what === 'table' ? 'tables' : 'views';
      const isThere = made[kind].some(isNamed(place, name));
      if (!isThere && !isOptional) throw new QueryError('TABLE_NOT_FOUND', `'awsdatacatalog.${place}.${name}' does not exist`);
      if (kind === 'tables') made.tables = made.tables.filter((each) => !isNamed(place, name)(each));
      else made.views = made.views.filter((each) => !isNamed(place, name)(each));
      save();
    },
  };
}
