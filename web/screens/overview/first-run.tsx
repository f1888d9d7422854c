/** What is there to do when no number has come in yet? */

import { Card } from '../../parts/card.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { PageTitle } from '../../parts/page-title.tsx';

const Step = ({ n, title, children }: { n: number; title: string; children: React.ReactNode }) => (
  <li className="flex gap-4">
    <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-wash font-semibold text-accent">
      {n}
    </span>
    <div className="min-w-0 pt-1">
      <h2 className="font-semibold">{title}</h2>
      <div className="mt-1 text-sm text-soft">{children}</div>
    </div>
  </li>
);
const Command = ({ children }: { children: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
  <pre tabIndex={0} className="mt-2 overflow-x-auto rounded-lg bg-page p-3 text-xs text-ink">
    {children}
  </pre>
);

export function FirstRun() {
  const { creatorId, name } = useCreator();
  return (
    <>
      <div>
        <PageTitle title={`Welcome, ${name}`} />
        <p className="text-soft">Nothing is connected yet. Three ways to see your first numbers:</p>
      </div>
      <Card>
        <ol className="grid gap-6">
          <Step n={1} title="Bring a file">
            An export of your orders as CSV becomes events; columns are found by their names.
            <Command>npm run import -- csv your-orders.csv</Command>
          </Step>
          <Step n={2} title="Send events">
            Any program can post them; every field is described on{' '}
            <a href="/v1/docs" className="font-medium text-accent">
              the API’s page
            </a>
            .<Command>{`POST /v1/events   { "subject": "order/1", "creatorid": "${creatorId}", … }`}</Command>
          </Step>
          <Step n={3} title="Look at real shops first">
            The demo has three, with a year behind them and orders coming in.
            <Command>npm start -- --data-dir .demo</Command>
          </Step>
        </ol>
      </Card>
    </>
  );
}
