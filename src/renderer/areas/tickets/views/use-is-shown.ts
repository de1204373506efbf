import { useStoreOf } from '../../../stores-context.tsx';
import type { ListState } from '../list/list-state.ts';

/** True when the list shows the view that `isChosen` names, and no search or outbox in its place. */
export function useIsShown(isChosen: (list: ListState) => boolean): boolean {
  const current = useStoreOf((s) => s.inbox, isChosen);
  const elsewhere = useStoreOf(
    (s) => s.outbox,
    (state) => state.shown,
  );
  const searching = useStoreOf(
    (s) => s.search,
    (state) => state.query !== '',
  );
  return current && !searching && !elsewhere;
}
