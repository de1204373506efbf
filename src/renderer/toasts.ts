import { createStore, type StoreApi } from 'zustand/vanilla';
import { errorCode } from './bridge/client.ts';
import { texts } from './texts.ts';

interface ToastAction {
  label: string;
  run: () => void;
}
interface Toast {
  id: number;
  kind: 'info' | 'error';
  title: string;
  body: string;
  actions: ToastAction[];
}
export interface Toasts {
  state: StoreApi<{ toasts: Toast[] }>;
  /** `stays`: until it is dismissed or acted on, for what the agent must not miss. */
  show(toast: Omit<Toast, 'id' | 'actions'> & { actions?: ToastAction[]; stays?: boolean }): void;
  /** Any failure as its sentence and remedy. */
  fail(error: unknown): void;
  dismiss(id: number): void;
}

const visible = 3;
const lifetimeMs = { info: 5_000, error: 12_000 };
/** One that can be acted on has to be read first. */
const actableMs = 8_000;

export function createToasts(): Toasts {
  const state = createStore<{ toasts: Toast[] }>(() => ({ toasts: [] }));
  let nextId = 1;
  const dismiss = (id: number): void => {
    state.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
  };
  const show: Toasts['show'] = ({ stays = false, actions = [], ...toast }) => {
    const id = nextId++;
    state.setState(({ toasts }) => ({
      toasts: [
        ...toasts.filter((t) => t.title !== toast.title || t.body !== toast.body),
        { ...toast, actions, id },
      ].slice(-visible),
    }));
    if (!stays)
      setTimeout(
        () => {
          dismiss(id);
        },
        Math.max(lifetimeMs[toast.kind], actions.length > 0 ? actableMs : 0),
      );
  };
  return {
    state,
    show,
    dismiss,
    fail(error) {
      const code = errorCode(error);
      // The banner across the window says this already.
      if (code === 'shell-gone' || code === 'window-stale') return;
      const { sentence, remedy } = texts.errors[code];
      show({ kind: 'error', title: sentence, body: remedy });
    },
  };
}
