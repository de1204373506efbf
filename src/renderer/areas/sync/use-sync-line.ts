import type { SyncState } from '../../../contract/bridge.ts';
import { useStoreOf } from '../../stores-context.tsx';
import { useSecondsLeft } from '../../kit/use-countdown.ts';
import { syncLine, type SyncLine } from './sync-line.ts';

/** The line as it is now, with the messages of the outbox and their undo windows. */
export function useSyncLine(sync: Pick<SyncState, 'phase' | 'tickets_cached'>): SyncLine {
  const items = useStoreOf(
    (s) => s.outbox,
    (state) => state.items,
  );
  const held = items.filter(({ state, held_ms: heldMs }) => state === 'held' && heldMs !== null);
  const endsAt = useStoreOf(
    (s) => s.undo,
    ({ entries }) =>
      entries
        .filter((entry) => held.some(({ id }) => id === entry.operationId))
        .reduce<number | null>((last, entry) => Math.max(last ?? 0, entry.endsAt), null),
  );
  return syncLine(sync, items, useSecondsLeft(endsAt));
}
