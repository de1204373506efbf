import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SyncDetail } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { coalesce } from '../../kit/coalesce.ts';

interface State {
  detail: SyncDetail | null;
  /** On the window's monotonic clock: when the next attempt is due. */ nextAttemptAt:
    | number
    | null;
}

/** Where sync stands in detail, asked for only while someone looks. */
export interface SyncDetails {
  state: StoreApi<State>;
  /** Asks at once and repeatedly after that, until the returned function is called. */
  watch(): () => void;
  /** Tries now instead of at the next planned attempt. */
  retry(): void;
  clear(): void;
}

const everyMs = 2_000;

export function createSyncDetails(desk: Desk): SyncDetails {
  const state = createStore<State>(() => ({ detail: null, nextAttemptAt: null }));
  const ask = coalesce(async () => {
    const detail = await desk.call('sync.detail', {}).catch(() => null);
    const wait = detail?.state.next_attempt_in ?? null;
    state.setState({ detail, nextAttemptAt: wait === null ? null : performance.now() + wait });
  });
  return {
    state,
    watch() {
      ask();
      const timer = setInterval(ask, everyMs);
      return () => {
        clearInterval(timer);
      };
    },
    clear() {
      state.setState({ detail: null, nextAttemptAt: null });
    },
    // Signed out there is nothing to try; any other failure shows as the state that it leaves.
    retry() {
      desk.call('sync.retry', {}).then(ask, () => undefined);
    },
  };
}
