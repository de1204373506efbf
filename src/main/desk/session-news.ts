import type { SessionState } from '../../contract/bridge.ts';
import type { Events } from './events.ts';
import { storageFaultOf } from './sqlite/storage-fault.ts';

interface SessionNewsParts {
  dataDir: string;
  events: Pick<Events, 'emit'>;
  stateOf: (signInNeeded: boolean) => SessionState;
}

/** The state of the session, told to the windows when it changes. */
export interface SessionNews {
  state(): SessionState;
  tell(): void;
  /** The server wants a new sign-in, or has accepted one. */
  setSignInNeeded(needed: boolean): void;
  /** Another account begins: the server has not asked it for a sign-in yet. */
  begin(): void;
}

export function createSessionNews({ dataDir, events, stateOf }: SessionNewsParts): SessionNews {
  let signInNeeded = false;
  const state = (): SessionState => stateOf(signInNeeded);

  /**
   * Told again when the data folder can be read again, where it cannot now: timers tell it too, and
   * nobody stands above them.
   */
  function tell(): void {
    try {
      events.emit('session.changed', state());
    } catch (error) {
      if (storageFaultOf(error, dataDir) === null) throw error;
      console.warn('The state of the session could not be told', error);
    }
  }

  return {
    state,
    tell,
    setSignInNeeded(needed) {
      if (needed === signInNeeded) return;
      signInNeeded = needed;
      tell();
    },
    begin() {
      signInNeeded = false;
    },
  };
}
