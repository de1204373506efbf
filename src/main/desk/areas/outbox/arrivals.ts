import type { Operation } from '../../../../core/operation.ts';
import type { Applied } from '../../feed/apply-page.ts';
import type { Outbox } from './queue.ts';
import type { Recorder } from './recorder.ts';
import type { Witnesses } from './witness.ts';

export interface ArrivalParts {
  outbox: Pick<Outbox, 'open' | 'openOf'>;
  witnesses: Witnesses;
  recorder: Recorder;
}

/** Confirms the waiting operations that a page, or a thread that was read, shows. */
export function confirmArrived(
  { outbox, witnesses, recorder }: ArrivalParts,
  applied: Pick<Applied, 'arrived' | 'merged'>,
): void {
  for (const operation of maybeArrived(outbox, applied)) {
    const messageId = witnesses.arrivedMessage(operation);
    if (messageId !== null)
      recorder.record(operation, { kind: 'acked', serverId: messageId, answer: {} });
  }
}

/** Those that its messages name, and those whose messages a merge has moved. */
function maybeArrived(
  outbox: ArrivalParts['outbox'],
  { arrived, merged }: Pick<Applied, 'arrived' | 'merged'>,
): Operation[] {
  const named = new Set(arrived.map(({ operationId }) => operationId));
  const moved = merged.flatMap(({ ticketId }) => outbox.openOf(ticketId));
  return [
    ...outbox.open().filter(({ id }) => named.has(id)),
    ...moved.filter(({ id }) => !named.has(id)),
  ];
}
