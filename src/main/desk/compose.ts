import type { CallInput, CallOutput } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import { saveDraft } from '../db/drafts.ts';
import { requireAbility } from './abilities.ts';
import { currentTicket } from './triage.ts';
import type { Workspace } from './workspace.ts';

/** Queues a reply or note and removes its draft, durable when it returns. A closed ticket takes notes, but no reply. */
export function sendMessage(work: Workspace, input: CallInput<'compose.send'>): CallOutput<'compose.send'> {
  const { ticket_id: ticketId, kind, text } = input;
  if (kind === 'note') requireAbility(work, 'notes');
  const ticket = currentTicket(work, ticketId);
  if (kind === 'reply' && ticket.status === 'closed') throw new BridgeError('ticket-closed');
  const id = work.outbox.enqueue(ticketId, kind === 'reply' ? { kind, text } : { kind, text, mentions: [] });
  work.operationAdded(ticketId);
  return { operation_id: id };
}

/** Keeps what is in the composer. It needs no ticket in the cache: a draft outlives its ticket. */
export function keepDraft(work: Workspace, input: CallInput<'draft.save'>): CallOutput<'draft.save'> {
  saveDraft(work.outboxDb, work.account.id, { ticketId: input.ticket_id, kind: input.kind, text: input.text, at: work.clock.now() });
  work.changed([input.ticket_id]);
  return {};
}
