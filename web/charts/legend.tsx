/** Which line of a chart is which? */

export const Legend = ({ now, before }: { now: string; before: string }) => (
  <>
    <span className="flex items-center gap-1.5">
      <span aria-hidden className="h-2.5 w-2.5 rounded-sm bg-chart" /> {now}
    </span>
    <span className="flex items-center gap-1.5">
      <span aria-hidden className="h-0 w-4 border-t-2 border-dashed border-chart-then" /> {before}
    </span>
  </>
);
