import { Link2 } from 'lucide-react';
import { useEffect } from 'react';
import type { SimilarTicket } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { IconButton } from '../../kit/button.tsx';
import { copyText } from '../../kit/copy.ts';
import { StatusIcon } from '../../kit/status-icon.tsx';

/**
 * An agent who walks through the list asks for nothing; one who stays is answered before they look.
 */
const stayMs = 300;

/** Solved tickets about the same, asked for once the thread has been on the screen for a moment. */
export function SimilarTickets({ ticketId }: { ticketId: string }) {
  const similar = usePart((s) => s.similar);
  const tickets = useStoreOf(
    (s) => s.similar,
    (state) => (state.ticketId === ticketId ? state.tickets : null),
  );
  useEffect(() => {
    const timer = setTimeout(() => {
      similar.ask(ticketId);
    }, stayMs);
    return () => {
      clearTimeout(timer);
    };
  }, [similar, ticketId]);
  if (tickets === null || tickets.length === 0) return null;
  return (
    <section>
      <h3>{texts.similarTickets}</h3>
      {tickets.map((ticket) => (
        <Similar key={ticket.id} ticket={ticket} />
      ))}
    </section>
  );
}

function Similar({ ticket: { id, subject, status } }: { ticket: SimilarTicket }) {
  const navigation = usePart((s) => s.navigation);
  const copy = useCopyLink();
  return (
    <div className="similar">
      <button
        type="button"
        className="other"
        onClick={() => {
          navigation.openTicket(id);
        }}
      >
        <StatusIcon status={status} label={texts.status[status] ?? status} />
        <span dir="auto">{subject}</span>
      </button>
      <IconButton
        label={`${texts.copyLink}: ${subject}`}
        onClick={() => {
          copy(id);
        }}
      >
        <Link2 size={13} />
      </IconButton>
    </div>
  );
}

/** Puts the link to a ticket on the clipboard and says whether that worked. */
function useCopyLink(): (id: string) => void {
  const toasts = usePart((s) => s.toasts);
  return (id) => {
    toasts.show(
      copyText(`staffdesk://ticket/${id}`)
        ? { kind: 'info', title: texts.linkCopied, body: '' }
        : { kind: 'error', ...texts.notCopied },
    );
  };
}
