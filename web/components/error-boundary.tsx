/** What is shown when the dashboard itself fails? Never a white page. */
import { Component, type ReactNode } from 'react';
import { formatFailure } from '../formatting/refusals.ts';
import { say } from '../formatting/say.ts';
import { Button } from './button.tsx';
import { WaysOn } from './outside.tsx';
import { Empty } from './skeleton.tsx';

/** The whole page: the dashboard could not begin, or a part of it threw. */
export const FailedPage = ({ reason }: { reason: unknown }) => (
  <div role="alert" className="grid min-h-[60dvh] place-items-center p-6">
    <Empty title={say('broken.title')}>
      <p>{formatFailure(reason)}</p>
      <div className="my-3">
        <Button onClick={() => location.reload()}>{say('broken.again')}</Button>
      </div>
      <WaysOn />
    </Empty>
  </div>
);

/** Catches what a component throws: React leaves no other way than a class. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { reason?: unknown }> {
  override state: { reason?: unknown } = {};

  static getDerivedStateFromError(reason: unknown): { reason: unknown } {
    return { reason };
  }

  override render(): ReactNode {
    return 'reason' in this.state ? <FailedPage reason={this.state.reason} /> : this.props.children;
  }
}
