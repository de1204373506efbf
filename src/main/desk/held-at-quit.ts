import { readSettings } from '../db/settings.ts';
import type { Events } from './events.ts';
import type { Workspace } from './workspace.ts';

/** How long a quit waits for what was held (ms): an agent who closes the lid is gone. */
const longestQuitMs = 3_000;

/** An agent who pressed Send and went home has answered (B2), unless they want to be asked. */
const wantsToBeAsked = (work: Workspace): boolean => readSettings(work.outboxDb, work.key).held_at_quit === 'ask';

/** At a start: lets go what an earlier run left in its undo window. */
export function sendLeftHeld(work: Workspace): void {
  if (!wantsToBeAsked(work)) release(work, (operationId) => work.holds.left(operationId) === null);
}

/** At a quit: sends what is in its undo window where the server can be reached; else it is sent at the next start. */
export async function sendHeldBeforeQuit(work: Workspace, events: Events): Promise<void> {
  const { phase } = work.engine.state();
  if (phase === 'offline' || phase === 'starting' || phase === 'sign-in-needed' || wantsToBeAsked(work)) return;
  const released = new Set(release(work, () => true));
  if (released.size === 0) return;
  const isOnItsWay = (): boolean => work.outbox.open().some(({ id, state }) => released.has(id) && state !== 'parked');
  await new Promise<void>((done) => {
    const timer = work.clock.setTimer(end, longestQuitMs);
    const unlisten = events.listen(() => { if (!isOnItsWay()) end(); });
    function end(): void {
      timer.cancel();
      unlisten();
      done();
    }
    if (!isOnItsWay()) end();
  });
}

function release(work: Workspace, chosen: (operationId: string) => boolean): string[] {
  const ids: string[] = [];
  for (const { id, state, ticketId } of work.outbox.open()) {
    if (state !== 'held' || !chosen(id) || !work.outbox.release(id)) continue;
    work.holds.end(id);
    work.operationAdded(ticketId);
    ids.push(id);
  }
  return ids;
}
