import { presenceSeconds, type PresenceEvent } from '../../../../contract/wire/api.ts';
import type { CallInput, CallOutput } from '../../../../contract/bridge.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { Present } from '../../../../core/presence.ts';
import { createOneTimer } from '../../feed/one-timer.ts';
import { createOwnWord, type Say } from './own-word.ts';

/**
 * The tickets that people have in front of them: colleagues' reports, and the reports to them of
 * this agent. Nothing is stored and nothing waits for it.
 */
export interface Presence {
  /** Reports the agent's present activity; the window repeats it while it lasts. */
  tell(doing: CallInput<'presence.tell'>): void;
  heard(said: PresenceEvent): void;
  /** The event stream may have come or gone. */
  connection(): void;
  view(): CallOutput<'presence.get'>;
  stop(): void;
}

export interface PresenceParts {
  clock: Clock;
  me: string;
  /** The server can carry presence and is there. */
  connected: () => boolean;
  say: Say;
  onView: (view: CallOutput<'presence.get'>) => void;
}

const lifeMs = presenceSeconds * 1_000;

export function createPresence({ clock, me, connected, say, onView }: PresenceParts): Presence {
  let known = false;
  let stopped = false;
  const colleagues = createColleagues(clock, () => {
    onView(view());
  });
  const own = createOwnWord(clock, connected, say);
  const view = (): CallOutput<'presence.get'> => ({
    known,
    people: known ? colleagues.all() : [],
  });

  return {
    view,
    tell: own.tell,
    heard(event) {
      if (stopped || event.staff_id === me) return;
      if (colleagues.heard(event)) onView(view());
    },
    connection() {
      if (stopped || connected() === known) return;
      known = !known;
      // A new stream begins with who is where; the state that the last one brought may be over.
      colleagues.clear();
      own.reconnected();
      onView(view());
    },
    stop() {
      stopped = true;
      colleagues.stop();
      own.stop();
    },
  };
}

/** Colleagues by ticket, each forgotten when nothing was heard of them for `presenceSeconds`. */
function createColleagues(clock: Clock, onForgotten: () => void) {
  const people = new Map<string, { present: Present; until: number }>();
  const expiry = createOneTimer(clock);

  function forgetOld(): void {
    for (const [key, { until }] of people) if (until <= clock.monotonic()) people.delete(key);
    watchOldest();
    onForgotten();
  }
  function watchOldest(): void {
    const first = Math.min(...[...people.values()].map(({ until }) => until));
    if (first === Infinity) expiry.cancel();
    else expiry.set(forgetOld, Math.max(0, first - clock.monotonic()));
  }

  return {
    all: (): Present[] => [...people.values()].map(({ present }) => present),
    /** True when it is something new. */
    heard({ ticket_id, staff_id, state }: PresenceEvent): boolean {
      const key = `${ticket_id} ${staff_id}`;
      const before = people.get(key)?.present.state ?? 'away';
      if (state === 'away') people.delete(key);
      else
        people.set(key, {
          present: { ticket_id, staff_id, state },
          until: clock.monotonic() + lifeMs,
        });
      watchOldest();
      return before !== state;
    },
    clear() {
      people.clear();
      watchOldest();
    },
    stop: expiry.stop,
  };
}
