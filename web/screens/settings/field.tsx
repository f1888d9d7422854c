/** How does a field of a form look? Its label above, what it means below. */
import type { ReactNode } from 'react';

export const Field = ({ label, children, about }: { label: string; children: ReactNode; about?: string }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is in children
  <label className="block text-sm font-medium">
    {label}
    <span className="mt-1 block font-normal">{children}</span>
    {about && <span className="mt-1 block text-xs font-normal text-soft">{about}</span>}
  </label>
);
