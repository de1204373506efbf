import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import { errorShape } from '../bridge/client.ts';

export interface Toast { id: number; kind: 'info' | 'error'; title: string; body: string; action: { label: string; run: () => void } | null }
export interface Toasts {
  state: StoreApi<{ toasts: Toast[] }>;
  show(toast: Omit<Toast, 'id' | 'action'> & { action?: Toast['action'] }): void;
  /** Any failure as its sentence and remedy. */
  fail(error: unknown): void;
  dismiss(id: number): void;
}

const visible = 3;
const lifetimeMs = { info: 5_000, error: 12_000 };

export function createToasts(): Toasts {
  const state = createStore<{ toasts: Toast[] }>(() => ({ toasts: [] }));
  let nextId = 1;
  const dismiss = (id: number): void => { state.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })); };
  const show: Toasts['show'] = (toast) => {
    const id = nextId++;
    state.setState(({ toasts }) => ({ toasts: [...toasts.filter((t) => t.title !== toast.title || t.body !== toast.body), { action: null, ...toast, id }].slice(-visible) }));
    setTimeout(() => { dismiss(id); }, lifetimeMs[toast.kind]);
  };
  return {
    state, show, dismiss,
    fail(error) {
      const { code, sentence, remedy } = errorShape(error);
      // The banner across the window says this already.
      if (code === 'shell-gone') return;
      show({ kind: 'error', title: sentence, body: remedy });
    },
  };
}
