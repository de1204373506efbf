import { createStore } from 'zustand/vanilla';
import type { Api } from '../api/client.ts';
import type { Failure } from '../api/failure.ts';
import { failureOf } from '../api/failure.ts';

export interface SessionState {
  /** `unknown`: not asked yet. */
  state: 'unknown' | 'signed-out' | 'signed-in';
  name: string;
  busy: boolean;
  failure: Failure | null;
}

export type Session = ReturnType<typeof createSession>;

/** Who is signed in. */
export function createSession(api: Api) {
  const store = createStore<SessionState>(() => ({ state: 'unknown', name: '', busy: false, failure: null }));

  async function welcome(): Promise<void> {
    const me = await api.me();
    store.setState({ state: 'signed-in', name: me.full_name ?? me.username, failure: null });
  }

  /** True when it worked. */
  async function enter(step: () => Promise<void>): Promise<boolean> {
    store.setState({ busy: true, failure: null });
    try {
      await step();
      await welcome();
      return true;
    } catch (error) {
      store.setState({ failure: failureOf(error) });
      return false;
    } finally {
      store.setState({ busy: false });
    }
  }

  return {
    store,
    /** At the start of the page: goes on with the session of before. */
    async resume(): Promise<void> {
      store.setState({ failure: null });
      try {
        if (await api.resume()) await welcome();
        else store.setState({ state: 'signed-out' });
      } catch (error) {
        store.setState({ failure: failureOf(error) });
      }
    },
    signIn: (email: string, password: string) => enter(() => api.signIn(email, password)),
    register: (email: string, name: string, password: string) => enter(() => api.register(email, name, password)),
    async signOut(): Promise<void> {
      await api.signOut();
      // What was written and not sent is not for whoever comes next.
      sessionStorage.clear();
      store.setState({ state: 'signed-out', name: '', failure: null });
    },
    ended(): void {
      if (store.getState().state !== 'signed-out') store.setState({ state: 'signed-out', name: '' });
    },
    forgetFailure(): void { store.setState({ failure: null }); },
  };
}
