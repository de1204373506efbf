import { heldBack, stoppedBehind } from '../../../../core/send-order.ts';
import { readSettings } from '../settings/settings-table.ts';
import type { Events } from '../../events.ts';
import type { Clock } from '../../../../core/clock.ts';
import type { Engine } from '../../feed/engine.ts';
import type { OwnRows } from '../../sqlite/own-rows.ts';
import type { Tell } from '../../tell.ts';
import type { Outbox } from '../outbox/queue.ts';
import type { Holds } from '../outbox/holds.ts';

export interface HeldParts {
  outbox: Outbox;
  own: OwnRows;
  holds: Holds;
  tell: Pick<Tell, 'operationAdded'>;
}

export interface QuitParts extends HeldParts {
  engine: Pick<Engine, 'state'>;
  clock: Clock;
  events: Events;
}

/** How long a quit waits for what was held (ms): an agent who closes the lid is gone. */
const longestQuitMs = 3_000;

/** An agent who pressed Send and went home has answered (B2), unless they want to be asked. */
const wantsToBeAsked = ({ db, key }: OwnRows): boolean =>
  readSettings(db, key).held_at_quit === 'ask';

/** At a start: lets go what an earlier run left in its undo window. */
export function sendLeftHeld(parts: HeldParts): void {
  if (!wantsToBeAsked(parts.own))
    release(parts, (operationId) => parts.holds.left(operationId) === null);
}

/**
 * At a quit: sends what is in its undo window, and what waits for it, where the server can be
 * reached; else at the next start.
 */
export async function sendHeldBeforeQuit(parts: QuitParts): Promise<void> {
  const { phase } = parts.engine.state();
  if (
    phase === 'offline' ||
    phase === 'starting' ||
    phase === 'sign-in-needed' ||
    wantsToBeAsked(parts.own)
  )
    return;
  const going = heldBack(parts.outbox.open(), parts.outbox.order());
  if (release(parts, () => true) === 0) return;
  const isOnItsWay = (): boolean => {
    const open = parts.outbox.open();
    const stopped = stoppedBehind(open, parts.outbox.order());
    return open.some(({ id, state }) => going.has(id) && state !== 'parked' && !stopped.has(id));
  };
  await new Promise<void>((done) => {
    const timer = parts.clock.setTimer(end, longestQuitMs);
    const unlisten = parts.events.listen(() => {
      if (!isOnItsWay()) end();
    });
    function end(): void {
      timer.cancel();
      unlisten();
      done();
    }
    if (!isOnItsWay()) end();
  });
}

/** Returns how many it let go. */
function release(parts: HeldParts, chosen: (operationId: string) => boolean): number {
  let count = 0;
  for (const { id, state, ticketId } of parts.outbox.open()) {
    if (state !== 'held' || !chosen(id) || !parts.outbox.release(id)) continue;
    parts.holds.end(id);
    parts.tell.operationAdded(ticketId);
    count += 1;
  }
  return count;
}
