/** Which subjects of KPIs are there? Read off the files that declare one, so that a new subject is one file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SubjectFile {
  file: string;
  /** Names of the subjects it declares: `export const sales = subject({`. */
  names: string[];
}

const lineWidth = 130;
const isDeclaring = (file: string): boolean =>
  file.endsWith('.ts') && !['subjects.ts', 'language.ts', 'dictionary.ts'].includes(file);

/** Files of a folder that declare subjects, by name. */
export function findSubjects(folder: string): SubjectFile[] {
  return readdirSync(folder)
    .filter(isDeclaring)
    .sort()
    .map((file) => ({
      file,
      names: [...readFileSync(join(folder, file), 'utf8').matchAll(/^export const (\w+)(?:: KpiSubject)? = subject\(/gm)].map(
        (match) => String(match[1]),
      ),
    }))
    .filter(({ names }) => names.length > 0);
}

/** The registry that the dictionary is built from, as the formatter would leave it. */
export function writeRegistry(files: SubjectFile[]): string {
  const imports = [
    { file: 'language.ts', text: "import type { KpiSubject } from './language.ts';" },
    ...files.map(({ file, names }) => ({ file, text: `import { ${names.join(', ')} } from './${file}';` })),
  ].sort((a, b) => (a.file < b.file ? -1 : 1));
  const names = files.flatMap((each) => each.names);
  const line = `export const subjects: KpiSubject[] = [${names.join(', ')}];`;
  const list =
    line.length <= lineWidth
      ? line
      : `export const subjects: KpiSubject[] = [\n${names.map((name) => `  ${name},\n`).join('')}];`;
  return [
    '/** Which subjects are there? Written by `npm run generate` from the files of this folder that declare one. */',
    ...imports.map(({ text }) => text),
    '',
    list,
    '',
  ].join('\n');
}
