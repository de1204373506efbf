import type { MessageLevel1, TicketLevel1 } from '../../../../../contract/entities.ts';
import type { Clock } from '../../../../../core/clock.ts';
import type { Me } from '../../../../../core/level1.ts';
import type { Operation } from '../../../../../core/operation.ts';
import { findSent } from '../../../../../core/unknown-outcome.ts';
import type { WriteDb } from '../../../sqlite/connection.ts';
import { dropStaleTries, endTry, readTry } from '../../../areas/outbox/tries.ts';
import { applyThread, type Claim } from './apply.ts';
import type { Applied, ReadThrough } from '../../apply-page.ts';
import type { Auth } from '../../../areas/session/auth.ts';
import type { Outcome } from '../staffdesk/send.ts';
import { dispatchLevel1, mayBeFrom } from './send.ts';
import { knownLevel } from '../known.ts';
import type { Outbox } from '../../../areas/outbox/queue.ts';
import { assertThreadOf, createVanishings, pullLevel1, readLevel1Thread } from './pull.ts';
import { createSettler } from '../../../areas/outbox/settle.ts';
import type { Witnesses } from '../../../areas/outbox/witness.ts';

export interface Level1Options {
  auth: Auth;
  cache: WriteDb;
  outbox: Outbox;
  outboxDb: WriteDb;
  clock: Clock;
  me: string;
  myName: string;
  witnesses: Witnesses;
  readThrough: ReadThrough;
  onPage: (applied: Applied) => void;
  onListed: () => void;
  /** A lost answer is settled. */
  onSettled: (operation: Operation, outcome: Outcome) => void;
  onFault: (error: unknown) => void;
  stopped: () => boolean;
}

/** Everything that a server without a feed and without idempotency needs of the engine. */
export interface Level1 {
  pull(): Promise<void>;
  send(operation: Operation): Promise<Outcome>;
  /** After the outcome of a try is committed. */
  settled(operation: Operation, outcome: Outcome): void;
  /** After a pull that worked, on a server of any level: lost answers outlive an upgrade. */
  settleDue(): void;
  stop(): Promise<void>;
}

export function createLevel1(options: Level1Options): Level1 {
  const { auth, cache, outbox, outboxDb, clock, witnesses, onPage, stopped } = options;
  dropStaleTries(outboxDb);
  const vanishings = createVanishings();
  const me: Me = { id: options.me, name: options.myName };

  /** Not in its undo window, where its author may still take it back. */
  const mayHaveArrived = ({ id, intent, state, seenThrough }: Operation): boolean =>
    intent.kind === 'reply' &&
    (readTry(outboxDb, id) !== null || (state !== 'held' && seenThrough !== null));
  const claim: Claim = (ticketId, messages) => {
    for (const operation of outbox.openOf(ticketId).filter(mayHaveArrived)) {
      const [messageId, other] = findSent(
        messages.filter(mayBeFrom(outboxDb, operation)),
        operation,
        witnesses.of(operation.id),
      );
      if (messageId !== undefined && other === undefined)
        return { messageId, operationId: operation.id };
    }
    return null;
  };
  const parts = { me, readThrough: options.readThrough, claim };

  async function readThread(
    ticketId: string,
  ): Promise<{ ticket: TicketLevel1; messages: MessageLevel1[] }> {
    const thread = await readLevel1Thread(auth, ticketId);
    assertThreadOf(ticketId, thread.messages, thread.ticket.id);
    // A server that was upgraded meanwhile has a feed of its own.
    if (!stopped() && knownLevel(cache) === 1)
      onPage(applyThread(cache, thread.ticket, thread.messages, null, parts));
    return thread;
  }

  /**
   * One that stays behind because the disk is full does no harm: it only makes the next try look
   * first.
   */
  function forgetTry(operationId: string): void {
    try {
      endTry(outboxDb, operationId);
    } catch (error) {
      options.onFault(error);
    }
  }

  const settler = createSettler({
    outbox,
    outboxDb,
    cache,
    clock,
    me,
    witnesses,
    readThread,
    onSettled: options.onSettled,
    onFault: options.onFault,
  });
  return {
    pull: () =>
      pullLevel1({
        auth,
        cache,
        vanishings,
        onPage,
        stopped,
        onListed: options.onListed,
        ...parts,
      }),
    send: (operation) =>
      dispatchLevel1({ auth, cache, outboxDb, me, witnesses, readThread, stopped }, operation),
    settled(operation, outcome) {
      if (outcome.kind === 'unsettled') settler.add(operation.id, outcome.doubt);
      else forgetTry(operation.id);
    },
    settleDue: settler.wake,
    stop: settler.stop,
  };
}
