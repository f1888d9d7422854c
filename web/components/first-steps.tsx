/** How do the first numbers come in? By the screen Sources; behind it, commands that run as they stand, here or for a service elsewhere. */
import { useState } from 'react';
import { useConfig } from '../data/config-query.ts';
import { say } from '../formatting/say.ts';
import { importOwn, importSample, type Place, sampleFolder, sendOrder, startDemo } from '../session/commands.ts';
import { Button, buttonLook } from './button.tsx';
import { Card } from './card.tsx';
import { pathOf } from './creator.tsx';
import { Say } from './say.tsx';

const Step = ({ n, title, children }: { n: number; title: string; children: React.ReactNode }) => (
  <li className="flex gap-4">
    <span aria-hidden className="grid size-8 shrink-0 place-items-center rounded-full bg-accent-wash font-semibold text-accent">
      {n}
    </span>
    <div className="min-w-0 flex-1 pt-1">
      <h2 className="font-semibold">{title}</h2>
      <div className="mt-1 text-sm text-soft">{children}</div>
    </div>
  </li>
);

function Command({ children }: { children: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => void navigator.clipboard.writeText(children).then(() => setCopied(true));
  return (
    <div className="mt-2 flex items-start gap-2 rounded-lg bg-page p-2 ps-3">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0} data-command className="min-w-0 flex-1 overflow-x-auto py-1.5 text-start text-xs text-ink">
        {children}
      </pre>
      <Button
        look="quiet"
        className="shrink-0"
        onClick={copy}
        aria-label={say('first.copyWhat', { command: children.split('\n')[0] })}
      >
        {say(isCopied ? 'first.copied' : 'first.copy')}
      </Button>
    </div>
  );
}

const code = (text: string) => <code>{text}</code>;
const api = (text: string) => (
  <a href="/v1/docs" className="font-medium text-accent">
    {text}
  </a>
);

export interface FirstStepsProps {
  creatorId: string;
  /** Of a creator that is known. */
  currency?: string;
}

export function FirstSteps({ creatorId, currency }: FirstStepsProps) {
  const { data: config } = useConfig();
  const [now] = useState(() => new Date().toISOString());
  if (!config) return null;
  const place: Place = { origin: location.origin, dataDir: config.dataDir };
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const sender = { creatorId, currency, timeZone, now };
  const isHere = place.dataDir !== undefined;
  return (
    <Card>
      {currency !== undefined && (
        <div className="mb-6 grid justify-items-start gap-3">
          <p>{say('first.connect')}</p>
          <div className="flex flex-wrap gap-2">
            <a href={pathOf(creatorId, 'sources')} className={buttonLook('accent')}>
              {say('first.connectLink')}
            </a>
            <a href={pathOf(creatorId, 'sources')} className={buttonLook()}>
              {say('first.dropLink')}
            </a>
          </div>
        </div>
      )}
      <details>
        <summary className="text-sm font-medium">{say('first.commands')}</summary>
        <p className="mt-4 mb-5 text-sm text-soft">
          <Say id={isHere ? 'first.here' : 'first.elsewhere'} parts={{ code }} />
        </p>
        <ol className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <Step n={1} title={say('first.sampleTitle')}>
            {say('first.sample')}
            <Command>{importSample(place)}</Command>
          </Step>
          <Step n={2} title={say('first.ownTitle')}>
            <Say id="first.own" values={{ creatorId }} parts={{ code }} />
            <Command>{importOwn(place)}</Command>
          </Step>
          <Step n={3} title={say('first.programTitle')}>
            <Say id="first.program" parts={{ api }} />
            <Command>{sendOrder(place, sender)}</Command>
          </Step>
          {isHere && (
            <Step n={4} title={say('first.demoTitle')}>
              {say('first.demo')}
              <Command>{startDemo(place)}</Command>
            </Step>
          )}
        </ol>
        <p className="mt-6 text-xs text-soft">{say('first.sampleFolder', { folder: sampleFolder })}</p>
      </details>
    </Card>
  );
}
