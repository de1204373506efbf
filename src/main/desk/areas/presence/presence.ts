import { presenceSeconds, type PresenceEvent } from '../../../../contract/api.ts';
import type { CallInput, CallOutput } from '../../../../contract/bridge.ts';
import type { PresenceState } from '../../../../contract/entities.ts';
import type { Clock, Timer } from '../../../../core/clock.ts';
import { idleMs, sayAgainMs, sayEveryMs, type Present } from '../../../../core/presence.ts';

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
  say: (ticketId: string, state: PresenceState) => Promise<void>;
  onView: (view: CallOutput<'presence.get'>) => void;
}

type Said = Pick<Present, 'ticket_id' | 'state'>;
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
  let expiry: Timer | null = null;

  function forgetOld(): void {
    for (const [key, { until }] of people) if (until <= clock.monotonic()) people.delete(key);
    watchOldest();
    onForgotten();
  }
  function watchOldest(): void {
    expiry?.cancel();
    const first = Math.min(...[...people.values()].map(({ until }) => until));
    expiry =
      first === Infinity ? null : clock.setTimer(forgetOld, Math.max(0, first - clock.monotonic()));
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
    stop: () => expiry?.cancel(),
  };
}

/** The agent's own presence as it is said to the server: news soon, the rest now and then. */
function createOwnWord(
  clock: Clock,
  connected: PresenceParts['connected'],
  say: PresenceParts['say'],
) {
  let wanted: Said | null = null;
  let toldAt = 0;
  let said: Said | null = null;
  let saidAt = -Infinity;
  let next: Timer | null = null;
  let saying = false;
  let stopped = false;

  /**
   * Plans the next word: at once for news, though never too often, else before others forget the
   * last one.
   */
  function plan(): void {
    next?.cancel();
    next = null;
    if (stopped || saying || !connected()) return;
    const news = wanted?.ticket_id !== said?.ticket_id || wanted?.state !== said?.state;
    if (!news && wanted === null) return;
    const due = news ? saidAt + sayEveryMs : Math.min(saidAt + sayAgainMs, toldAt + idleMs);
    next = clock.setTimer(
      () => {
        if (clock.monotonic() - toldAt >= idleMs) wanted = null;
        void speak();
      },
      Math.max(0, due - clock.monotonic()),
    );
  }

  /**
   * One word at a time, so that they arrive in their order. One that fails is not repeated: the
   * next one comes soon.
   */
  async function speak(): Promise<void> {
    const before = said;
    const now = wanted;
    said = now;
    saidAt = clock.monotonic();
    saying = true;
    try {
      if (before && before.ticket_id !== now?.ticket_id) await say(before.ticket_id, 'away');
      if (now && !stopped) await say(now.ticket_id, now.state);
    } catch {
      // Offline, or too often: presence is a courtesy, and nobody waits for it.
    } finally {
      saying = false;
      plan();
    }
  }

  return {
    tell({ ticket_id: ticketId, replying }: CallInput<'presence.tell'>) {
      toldAt = clock.monotonic();
      wanted =
        ticketId === null
          ? null
          : { ticket_id: ticketId, state: replying ? 'replying' : 'viewing' };
      plan();
    },
    /** Colleagues may have heard nothing while the stream was away. */
    reconnected() {
      said = null;
      plan();
    },
    stop() {
      stopped = true;
      next?.cancel();
    },
  };
}
