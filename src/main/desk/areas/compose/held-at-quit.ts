import { heldBack, stoppedBehind } from '../../../../core/send-order.ts';
import { readSettings } from '../settings/settings-table.ts';
import type { Events } from '../../events.ts';
import type { Workspace } from '../../workspace.ts';

/** How long a quit waits for what was held (ms): an agent who closes the lid is gone. */
const longestQuitMs = 3_000;

/** An agent who pressed Send and went home has answered (B2), unless they want to be asked. */
const wantsToBeAsked = (work: Workspace): boolean =>
  readSettings(work.outboxDb, work.key).held_at_quit === 'ask';

/** At a start: lets go what an earlier run left in its undo window. */
export function sendLeftHeld(work: Workspace): void {
  if (!wantsToBeAsked(work)) release(work, (operationId) => work.holds.left(operationId) === null);
}

/**
 * At a quit: sends what is in its undo window, and what waits for it, where the server can be
 * reached; else at the next start.
 */
export async function sendHeldBeforeQuit(work: Workspace, events: Events): Promise<void> {
  const { phase } = work.engine.state();
  if (
    phase === 'offline' ||
    phase === 'starting' ||
    phase === 'sign-in-needed' ||
    wantsToBeAsked(work)
  )
    return;
  const going = heldBack(work.outbox.open(), work.outbox.order());
  if (release(work, () => true) === 0) return;
  const isOnItsWay = (): boolean => {
    const open = work.outbox.open();
    const stopped = stoppedBehind(open, work.outbox.order());
    return open.some(({ id, state }) => going.has(id) && state !== 'parked' && !stopped.has(id));
  };
  await new Promise<void>((done) => {
    const timer = work.clock.setTimer(end, longestQuitMs);
    const unlisten = events.listen(() => {
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
function release(work: Workspace, chosen: (operationId: string) => boolean): number {
  let count = 0;
  for (const { id, state, ticketId } of work.outbox.open()) {
    if (state !== 'held' || !chosen(id) || !work.outbox.release(id)) continue;
    work.holds.end(id);
    work.operationAdded(ticketId);
    count += 1;
  }
  return count;
}
