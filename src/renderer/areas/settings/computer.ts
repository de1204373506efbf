import { createStore, type StoreApi } from 'zustand/vanilla';
import type { About, Storage } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { texts } from '../../texts.ts';
import type { Toasts } from '../../toasts.ts';

interface State {
  storage: Storage | null;
  about: About | null;
  clearing: boolean;
}

/**
 * The data that Staffdesk has on this computer, and the versions of its parts; asked for when
 * someone looks.
 */
export interface Computer {
  state: StoreApi<State>;
  askStorage(): void;
  askAbout(): void;
  /** Removes the copy of the server and loads it again. */
  clearCopy(): Promise<void>;
  clear(): void;
}

export function createComputer(desk: Desk, toasts: Toasts): Computer {
  const state = createStore<State>(() => ({ storage: null, about: null, clearing: false }));
  const askStorage = (): void => {
    desk.call('storage.get', {}).then((storage) => {
      state.setState({ storage });
    }, toasts.fail);
  };
  return {
    state,
    askStorage,
    askAbout() {
      desk.call('about.get', {}).then((about) => {
        state.setState({ about });
      }, toasts.fail);
    },
    clear() {
      state.setState({ storage: null, about: null, clearing: false });
    },
    async clearCopy() {
      state.setState({ clearing: true });
      try {
        await desk.call('storage.clear', {});
        toasts.show({ kind: 'info', ...texts.storage.cleared });
      } catch (error) {
        toasts.fail(error);
      } finally {
        state.setState({ clearing: false });
        askStorage();
      }
    },
  };
}
