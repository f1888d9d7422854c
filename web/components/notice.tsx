/** How is the reader told that something is not as usual? */
import { AlertTriangle, Info } from 'lucide-react';
import type { ReactNode } from 'react';

const tones = {
  note: { box: 'bg-accent-wash text-accent', Icon: Info },
  warn: { box: 'bg-warn-wash text-warn', Icon: AlertTriangle },
  bad: { box: 'bg-bad-wash text-bad', Icon: AlertTriangle },
} as const;

export interface NoticeProps {
  tone?: keyof typeof tones;
  children: ReactNode;
  action?: ReactNode;
}

/** One line above what it is about; said aloud when it appears. */
export function Notice({ tone = 'note', children, action }: NoticeProps) {
  const { box, Icon } = tones[tone];
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg px-4 py-2.5 text-sm ${box}`}
    >
      <Icon size={16} aria-hidden className="shrink-0" />
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
