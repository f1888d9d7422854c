/** How do a few numbers stand beside one another? As terms with what they come to, and a line below each. */
export interface Figure {
  title: string;
  value: string;
  /** How many it is made of, or how sure it is. */
  note?: string;
  isBad?: boolean;
}

export const Figures = ({ figures }: { figures: Figure[] }) => (
  <dl className="grid grid-cols-2 gap-4 md:grid-cols-4">
    {figures.map(({ title, value, note, isBad }) => (
      <div key={title} className="min-w-0">
        <dt className="text-sm text-soft [overflow-wrap:anywhere]">{title}</dt>
        <dd className={`text-lg font-semibold tabular-nums ${isBad ? 'text-bad' : ''}`}>{value}</dd>
        {note && <dd className="text-sm text-soft [overflow-wrap:anywhere]">{note}</dd>}
      </div>
    ))}
  </dl>
);
