import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SessionState, SyncState } from '../../../contract/bridge.ts';
import type { BridgeErrorCode } from '../../../contract/errors.ts';
import { errorCode, type Desk } from '../../bridge/client.ts';
import type { WindowProblem } from '../../bridge/known-desk.ts';

interface State {
  session: SessionState | null;
  sync: SyncState | null;
  signingIn: boolean;
  error: BridgeErrorCode | null;
  askedToSignIn: boolean;
  problem: WindowProblem | null;
}

/** The signed-in account and the state of sync. */
export interface Session {
  state: StoreApi<State>;
  set(session: SessionState): void;
  setSync(sync: SyncState): void;
  load(): Promise<void>;
  signIn(email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** The server that this work waits for is the one that is signed in to. */
  takeOver(key: string): Promise<void>;
  /**
   * Opens or closes the form over the inbox, where the account is known but its session has ended.
   */
  askToSignIn(open: boolean): void;
  /** Sets the problem that keeps this window from its desk; null: none. */
  setProblem(problem: WindowProblem | null): void;
}

const atStart: State = {
  session: null,
  sync: null,
  signingIn: false,
  error: null,
  askedToSignIn: false,
  problem: null,
};

export function createSession(desk: Desk): Session {
  const state = createStore<State>(() => atStart);
  return {
    ...createEntry(desk, state),
    state,
    set(session) {
      state.setState({
        session,
        ...(session.state === 'signed-in' ? { askedToSignIn: false } : {}),
      });
    },
    setSync(sync) {
      state.setState({ sync });
    },
    async load() {
      const [session, sync] = await Promise.all([
        desk.readUnlessTold('session.get', {}, 'session.changed'),
        desk.readUnlessTold('sync.get', {}, 'sync.changed'),
      ]);
      state.setState((now) => ({ session: session ?? now.session, sync: sync ?? now.sync }));
    },
    askToSignIn(open) {
      state.setState({ askedToSignIn: open, error: null });
    },
    setProblem(problem) {
      if (state.getState().problem !== problem) state.setState({ problem });
    },
  };
}

/** Ways into a session and out of it; a refusal is shown in the form. */
function createEntry(
  desk: Desk,
  state: StoreApi<State>,
): Pick<Session, 'signIn' | 'signOut' | 'takeOver'> {
  return {
    async signIn(email, password) {
      state.setState({ signingIn: true, error: null });
      try {
        state.setState({
          session: await desk.call('session.signIn', { email, password }),
          askedToSignIn: false,
        });
      } catch (error) {
        state.setState({ error: errorCode(error) });
      } finally {
        state.setState({ signingIn: false });
      }
    },
    async signOut() {
      state.setState({ session: await desk.call('session.signOut', {}), error: null });
    },
    async takeOver(key) {
      try {
        state.setState({ session: await desk.call('session.takeOver', { key }), error: null });
      } catch (error) {
        state.setState({ error: errorCode(error) });
      }
    },
  };
}
