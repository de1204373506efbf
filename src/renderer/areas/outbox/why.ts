import type { OutboxItem, SyncState } from '../../../contract/bridge.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { isOnline } from '../../online.ts';
import { texts } from '../../texts.ts';

/**
 * One odd answer may be a sign-in page of the network, which is said elsewhere; this many are worth
 * a word.
 */
const oddAnswersSaid = 3;

/**
 * Why an operation has not gone out, in one line. `earlier`: the one of its ticket that it waits
 * for. `secondsLeft`: of its undo window.
 */
export function whyWaiting(
  item: OutboxItem,
  earlier: OutboxItem | null,
  sync: SyncState | null,
  secondsLeft: number | null,
): string {
  switch (item.state) {
    case 'not-sent':
      return item.reason === null ? texts.notSent : texts.problems[item.reason];
    case 'held':
      return secondsLeft === null ? texts.waits.heldSinceQuit : heldText(sync, secondsLeft);
    case 'sending':
      return texts.waits.sending;
    case 'queued':
      return whyQueued(item, earlier, sync);
    default:
      return assertNever(item.state);
  }
}

function whyQueued(item: OutboxItem, earlier: OutboxItem | null, sync: SyncState | null): string {
  if (item.behind) return texts.waits.behindParked;
  if (earlier) return earlier.state === 'held' ? texts.waits.behindHeld : texts.waits.behind;
  if (sync?.phase === 'sign-in-needed') return texts.waits.signIn;
  if (sync?.phase === 'offline')
    return sync.reason === 'rate-limited' ? texts.waits.paused : texts.waits.offline;
  if (item.odd_answers >= oddAnswersSaid) return texts.waits.oddAnswers;
  return item.attempts > 0 ? texts.waits.again : texts.waits.soon;
}

/** Without the server no undo window counts. */
function heldText(sync: SyncState | null, secondsLeft: number): string {
  if (sync?.phase === 'sign-in-needed') return texts.waits.signIn;
  return isOnline(sync) ? texts.waits.heldFor(secondsLeft) : texts.waits.offline;
}

/** The words of a message's own bubble, which are shorter. `item`: it in the outbox, once known. */
export function bubbleText(
  delivery: OutboxItem['state'],
  item: Pick<OutboxItem, 'behind'> | null,
  sync: SyncState | null,
  secondsLeft: number | null,
): string {
  switch (delivery) {
    case 'held':
      return secondsLeft === null ? texts.heldSinceQuit : heldText(sync, secondsLeft);
    case 'sending':
      return texts.sending;
    case 'queued':
      if (item?.behind) return texts.waits.behindParked;
      if (sync?.phase === 'sign-in-needed') return texts.waits.signIn;
      return sync?.phase === 'offline' ? texts.queued : texts.queuedOnline;
    case 'not-sent':
      return texts.notSent;
    default:
      return assertNever(delivery);
  }
}
