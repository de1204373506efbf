import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Api } from '../api/api.ts';
import { failureOf, type Failure } from '../api/failure.ts';
import type { Kept } from './kept.ts';
import { createWork, type TextBefore, type Work } from './work.ts';

interface SessionState {
  /** `unknown`: not asked yet. */
  state: 'unknown' | 'signed-out' | 'signed-in';
  name: string;
  busy: boolean;
  failure: Failure | null;
}

export type Session = ReturnType<typeof createSession>;

/** The signed-in customer, and the texts that they are writing. */
export function createSession(api: Api, kept: Kept, textBefore: TextBefore) {
  const store = createStore<SessionState>(() => ({
    state: 'unknown',
    name: '',
    busy: false,
    failure: null,
  }));
  /**
   * By account. They stay when a sign-in ends: the next one continues with the same fields and the
   * same requests.
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
  /** True if it worked. */
  const enter = (signIn: () => Promise<void>): Promise<boolean> =>
    busily(store, async () => {
      await signIn();
      await welcome();
    });

  return {
    store,
    /** Of the signed-in account. */
    work(): Work {
      const work = account === null ? undefined : works.get(account);
      if (!work) throw new Error('nobody is signed in');
      return work;
    },
    /** Continues the stored session when the page starts. */
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
      // On a shared computer, unsent texts must not be left to the next person. The customer has
      // agreed to lose them.
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

/** Shows that something runs, and why it failed. True if it worked. */
async function busily(store: StoreApi<SessionState>, run: () => Promise<void>): Promise<boolean> {
  store.setState({ busy: true, failure: null });
  try {
    await run();
    return true;
  } catch (error) {
    store.setState({ failure: failureOf(error) });
    return false;
  } finally {
    store.setState({ busy: false });
  }
}
