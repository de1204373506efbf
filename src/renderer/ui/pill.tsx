import type { ReactNode } from 'react';

export type Tone = 'grey' | 'blue' | 'red' | 'amber' | 'green';
export function Pill({ tone = 'grey', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`pill pill-${tone}`}>{children}</span>;
}
