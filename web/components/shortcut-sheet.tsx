/** Which shortcuts are there, and are they on? */
import { useState } from 'react';
import { say } from '../formatting/say.ts';
import { screens } from '../screens.ts';
import { Sheet } from './sheet.tsx';
import { actionKeys, actionTitles, areShortcutsOn, keepShortcuts, screenKeys } from './shortcut-keys.ts';

const Key = ({ children }: { children: string }) => (
  <kbd className="rounded-md border border-line-strong bg-page px-1.5 py-0.5 font-mono text-xs">{children}</kbd>
);

const Row = ({ keys, title }: { keys: string[]; title: string }) => (
  <div className="flex items-baseline justify-between gap-4 border-b border-line py-1.5 last:border-0">
    <dt>{title}</dt>
    <dd className="flex gap-1">
      {keys.map((key) => (
        <Key key={key}>{key}</Key>
      ))}
    </dd>
  </div>
);

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const [isOn, setOn] = useState(areShortcutsOn);
  return (
    <Sheet title={say('shortcuts.title')} onClose={onClose}>
      <dl className="text-sm">
        {Object.entries(actionKeys).map(([key, action]) => (
          <Row key={key} keys={[key]} title={say(actionTitles[action])} />
        ))}
        {Object.entries(screenKeys).flatMap(([key, path]) => {
          const screen = screens.find((each) => each.path === path);
          return screen ? [<Row key={key} keys={['g', key]} title={say('shortcuts.go', { screen: say(screen.title) })} />] : [];
        })}
      </dl>
      <label className="mt-4 flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          checked={isOn}
          onChange={({ target }) => {
            keepShortcuts(target.checked);
            setOn(target.checked);
          }}
          className="mt-1 accent-accent"
        />
        <span>
          {say('shortcuts.on')}
          <span className="block text-xs text-soft">{say('shortcuts.about')}</span>
        </span>
      </label>
    </Sheet>
  );
}
