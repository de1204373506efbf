import { createStore } from 'zustand/vanilla';

export interface Toast {
  id: number;
  tone: 'good' | 'bad';
  text: string;
}

const shownMs = 5_000;

/** Short notices about what has just happened, at most three. */
export const toasts = createStore<{ shown: Toast[] }>(() => ({ shown: [] }));
let last = 0;

export function tell(tone: Toast['tone'], text: string): void {
  last += 1;
  const id = last;
  toasts.setState(({ shown }) => ({ shown: [...shown.slice(-2), { id, tone, text }] }));
  setTimeout(() => {
    dismiss(id);
  }, shownMs);
}

export function dismiss(id: number): void {
  toasts.setState(({ shown }) => ({ shown: shown.filter((toast) => toast.id !== id) }));
}
