import type { SessionState } from '../../contract/bridge.ts';
import type { Events } from './events.ts';

interface SessionNewsParts {
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

export function createSessionNews({ events, stateOf }: SessionNewsParts): SessionNews {
  let signInNeeded = false;
  const state = (): SessionState => stateOf(signInNeeded);

  function tell(): void {
    events.emit('session.changed', state());
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
