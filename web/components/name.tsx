/** How is a name shown that anybody may have made up? As text, by its own direction; a long one is cut, and whole at the press of a button. */
import { type ReactNode, useState } from 'react';
import { say } from '../formatting/say.ts';

export interface NameProps {
  text: string;
  /** Puts the name into a link, beside which the button stands. */
  linked?: (name: ReactNode) => ReactNode;
}

/** What fits two lines of a phone. */
const long = 48;

export function Name({ text, linked = (name) => name }: NameProps) {
  const [isWhole, setWhole] = useState(false);
  const name = (
    <bdi dir="auto" className={`max-w-[28rem] min-w-[6rem] [overflow-wrap:anywhere] ${isWhole ? 'block' : 'line-clamp-2'}`}>
      {text}
    </bdi>
  );
  if (text.length <= long) return linked(name);
  return (
    <span className="flex items-start gap-1">
      {linked(name)}
      <button
        type="button"
        aria-expanded={isWhole}
        onClick={() => setWhole(!isWhole)}
        className="min-h-6 shrink-0 rounded-md border border-line px-1.5 text-xs text-soft hover:text-ink print:hidden"
      >
        {isWhole ? say('name.less') : say('name.whole')}
      </button>
    </span>
  );
}
