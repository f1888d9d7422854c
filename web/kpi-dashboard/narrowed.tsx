/** To what is the page narrowed, how is that undone, and which numbers cannot be? */
import { X } from 'lucide-react';
import { Link } from 'wouter';
import { buttonLook } from '../components/button.tsx';
import { useCreator } from '../components/creator.tsx';
import { Empty } from '../components/skeleton.tsx';
import { type DictionaryKpi, useProductTitles } from '../data/queries.ts';
import { say } from '../formatting/say.ts';
import { formatDimensionInside, formatValue } from '../formatting/values.ts';
import { useView } from '../view/use-view.ts';

/** One for each value; pressed, it is taken away. */
export function FilterChips() {
  const { creatorId } = useCreator();
  const { view, hrefWith } = useView();
  const { where } = view;
  const titles = useProductTitles(creatorId, where?.dimension === 'product' ? where.values : []);
  if (!where) return null;
  const { dimension, values } = where;
  const without = (value: string) => {
    const left = values.filter((each) => each !== value);
    return left.length ? { dimension, values: left } : undefined;
  };
  return (
    <ul className="flex flex-wrap items-center gap-2 text-sm" aria-label={say('where.title')}>
      {values.map((value) => {
        const name = formatValue(dimension, value, titles);
        return (
          <li key={value} className="max-w-full min-w-0">
            <Link
              href={hrefWith({ where: without(value) })}
              aria-label={say('where.remove', { dimension: formatDimensionInside(dimension), value: name })}
              className="inline-flex min-h-9 max-w-full items-center gap-1.5 rounded-full bg-accent-wash px-3 py-1 text-accent"
            >
              <span className="truncate">
                {formatDimensionInside(dimension)}: <bdi className="font-medium">{name}</bdi>
              </span>
              <X size={14} aria-hidden className="shrink-0 print:hidden" />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** In the place of a card: the number is not kept by what the page is narrowed by. */
export function NotNarrowed({ kpi }: { kpi: DictionaryKpi }) {
  const { view } = useView();
  return (
    <article className="card min-w-0 rounded-card border border-dashed border-line p-4" data-not-narrowed={kpi.name}>
      <h2 className="text-sm leading-tight text-soft">{kpi.title}</h2>
      <p className="mt-2 text-sm text-soft">
        {say('where.notKept', { dimension: formatDimensionInside(view.where?.dimension ?? '') })}
      </p>
    </article>
  );
}

/** No number of the screen is kept so. */
export function NothingNarrowed() {
  const { view, hrefWith } = useView();
  return (
    <Empty title={say('where.nothing', { dimension: formatDimensionInside(view.where?.dimension ?? '') })}>
      <Link href={hrefWith({ where: undefined })} className={`${buttonLook('accent')} mt-3`}>
        {say('where.clear')}
      </Link>
    </Empty>
  );
}
