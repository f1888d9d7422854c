/** How does a seller get an empty file to fill in? As CSV with a note on its columns, and as a workbook with a sheet on them. */
import { existsSync, writeFileSync } from 'node:fs';
import { csvTemplate, templateNote, templates, xlsxTemplate } from '../shared/sources/csv/templates.ts';

const kinds = templates.map(({ kind }) => kind);

/** Writes the template of a table into the folder where the command is called; answers the exit code. */
export async function writeTemplate(kind: string | undefined): Promise<number> {
  const template = templates.find((each) => each.kind === kind);
  if (!template) {
    console.error(`Say which template: npm run import -- template ${kinds.join('|')}`);
    return 2;
  }
  const files: [string, string | Uint8Array][] = [
    [`${kind}.csv`, csvTemplate(template)],
    [`${kind}.txt`, templateNote(template)],
    [`${kind}.xlsx`, await xlsxTemplate(template)],
  ];
  const taken = files.find(([name]) => existsSync(name));
  if (taken) {
    console.error(
      `${taken[0]} is there already in ${process.cwd()}: take it away, or call this in another folder. Nothing was written.`,
    );
    return 1;
  }
  for (const [name, content] of files) writeFileSync(name, content, { flag: 'wx' });
  console.log(
    `${kind}.csv and ${kind}.xlsx hold the titles and an example; what each column means is in ${kind}.txt and on the second sheet. ` +
      `Fill one of them in, then: npm run import -- csv ${kind}.xlsx --creator <your id>, or drop it on the page Sources.`,
  );
  return 0;
}
