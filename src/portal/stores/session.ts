import { createStore } from 'zustand/vanilla';
import type { Api } from '../api/api.ts';
import { failureOf, type Failure } from '../api/failure.ts';
import type { Kept } from './kept.ts';
import { createWork, type TextBefore, type Work } from './work.ts';

export interface SessionState {
  /** `unknown`: not asked yet. */
  state: 'unknown' | 'signed-out' | 'signed-in';
  name: string;
  busy: boolean;
  failure: Failure | null;
}

export type Session = ReturnType<typeof createSession>;

/** Who is signed in, and what they are writing. */
export function createSession(api: Api, kept: Kept, textBefore: TextBefore) {
  const store = createStore<SessionState>(() => ({
    state: 'unknown',
    name: '',
    busy: false,
    failure: null,
  }));
  /**
   * By account. Stays when a sign-in has ended: what is on its way, and what is in a field, is the
   * same after the next one.
   */
  const works = new Map<string, Work>();
  let account: string | null = null;

  async function welcome(): Promise<void> {
    const me = await api.me();
    account = me.id;
    kept.enter(me.id);
    const isSignedIn = (): boolean => account === me.id && store.getState().state === 'signed-in';
    if (!works.has(me.id))
      works.set(me.id, createWork(api, kept, { id: me.id, isSignedIn }, textBefore));
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
    /** Of the account that is signed in. */
    work(): Work {
      const work = account === null ? undefined : works.get(account);
      if (!work) throw new Error('nobody is signed in');
      return work;
    },
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
    register: (email: string, name: string, password: string) =>
      enter(() => api.register(email, name, password)),
    async signOut(): Promise<void> {
      await api.signOut();
      // On a computer that others use too, what was written and not sent is not for the next one;
      // the customer was asked before.
      if (account !== null) {
        kept.remove(account);
        works.delete(account);
      }
      account = null;
      kept.leave();
      textBefore.clear();
      store.setState({ state: 'signed-out', name: '', failure: null });
    },
    ended(): void {
      kept.leave();
      if (store.getState().state !== 'signed-out')
        store.setState({ state: 'signed-out', name: '' });
    },
    forgetFailure(): void {
      store.setState({ failure: null });
    },
  };
}
