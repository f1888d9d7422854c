/** What does a statement become for DuckDB, and which tables does it read? */
import type { AthenaCatalog, LakeTable } from './catalog.ts';
import { QueryError } from './errors.ts';
import { filesOf } from './files.ts';
import type { FindRelation } from './from.ts';
import { printQuery } from './query.ts';
import { type Relation, typeOf } from './relations.ts';
import { type Parse, parseOne } from './statement.ts';
import { type Node, quoteName } from './syntax.ts';

export interface Compiled {
  sql: string;
  relations: Relation[];
}

const deepest = 20;

/** Writes a query for DuckDB. Its files are those of this moment; views are written out where they are named. */
export function compile(parse: Parse, query: Node, catalog: AthenaCatalog, database: string, storageDir: string): Compiled {
  const relations = new Map<LakeTable, Relation>();
  const finder =
    (home: string, depth: number): FindRelation =>
    (named, name) => {
      const place = named ?? home;
      const isNamed = (each: { database: string; name: string }): boolean => each.database === place && each.name === name;
      const table = catalog.tables.find(isNamed);
      if (table) return `SELECT * FROM ${relationFor(table).view}`;
      const view = catalog.views.find(isNamed);
      if (!view) throw new QueryError('TABLE_NOT_FOUND', `Table 'awsdatacatalog.${place}.${name}' does not exist`);
      if (depth > deepest) throw new QueryError('INVALID_VIEW', `View ${name} is defined by itself`);
      const rows = printQuery(parseOne(parse, view.sql), finder(view.database, depth + 1));
      const columns = view.columns.map(
        (column) => `CAST(${quoteName(column.name)} AS ${typeOf(column.type).type}) AS ${quoteName(column.name)}`,
      );
      return `SELECT ${columns.join(', ') || '*'} FROM (${rows})`;
    };
  const relationFor = (table: LakeTable): Relation => {
    const known = relations.get(table);
    if (known) return known;
    const made = { table, files: filesOf(storageDir, table), view: `temp.main.relation_${relations.size}` };
    relations.set(table, made);
    return made;
  };
  return { sql: printQuery(query, finder(database, 0)), relations: [...relations.values()] };
}
