import type { ReactNode } from 'react';

export type Tone = 'grey' | 'blue' | 'red' | 'amber' | 'green';
export function Pill({ tone = 'grey', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`pill pill-${tone}`}>{children}</span>;
}

/** Stands before the name of a customer who could be taken for a colleague. */
export function CustomerMark({ text }: { text: string }) {
  return <span className="pill pill-amber customer-mark">{text}</span>;
}
