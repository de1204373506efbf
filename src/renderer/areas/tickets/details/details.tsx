import { UserPlus } from 'lucide-react';
import { useDeferredValue, type ComponentProps, type ReactNode } from 'react';
import type { Thread, TicketDetail, TicketFieldChange } from '../../../../contract/bridge.ts';
import {
  TicketCategory,
  TicketPriority,
  TicketStatus,
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../../../contract/wire/entities.ts';
import { CommandKey, useTooltip } from '../../../keys/key.tsx';
import { useAbility, useStoreOf, usePart } from '../../../stores-context.tsx';
import { texts } from '../../../texts.ts';
import { Avatar } from '../../../kit/avatar.tsx';
import { Button } from '../../../kit/button.tsx';
import { formatCount, nearTime } from '../../../kit/format.ts';
import { StatusIcon } from '../../../kit/status-icon.tsx';
import { useNow } from '../../../kit/use-now.ts';
import { Select } from '../../../kit/select.tsx';
import { SimilarTickets } from '../../search/similar.tsx';
import { Tags } from './tags.tsx';

const nobody = '';

/** Everything about the open ticket that is not its conversation. */
export function Details() {
  // The conversation is what is waited for: these follow it in a frame of their own.
  const thread = useDeferredValue(
    useStoreOf(
      (s) => s.thread,
      (state) => state.thread,
    ),
  );
  const now = useNow();
  if (!thread) return <aside className="details" aria-label={texts.details} />;
  const { ticket } = thread;
  return (
    <aside className="details" aria-label={texts.details}>
      <Fields ticket={ticket} />
      <section>
        <h3>{texts.customer}</h3>
        <div className="person">
          <Avatar name={ticket.requester} size={30} pale />
          <div>
            <b>
              <bdi>{ticket.requester}</bdi>
            </b>
            <span className="quiet">{ticket.requester_email}</span>
          </div>
        </div>
      </section>
      <section>
        <h3>{texts.dates}</h3>
        <Fact label={texts.created}>{nearTime(ticket.created_at, now)}</Fact>
        <Fact label={texts.updated}>{nearTime(ticket.updated_at, now)}</Fact>
        {ticket.resolved_at !== null && (
          <Fact label={texts.resolvedAt}>{nearTime(ticket.resolved_at, now)}</Fact>
        )}
        <Fact label={texts.messages}>{formatCount(ticket.message_count)}</Fact>
      </section>
      {thread.other_tickets.length > 0 && <OtherTickets />}
      <SimilarTickets ticketId={ticket.id} />
    </aside>
  );
}

/**
 * `pending`: a change of the field waits in the outbox. `off`: why this server cannot change it.
 */
interface FieldState {
  ticket: TicketDetail;
  pending: (field: string) => boolean;
  change: (fields: TicketFieldChange) => void;
  off: string | null;
}

function Fields({ ticket }: { ticket: TicketDetail }) {
  const thread = usePart((s) => s.thread);
  const state: FieldState = {
    ticket,
    pending: (field) => ticket.pending_fields.includes(field),
    change: (fields) => {
      void thread.change(fields);
    },
    off: useAbility('changes') ? null : texts.cannot.changes,
  };
  return (
    <section>
      <h3>{texts.ticketHeading}</h3>
      <ChosenFields {...state} />
      <Assignee {...state} />
      <Field label={texts.tagsLabel}>
        <Tags
          tags={ticket.tags}
          pending={state.pending('tags')}
          off={state.off}
          onChange={(tags) => {
            state.change({ tags });
          }}
        />
      </Field>
    </section>
  );
}

/** The fields that take one of a few values. */
function ChosenFields(state: FieldState) {
  const thread = usePart((s) => s.thread);
  const { change } = state;
  return (
    <>
      <ChosenField
        label={texts.statusLabel}
        field="status"
        options={optionsOf(ticketStatuses, texts.status)}
        state={state}
        onChange={(value) => {
          // 'Closed' in this list is the same act as the Close button.
          if (value === 'closed') void thread.close();
          else change({ status: TicketStatus.parse(value) });
        }}
      />
      <ChosenField
        label={texts.priorityLabel}
        field="priority"
        options={optionsOf(ticketPriorities, texts.priority)}
        state={state}
        onChange={(value) => {
          change({ priority: TicketPriority.parse(value) });
        }}
      />
      <ChosenField
        label={texts.categoryLabel}
        field="category"
        options={optionsOf(ticketCategories, texts.category)}
        state={state}
        onChange={(value) => {
          change({ category: TicketCategory.parse(value) });
        }}
      />
    </>
  );
}

interface ChosenProps extends Pick<
  ComponentProps<typeof Select>,
  'label' | 'options' | 'onChange'
> {
  field: 'status' | 'priority' | 'category';
  state: FieldState;
}

function ChosenField({ label, field, options, state, onChange }: ChosenProps) {
  const { ticket, pending, off } = state;
  return (
    <Field label={label}>
      <Select
        label={label}
        value={ticket[field]}
        pending={pending(field)}
        off={off}
        options={options}
        onChange={onChange}
      />
    </Field>
  );
}

/** Active colleagues to choose from, and the one who has the ticket even if they are not. */
function Assignee({ ticket, pending, change }: FieldState) {
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  const off = useAbility('assignment') ? null : texts.cannot.assignment;
  const { assignee_id: assigneeId } = ticket;
  const assignable = members.filter((member) => member.is_active || member.id === assigneeId);
  const isFree =
    assigneeId === null ||
    assignable.some((member) => member.id === assigneeId && !member.is_active);
  return (
    <>
      <Field label={texts.assigneeLabel}>
        <Select
          label={texts.assigneeLabel}
          value={assigneeId ?? nobody}
          pending={pending('assignee_id')}
          off={off}
          options={[
            { value: nobody, label: texts.nobody },
            ...assignable.map((member) => ({
              value: member.id,
              label: member.is_active ? member.name : texts.deactivated(member.name),
            })),
          ]}
          onChange={(value) => {
            change({ assignee_id: value === nobody ? null : value });
          }}
        />
      </Field>
      {isFree && <AssignToMe off={off} change={change} />}
    </>
  );
}

function AssignToMe({ off, change }: Pick<FieldState, 'off' | 'change'>) {
  const me = useStoreOf(
    (s) => s.session,
    (state) => state.session?.account?.id ?? null,
  );
  const tip = useTooltip('assignToMe');
  if (me === null) return null;
  return (
    <Button
      look="quiet"
      className="take"
      icon={<UserPlus size={14} />}
      disabled={off !== null}
      title={off ?? tip}
      onClick={() => {
        change({ assignee_id: me });
      }}
    >
      {texts.assignToMe}
      <CommandKey id="assignToMe" />
    </Button>
  );
}

function OtherTickets() {
  const search = usePart((s) => s.search);
  const thread = useStoreOf(
    (s) => s.thread,
    (state) => state.thread,
  );
  if (!thread) return null;
  const { ticket, other_tickets: others, other_count: count } = thread;
  const showAll = (): void => {
    search.type(`from:${ticket.requester_email}`);
    document.querySelector<HTMLElement>('input[type=search]')?.focus();
  };
  return (
    <section>
      <h3>
        {texts.otherTickets}{' '}
        {count > others.length ? (
          <button type="button" className="link-btn" onClick={showAll}>
            {texts.allOfCustomer(formatCount(count))}
          </button>
        ) : (
          formatCount(count)
        )}
      </h3>
      {others.map((other) => (
        <OtherTicket key={other.id} ticket={other} />
      ))}
    </section>
  );
}

function OtherTicket({
  ticket: { id, status, subject },
}: {
  ticket: Thread['other_tickets'][number];
}) {
  const navigation = usePart((s) => s.navigation);
  return (
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
  );
}

function Field({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="field">
      <span aria-hidden="true">{label}</span>
      {children}
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="field">
      <span>{label}</span>
      <span className="fact">{children}</span>
    </div>
  );
}

function optionsOf(
  values: readonly string[],
  labels: Record<string, string>,
): { value: string; label: string }[] {
  return values.map((value) => ({ value, label: labels[value] ?? value }));
}
