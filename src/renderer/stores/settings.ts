import type { StoreApi } from 'zustand/vanilla';
import { createStore } from 'zustand/vanilla';
import type { Settings, SettingsChange } from '../../contract/bridge.ts';
import type { Desk } from '../bridge/client.ts';
import type { Toasts } from './toasts.ts';

/** The agent's own settings, read when they sign in, and the dialog that shows them. */
export interface SettingsStore {
  state: StoreApi<{ shown: boolean; settings: Settings | null }>;
  load(): void;
  show(): void;
  hide(): void;
  set(change: SettingsChange): void;
  clear(): void;
}

export function createSettings(desk: Desk, toasts: Toasts): SettingsStore {
  const state = createStore<{ shown: boolean; settings: Settings | null }>(() => ({ shown: false, settings: null }));
  /** `before`: what holds again when the desk refuses. */
  const take = (asked: Promise<Settings>, before: Settings | null): void => {
    asked.then((settings) => { state.setState({ settings }); }, (error: unknown) => { state.setState({ settings: before }); toasts.fail(error); });
  };
  const load = (): void => { take(desk.call('settings.get', {}), state.getState().settings); };
  return {
    state, load,
    show() { state.setState({ shown: true }); load(); },
    clear() { state.setState({ shown: false, settings: null }); },
    hide() { state.setState({ shown: false }); },
    set(change) {
      const before = state.getState().settings;
      if (before) state.setState({ settings: { ...before, ...withoutUndefined(change) } });
      take(desk.call('settings.set', change), before);
    },
  };
}

function withoutUndefined(change: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
