/** What is shown when the dashboard itself fails? Never a white page. */
import { Component, type ReactNode } from 'react';
import { Empty } from './blank.tsx';
import { Button } from './button.tsx';

/** The whole page: the dashboard could not begin, or a part of it threw. */
export const Broken = ({ reason }: { reason: unknown }) => (
  <main role="alert" className="grid min-h-[60dvh] place-items-center p-6">
    <Empty title="This page could not be shown">
      <p>{reason instanceof Error ? reason.message : String(reason)}</p>
      <Button className="mt-3" onClick={() => location.reload()}>
        Load it again
      </Button>
    </Empty>
  </main>
);

/** Catches what a component throws: React leaves no other way than a class. */
export class Boundary extends Component<{ children: ReactNode }, { reason?: unknown }> {
  override state: { reason?: unknown } = {};

  static getDerivedStateFromError(reason: unknown): { reason: unknown } {
    return { reason };
  }

  override render(): ReactNode {
    return 'reason' in this.state ? <Broken reason={this.state.reason} /> : this.props.children;
  }
}
