import type { MessageLevel1 } from '../../../../../contract/wire/entities.ts';
import { toOwnMessage, type Me } from '../../../../../core/level1.ts';
import type { Operation } from '../../../../../core/operation.ts';
import { saysNoTicketLevel1 } from '../../../../../core/own-refusal.ts';
import { findSent } from '../../../../../core/unknown-outcome.ts';
import type { FindSent } from '../../../areas/outbox/settle.ts';
import { dropStaleTries, readTry } from '../../../areas/outbox/tries.ts';
import { dropEndedKnownVersions } from '../../../areas/tickets/known-versions.ts';
import { ApiError } from '../../api-error.ts';
import { knownKind } from '../known.ts';
import type { ConnectParts, Server } from '../server.ts';
import { applyThread, type Claim, type ThreadParts } from './apply.ts';
import { pullLevel1 } from './pull.ts';
import { dispatchLevel1, mayBeFrom } from './send.ts';
import { createVanishings } from './vanishings.ts';
import { assertThreadOf, readLevel1Thread, type ThreadLevel1 } from './thread.ts';

/** The existing service: it has no feed, no events, and knows nothing of operations. */
export function connectLevel1(parts: ConnectParts): Server & Required<Pick<Server, 'find'>> {
  const { auth, data, witnesses, stopped, on } = parts;
  const { account, cache, own, marks } = data;
  dropStaleTries(own.db);
  dropEndedKnownVersions(own.db);
  const vanishings = createVanishings();
  const me: Me = { id: account.id, name: account.name };
  const reading: ThreadParts = { me, readThrough: marks.readThrough, claim: claimOf(parts) };

  /** Into the cache too. Throws ApiError. */
  async function readThread(ticketId: string): Promise<ThreadLevel1> {
    const thread = await readLevel1Thread(auth, ticketId);
    assertThreadOf(ticketId, thread.messages, thread.ticket.id);
    // A server that was upgraded meanwhile has a feed of its own.
    if (!stopped() && knownKind(cache) === 'level1')
      on.page(applyThread(cache, thread.ticket, thread.messages, null, reading));
    return thread;
  }

  async function find(operation: Operation, known: ReadonlySet<string>): ReturnType<FindSent> {
    let messages: MessageLevel1[];
    try {
      ({ messages } = await readThread(operation.ticketId));
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
    const witness = witnesses.of(operation.id, (messageId) => known.has(messageId));
    const ids = new Set(findSent(messages, operation, witness));
    return messages
      .filter(({ id }) => ids.has(id))
      .map((message) => toOwnMessage(message, me, operation.id));
  }

  return {
    pull: () => pullLevel1({ auth, cache, vanishings, reading, stopped, on }),
    send: (operation) =>
      dispatchLevel1(
        { auth, cache, outboxDb: own.db, me, witnesses, readThread, stopped },
        operation,
      ),
    find,
  };
}

const isGone = (error: unknown): boolean =>
  error instanceof ApiError && error.failure.kind === 'status' && saysNoTicketLevel1(error.failure);

/** Which message of a thread one of this desk's waiting replies has made, where only one can be. */
function claimOf({ data: { outbox, own }, witnesses }: ConnectParts): Claim {
  /** Not in its undo window, where its author may still take it back. */
  const mayHaveArrived = ({ id, intent, state, seenThrough }: Operation): boolean =>
    intent.kind === 'reply' &&
    (readTry(own.db, id) !== null || (state !== 'held' && seenThrough !== null));
  return (ticketId, messages) => {
    for (const operation of outbox.openOf(ticketId).filter(mayHaveArrived)) {
      const [messageId, other] = findSent(
        messages.filter(mayBeFrom(own.db, operation)),
        operation,
        witnesses.of(operation.id),
      );
      if (messageId !== undefined && other === undefined)
        return { messageId, operationId: operation.id };
    }
    return null;
  };
}
