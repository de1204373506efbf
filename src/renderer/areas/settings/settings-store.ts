import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Settings, SettingsChange } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import type { Toasts } from '../../toasts.ts';

/** The parts of the settings window. */
export const settingsSections = [
  'account',
  'notifications',
  'quiet',
  'undo',
  'tickets',
  'appearance',
  'shortcuts',
  'storage',
  'about',
] as const;
export type SettingsSection = (typeof settingsSections)[number];

interface State {
  shown: boolean;
  section: SettingsSection;
  settings: Settings | null;
}

/** The agent's own settings, read when they sign in, and the dialog that shows them. */
export interface SettingsStore {
  state: StoreApi<State>;
  load(): void;
  /** Opens the dialog at a section, else where it was left. */
  show(section?: SettingsSection): void;
  hide(): void;
  set(change: SettingsChange): void;
  clear(): void;
}

export function createSettings(desk: Pick<Desk, 'call'>, toasts: Toasts): SettingsStore {
  const state = createStore<State>(() => ({ shown: false, section: 'account', settings: null }));
  const answers = createAnswers(state, toasts);
  const load = (): void => {
    answers.take(desk.call('settings.get', {}), state.getState().settings);
  };
  return {
    state,
    load,
    show(section) {
      state.setState({ shown: true, ...(section ? { section } : {}) });
      load();
    },
    clear() {
      answers.forget();
      state.setState({ shown: false, section: 'account', settings: null });
    },
    hide() {
      state.setState({ shown: false });
    },
    set(change) {
      const before = state.getState().settings;
      if (before) state.setState({ settings: { ...before, ...withoutUndefined(change) } });
      answers.take(desk.call('settings.set', change), before);
    },
  };
}

/** Shows the answer to the newest question: an earlier one does not know of the later change. */
interface Answers {
  /** `before`: the settings that hold again when the desk refuses. */
  take(asked: Promise<Settings>, before: Settings | null): void;
  /** Answers that are under way are not shown. */
  forget(): void;
}

function createAnswers(state: StoreApi<State>, toasts: Toasts): Answers {
  let last = 0;
  return {
    take(asked, before) {
      const mine = (last += 1);
      const hold = (settings: Settings | null): void => {
        if (mine === last) state.setState({ settings });
      };
      asked.then(hold, (error: unknown) => {
        hold(before);
        toasts.fail(error);
      });
    },
    forget() {
      last += 1;
    },
  };
}

function withoutUndefined(change: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
