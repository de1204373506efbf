import { useEffect, useRef, type FormEvent } from 'react';
import { useStore } from 'zustand';
import {
  TicketCategory,
  TicketPriority,
  ticketCategories,
  ticketPriorities,
} from '../../../contract/entities.ts';
import { useTexts } from '../../language.ts';
import { navigate, ticketPath } from '../../router.ts';
import type { TicketDraft } from '../../stores/new-ticket.ts';
import { tell } from '../../stores/toasts.ts';
import { Button, Dialog, FailureNote, Field } from '../../ui/parts.tsx';

/**
 * Opens a ticket. Errors stand beside their field. What was typed outlives the dialog: it goes once
 * the ticket is there.
 */
export function NewTicketDialog({
  draft,
  onClose,
  onOpened,
}: {
  draft: TicketDraft;
  onClose: () => void;
  onOpened: () => void;
}) {
  const texts = useTexts();
  const { ticket, wrong, sending, failure, excess, kept } = useStore(draft.store);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const id = await draft.send();
    if (id === null) {
      const [first] = draft.store.getState().wrong;
      if (isShown.current && first !== undefined) document.getElementById(first)?.focus();
      return;
    }
    tell('good', texts.create.created);
    // A customer who has closed the dialog meanwhile stays where they are.
    if (isShown.current) navigate(ticketPath(id));
    else onOpened();
  }

  const errorOf = (field: 'subject' | 'message', error: string): string | null => {
    if (excess[field] > 0) return texts.tooLong(excess[field]);
    return wrong.has(field) ? error : null;
  };
  const subjectError = errorOf('subject', texts.create.subjectError);
  const messageError = errorOf('message', texts.create.messageError);
  return (
    <Dialog title={texts.create.title} onClose={onClose}>
      <form
        noValidate
        onSubmit={(event) => {
          void submit(event);
        }}
      >
        {failure && <FailureNote failure={failure} />}
        {!kept && (
          <p className="notice" role="status">
            {texts.notKept}
          </p>
        )}
        <Field id="subject" label={texts.create.subject} error={subjectError}>
          <input
            id="subject"
            dir="auto"
            value={ticket.subject}
            aria-invalid={subjectError !== null || undefined}
            aria-describedby={subjectError === null ? undefined : 'subject-note'}
            onChange={(event) => {
              draft.set({ subject: event.target.value });
            }}
          />
        </Field>
        <div className="two">
          <Field id="category" label={texts.create.category}>
            <select
              id="category"
              value={ticket.category}
              onChange={(event) => {
                draft.set({ category: TicketCategory.parse(event.target.value) });
              }}
            >
              {ticketCategories.map((one) => (
                <option key={one} value={one}>
                  {texts.categories[one]}
                </option>
              ))}
            </select>
          </Field>
          <Field id="priority" label={texts.create.priority}>
            <select
              id="priority"
              value={ticket.priority}
              onChange={(event) => {
                draft.set({ priority: TicketPriority.parse(event.target.value) });
              }}
            >
              {ticketPriorities.map((one) => (
                <option key={one} value={one}>
                  {texts.priorities[one]}
                </option>
              ))}
            </select>
          </Field>
        </div>
        <Field
          id="message"
          label={texts.create.message}
          hint={texts.create.messageHint}
          error={messageError}
        >
          <textarea
            id="message"
            dir="auto"
            rows={6}
            value={ticket.message}
            aria-invalid={messageError !== null || undefined}
            aria-describedby="message-note"
            onChange={(event) => {
              draft.set({ message: event.target.value });
            }}
          />
        </Field>
        <div className="dialog-end">
          <Button onClick={onClose}>{texts.create.cancel}</Button>
          <Button type="submit" look="main" disabled={sending}>
            {sending ? texts.create.busy : texts.create.submit}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
