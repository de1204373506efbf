import type { SyncState } from '../../../contract/bridge.ts';
import type { Clock } from '../../../core/clock.ts';
import { minute } from '../../../core/time.ts';
import type { Engine } from './engine.ts';
import type { ServerTime } from './server-time.ts';

export interface SyncShownParts {
  engine: Pick<Engine, 'state'>;
  time: Pick<ServerTime, 'trusted'>;
  clock: Clock;
  /** Time has passed. */
  onBeat: () => void;
  /** After each look, also where nothing differs. */
  onState: (state: SyncState) => void;
  /** It is another one than was shown last. */
  onNews: (state: SyncState) => void;
}

/** The state of sync, as the window shows it. */
export interface SyncShown {
  state(): SyncState;
  /** It may have changed. */
  look(): void;
}

export function createSyncShown({
  engine,
  time,
  clock,
  onBeat,
  onState,
  onNews,
}: SyncShownParts): SyncShown {
  let shown = '';

  /**
   * The window counts from the server's time: on a computer that is 4 h behind, 'in 3 hours' would
   * be over.
   */
  function clockAhead(): Pick<SyncState, 'clock_ahead_ms'> {
    const now = time.trusted();
    const ahead = now === null ? 0 : Math.round((clock.now() - now) / minute) * minute;
    return ahead === 0 ? {} : { clock_ahead_ms: ahead };
  }

  const current = (): SyncState => ({ ...engine.state(), ...clockAhead() });

  return {
    state: current,
    look() {
      onBeat();
      const state = current();
      onState(state);
      // The countdown alone is no news.
      const told = JSON.stringify({ ...state, next_attempt_in: null });
      if (told === shown) return;
      shown = told;
      onNews(state);
    },
  };
}
