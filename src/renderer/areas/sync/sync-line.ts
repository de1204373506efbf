import type { OutboxItem, SyncState } from '../../../contract/bridge.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { isOnline } from '../../online.ts';
import { texts } from '../../texts.ts';
import { formatCount } from '../../kit/format.ts';

/** The one line that says where sync stands, in the parts that look different. */
export interface SyncLine {
  /** With the seconds that are left, which are not read out each second. */
  before: string;
  seconds: string;
  after: string;
  /** The messages that need the agent. */
  notSent: string;
}

type Item = Pick<OutboxItem, 'id' | 'kind' | 'state' | 'held_ms'>;

/** `secondsLeft`: until the last undo window ends; null where none is known. */
export function syncLine(
  sync: Pick<SyncState, 'phase' | 'tickets_cached'>,
  items: readonly Item[],
  secondsLeft: number | null,
): SyncLine {
  const { unsent } = texts;
  const counts = unsentMessages(sync, items, secondsLeft !== null);
  const { held } = counts;
  const others = [
    ...(counts.sending > 0 ? [unsent.sending(formatCount(counts.sending))] : []),
    ...(counts.toSend > 0 ? [unsent.toSend(formatCount(counts.toSend))] : []),
  ];
  return {
    before: listed(phaseText(sync), held > 0 ? unsent.sends(held, formatCount(held)) : ''),
    seconds: held > 0 ? unsent.sendsIn(held, secondsLeft ?? 0) : '',
    after: listed(held > 0 ? unsent.sendsEnd : '', ...others),
    notSent: counts.notSent > 0 ? listed('', unsent.notSent(formatCount(counts.notSent))) : '',
  };
}

/** The parts of the line as one sentence. */
export function syncText(...about: Parameters<typeof syncLine>): string {
  const { before, seconds, after, notSent } = syncLine(...about);
  return before + seconds + after + notSent;
}

/** The first stands by itself; each further one behind a comma. */
function listed(first: string, ...more: string[]): string {
  return first + more.flatMap((one) => (one === '' ? [] : [`, ${one}`])).join('');
}

function phaseText({ phase, tickets_cached: cached }: Parameters<typeof syncLine>[0]): string {
  const { sync } = texts;
  switch (phase) {
    case 'signed-out':
      return sync.signedOut;
    case 'starting':
      return sync.starting;
    case 'first-sync':
      return sync.firstSync(formatCount(cached));
    case 'catching-up':
      return sync.catchingUp;
    case 'live':
      return sync.live;
    case 'offline':
      return sync.offline;
    case 'sign-in-needed':
      return sync.signIn;
    default:
      return assertNever(phase);
  }
}

type Counts = Record<'held' | 'sending' | 'toSend' | 'notSent', number>;

/**
 * Replies and notes by state; changes are not counted. Without the server no undo window counts and
 * nothing is being sent.
 */
function unsentMessages(
  sync: Pick<SyncState, 'phase'>,
  items: readonly Item[],
  isWindowKnown: boolean,
): Counts {
  const counts: Counts = { held: 0, sending: 0, toSend: 0, notSent: 0 };
  const online = isOnline(sync);
  for (const { kind, state, held_ms: heldMs } of items) {
    if (kind !== 'reply' && kind !== 'note') continue;
    // A quit has left it in its window, and it needs the agent since.
    const isStopped = state === 'not-sent' || (state === 'held' && heldMs === null);
    if (isStopped) counts.notSent += 1;
    else if (online && state === 'held' && isWindowKnown) counts.held += 1;
    else if (online && state === 'sending') counts.sending += 1;
    else counts.toSend += 1;
  }
  return counts;
}
