import type { CallInput } from '../../../../contract/bridge.ts';
import type { PresenceState } from '../../../../contract/wire/entities.ts';
import type { Clock } from '../../../../core/clock.ts';
import { idleMs, sayAgainMs, sayEveryMs, type Present } from '../../../../core/presence.ts';
import { createOneTimer } from '../../feed/one-timer.ts';

/** The agent's own presence as it is said to the server: news soon, the rest now and then. */
export interface OwnWord {
  tell(doing: CallInput<'presence.tell'>): void;
  /** Colleagues may have heard nothing while the stream was away. */
  reconnected(): void;
  stop(): void;
}

export type Say = (ticketId: string, state: PresenceState) => Promise<void>;
type Word = Pick<Present, 'ticket_id' | 'state'>;

export function createOwnWord(clock: Clock, connected: () => boolean, say: Say): OwnWord {
  const said = createSaid(clock, say);
  const next = createOneTimer(clock);
  let wanted: Word | null = null;
  let toldAt = 0;

  /** Plans the next word. */
  function plan(): void {
    next.cancel();
    if (next.stopped() || said.isSaying() || !connected()) return;
    const due = said.nextAt(wanted, toldAt);
    if (due < Infinity) next.set(speak, Math.max(0, due - clock.monotonic()));
  }

  function speak(): void {
    if (clock.monotonic() - toldAt >= idleMs) wanted = null;
    void said.say(wanted, next.stopped).then(plan);
  }

  return {
    tell({ ticket_id: ticketId, replying }) {
      toldAt = clock.monotonic();
      wanted =
        ticketId === null
          ? null
          : { ticket_id: ticketId, state: replying ? 'replying' : 'viewing' };
      plan();
    },
    reconnected() {
      said.forget();
      plan();
    },
    stop: next.stop,
  };
}

/** The last word that was said. */
function createSaid(clock: Clock, say: Say) {
  let last: Word | null = null;
  let saidAt = -Infinity;
  let saying = false;

  return {
    isSaying: () => saying,
    forget() {
      last = null;
    },
    /**
     * When (monotonic ms) the next word is due: at once for news, though never too often, else
     * before others forget the last one. Infinity for none.
     */
    nextAt(wanted: Word | null, toldAt: number): number {
      const isNews = wanted?.ticket_id !== last?.ticket_id || wanted?.state !== last?.state;
      if (isNews) return saidAt + sayEveryMs;
      return wanted === null ? Infinity : Math.min(saidAt + sayAgainMs, toldAt + idleMs);
    },
    /**
     * One word at a time, so that they arrive in their order. One that fails is not repeated: the
     * next one comes soon.
     */
    async say(now: Word | null, stopped: () => boolean) {
      const before = last;
      last = now;
      saidAt = clock.monotonic();
      saying = true;
      try {
        if (before && before.ticket_id !== now?.ticket_id) await say(before.ticket_id, 'away');
        if (now && !stopped()) await say(now.ticket_id, now.state);
      } catch {
        // Offline, or too often: presence is a courtesy, and nobody waits for it.
      } finally {
        saying = false;
      }
    },
  };
}
