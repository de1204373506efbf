import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { OutboxItem } from '../../contract/bridge.ts';
import type { Desk } from '../bridge/client.ts';
import { coalesce } from './coalesce.ts';
import type { Toasts } from './toasts.ts';
import { texts } from '../texts.ts';

/** Everything that waits to be sent, and the panel that shows it. */
export interface Outbox {
  state: StoreApi<{ items: OutboxItem[]; shown: boolean }>;
  show(): void;
  hide(): void;
  refresh(): void;
  retry(id: string): void;
  discard(id: string): void;
}

export function createOutbox(desk: Desk, toasts: Toasts): Outbox {
  const state = createStore<{ items: OutboxItem[]; shown: boolean }>(() => ({ items: [], shown: false }));
  const load = coalesce(async () => {
    try {
      state.setState({ items: await desk.call('outbox.list', {}) });
    } catch (error) {
      toasts.fail(error);
    }
  });
  const attempt = (run: Promise<unknown>, then?: () => void): void => { run.then(then, (error: unknown) => { toasts.fail(error); }); };
  return {
    state,
    show() { state.setState({ shown: true }); load(); },
    hide() { if (state.getState().shown) state.setState({ shown: false }); },
    refresh: load,
    retry(id) { attempt(desk.call('outbox.retry', { operation_id: id })); },
    discard(id) { attempt(desk.call('outbox.discard', { operation_id: id }), () => { toasts.show({ kind: 'info', title: texts.discarded, body: '' }); }); },
  };
}
