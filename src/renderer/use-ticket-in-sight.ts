import { isTicketInSight } from './panels.ts';
import { useStoreOf } from './stores-context.tsx';

/** Which ticket the agent has in front of them. */
export function useTicketInSight(): string | null {
  const ticketId = useStoreOf(
    (s) => s.thread,
    (state) => state.ticketId,
  );
  const isInSight = useStoreOf((s) => s.panels, isTicketInSight);
  return isInSight ? ticketId : null;
}
