import { isTicketInSight } from './panels.ts';
import { useStoreOf } from './stores-context.tsx';

/** The ticket that the agent has in front of them; null: none. */
export function useTicketInSight(): string | null {
  const ticketId = useStoreOf(
    (s) => s.thread,
    (state) => state.ticketId,
  );
  const isInSight = useStoreOf((s) => s.panels, isTicketInSight);
  return isInSight ? ticketId : null;
}
