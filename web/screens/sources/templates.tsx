/** What does a file of your own look like? A template of each table to download, and what its columns mean. */
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { say, sayIfKnown } from '../../formatting/say.ts';
import { type Template, useDownloadTemplate, useTemplates } from './use-own-files.ts';

/** Those that sellers fill in first. */
const first = ['costs', 'stock', 'reviews', 'creators'];

export const nameOfTable = (kind: string): string => sayIfKnown(`import.kind.${kind}`) ?? kind;

function OneTemplate({ template, onDownload }: { template: Template; onDownload: (name: string) => void }) {
  const { kind, columns } = template;
  return (
    <li className="grid grid-cols-1 gap-2 border-b border-line py-3 last:border-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <span className="text-sm font-medium">{nameOfTable(kind)}</span>
        <span className="flex gap-2">
          {(['xlsx', 'csv'] as const).map((form) => (
            <Button
              key={form}
              aria-label={say('template.download', { name: nameOfTable(kind), form: form.toUpperCase() })}
              onClick={() => onDownload(`${kind}.${form}`)}
            >
              <Download size={15} aria-hidden />
              {form.toUpperCase()}
            </Button>
          ))}
        </span>
      </div>
      <details className="text-sm">
        <summary className="cursor-pointer text-soft">{say('template.columns', { count: columns.length })}</summary>
        <dl lang="en" className="mt-2 grid gap-1 ps-4 text-xs break-words">
          {columns.map(({ name, isRequired, kind: holds, note }) => (
            <div key={name}>
              <dt className={`inline ${isRequired ? 'font-semibold' : ''}`}>{name}</dt>
              <dd className="inline text-soft"> {[holds, note].filter(Boolean).join('; ')}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}

export function Templates() {
  const [isOpen, setOpen] = useState(false);
  const list = useTemplates(isOpen);
  const download = useDownloadTemplate();
  const place = ({ kind }: Template): number => (first.includes(kind) ? first.indexOf(kind) : first.length);
  return (
    <details data-templates onToggle={(event) => setOpen(event.currentTarget.open)} className="text-sm">
      <summary className="cursor-pointer font-medium text-accent">{say('template.title')}</summary>
      <p className="mt-2 max-w-prose text-soft">{say('template.about')}</p>
      <FormErrors reason={download.error} />
      {isOpen && (
        <Loaded query={list} shape="h-40">
          {({ templates }) => (
            <ul>
              {templates
                .toSorted((a, b) => place(a) - place(b))
                .map((template) => (
                  <OneTemplate key={template.kind} template={template} onDownload={(name) => download.mutate(name)} />
                ))}
            </ul>
          )}
        </Loaded>
      )}
    </details>
  );
}
