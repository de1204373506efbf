import { whyNotMessage, type Shown, type Witness } from '../../../../core/confirmation.ts';
import type { Operation } from '../../../../core/operation.ts';
import { mergedInto } from '../tickets/merged.ts';
import { messagesUnder, type MessageRecord } from '../tickets/messages.ts';
import type { ReadDb } from '../../sqlite/connection.ts';
import { knownTraits } from '../../feed/servers/known.ts';
import type { Outbox } from './queue.ts';

/** Facts that this desk knows, by which answers to its operations are judged. */
export interface Witnesses {
  /** For an operation; `wasThere` names messages that were there before it was sent. */
  of(operationId: string, wasThere?: (messageId: string) => boolean): Witness;
  /** The message that an operation made, where the cache has it. */
  arrivedMessage(operation: Operation): string | null;
}

export function createWitnesses(
  cache: ReadDb,
  outbox: Pick<Outbox, 'ofMessage'>,
  me: string,
): Witnesses {
  function of(
    operationId: string,
    wasThere: (messageId: string) => boolean = () => false,
  ): Witness {
    return {
      me,
      namedBy: knownTraits(cache).sends === 'guessed' ? 'text' : 'key',
      mergedInto: (ticketId) => mergedInto(cache, ticketId),
      isTaken: (messageId) => wasThere(messageId) || confirmsAnother(messageId, operationId),
    };
  }

  function confirmsAnother(messageId: string, operationId: string): boolean {
    const other = outbox.ofMessage(messageId);
    return other !== null && other.id !== operationId;
  }

  return {
    of,
    arrivedMessage(operation) {
      const witness = of(operation.id);
      return (
        messagesUnder(cache, operation.id).find(
          (message) => whyNotMessage(operation, shownOf(message), witness) === null,
        )?.id ?? null
      );
    },
  };
}

/** A cached message as it came. */
export const shownOf = ({ text, ...message }: MessageRecord): Shown => ({
  ...message,
  message: text,
});
