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

const notAsked: SessionState = { state: 'unknown', name: '', busy: false, failure: null };

/** The signed-in customer, and the texts that they are writing. */
export function createSession(api: Api, kept: Kept, textBefore: TextBefore) {
  const store = createStore<SessionState>(() => notAsked);
  const accounts = createAccounts((id) => {
    const isSignedIn = (): boolean =>
      accounts.isCurrent(id) && store.getState().state === 'signed-in';
    return createWork(api, kept, { id, isSignedIn }, textBefore);
  });

  async function welcome(): Promise<void> {
    const me = await api.me();
    accounts.enter(me.id);
    kept.enter(me.id);
    store.setState({ state: 'signed-in', name: me.full_name ?? me.username, failure: null });
  }

  return {
    store,
    work: accounts.work,
    ...waysIn(api, store, welcome),
    async signOut(): Promise<void> {
      await api.signOut();
      // On a shared computer, unsent texts must not be left to the next person. The customer has
      // agreed to lose them.
      const left = accounts.forgetCurrent();
      if (left !== null) kept.remove(left);
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

interface Accounts {
  isCurrent(id: string): boolean;
  enter(id: string): void;
  /** Of the signed-in account. */
  work(): Work;
  /** Returns the id of the account that was forgotten, if there was one. */
  forgetCurrent(): string | null;
}

/**
 * The works of the accounts. They stay when a sign-in ends: the next one continues with the same
 * fields and the same requests.
 */
function createAccounts(createWorkOf: (id: string) => Work): Accounts {
  const works = new Map<string, Work>();
  let current: string | null = null;
  return {
    isCurrent: (id) => id === current,
    enter(id) {
      current = id;
      if (!works.has(id)) works.set(id, createWorkOf(id));
    },
    work() {
      const work = current === null ? undefined : works.get(current);
      if (!work) throw new Error('nobody is signed in');
      return work;
    },
    forgetCurrent() {
      const left = current;
      if (left !== null) works.delete(left);
      current = null;
      return left;
    },
  };
}

/** The ways to sign in, each followed by `welcome`. */
function waysIn(api: Api, store: StoreApi<SessionState>, welcome: () => Promise<void>) {
  /** True if it worked. */
  const enter = (signIn: () => Promise<void>): Promise<boolean> =>
    busily(store, async () => {
      await signIn();
      await welcome();
    });
  return {
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
