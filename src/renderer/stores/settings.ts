import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Settings } from '../../contract/bridge.ts';
import type { Desk } from '../bridge/client.ts';
import type { Toasts } from './toasts.ts';

/** The agent's own settings and the dialog that shows them. */
export interface SettingsStore {
  state: StoreApi<{ shown: boolean; settings: Settings | null }>;
  show(): void;
  hide(): void;
  set(settings: Settings): void;
  clear(): void;
}

export function createSettings(desk: Desk, toasts: Toasts): SettingsStore {
  const state = createStore<{ shown: boolean; settings: Settings | null }>(() => ({ shown: false, settings: null }));
  /** `before`: what holds again when the desk refuses. */
  const take = (asked: Promise<Settings>, before: Settings | null): void => {
    asked.then((settings) => { state.setState({ settings }); }, (error: unknown) => { state.setState({ settings: before }); toasts.fail(error); });
  };
  return {
    state,
    show() { state.setState({ shown: true }); take(desk.call('settings.get', {}), null); },
    clear() { state.setState({ shown: false, settings: null }); },
    hide() { state.setState({ shown: false }); },
    set(settings) {
      const before = state.getState().settings;
      state.setState({ settings });
      take(desk.call('settings.set', settings), before);
    },
  };
}
