import { useEffect, useRef, type FormEvent, type RefObject } from 'react';
import { useStore } from 'zustand';
import {
  TicketCategory,
  TicketPriority,
  ticketCategories,
  ticketPriorities,
} from '../../../contract/wire/entities.ts';
import { useTexts } from '../../language.ts';
import { navigate, ticketPath } from '../../router.ts';
import type { TicketDraft } from '../../stores/new-ticket.ts';
import { serverSettings, ticketMinLength } from '../../stores/server-settings.ts';
import { tell } from '../../stores/toasts.ts';
import { Button, Dialog, FailureNote, Field } from '../../ui/parts.tsx';

/**
 * Opens a ticket. Each error is shown at its field. The text outlives the dialog until it is sent.
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
  const { sending, failure, kept } = useStore(draft.store);
  const send = useSending(draft, onOpened);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void send();
  }
  return (
    <Dialog title={texts.create.title} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        {failure && <FailureNote failure={failure} />}
        {!kept && (
          <p className="notice" role="status">
            {texts.notKept}
          </p>
        )}
        <TicketFields draft={draft} />
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

/**
 * Sends the ticket and shows it, or puts the focus into the first wrong field. A customer who has
 * closed the dialog meanwhile stays where they are.
 */
function useSending(draft: TicketDraft, onOpened: () => void): () => Promise<void> {
  const texts = useTexts();
  const isShown = useIsShown();
  return async () => {
    const id = await draft.send();
    if (id === null) {
      const [first] = draft.store.getState().wrong;
      if (isShown.current && first !== undefined) document.getElementById(first)?.focus();
      return;
    }
    tell('good', texts.create.created);
    if (isShown.current) navigate(ticketPath(id));
    else onOpened();
  };
}

/** False once the component has been removed. */
function useIsShown(): RefObject<boolean> {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return isShown;
}

function TicketFields({ draft }: { draft: TicketDraft }) {
  const texts = useTexts();
  const { ticket } = useStore(draft.store);
  const { asksPriority } = useStore(serverSettings);
  return (
    <>
      <SubjectField draft={draft} />
      <div className={asksPriority ? 'two' : undefined}>
        <Choice
          id="category"
          label={texts.create.category}
          values={ticketCategories}
          names={texts.categories}
          value={ticket.category}
          onChoose={(value) => {
            draft.set({ category: TicketCategory.parse(value) });
          }}
        />
        {asksPriority && (
          <Choice
            id="priority"
            label={texts.create.priority}
            values={ticketPriorities}
            names={texts.priorities}
            value={ticket.priority}
            onChoose={(value) => {
              draft.set({ priority: TicketPriority.parse(value) });
            }}
          />
        )}
      </div>
      <MessageField draft={draft} />
    </>
  );
}

function SubjectField({ draft }: { draft: TicketDraft }) {
  const texts = useTexts();
  const { ticket, wrong, excess } = useStore(draft.store);
  const isWrong = excess.subject > 0 || wrong.has('subject');
  const error = excess.subject > 0 ? texts.tooLong(excess.subject) : texts.create.subjectError;
  return (
    <Field id="subject" label={texts.create.subject} error={isWrong ? error : null}>
      <input
        id="subject"
        dir="auto"
        value={ticket.subject}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? 'subject-note' : undefined}
        onChange={(event) => {
          draft.set({ subject: event.target.value });
        }}
      />
    </Field>
  );
}

function MessageField({ draft }: { draft: TicketDraft }) {
  const texts = useTexts();
  const { ticket, wrong, excess } = useStore(draft.store);
  const least = ticketMinLength(useStore(serverSettings));
  const isWrong = excess.message > 0 || wrong.has('message');
  const error =
    excess.message > 0 ? texts.tooLong(excess.message) : texts.create.messageError(least);
  return (
    <Field
      id="message"
      label={texts.create.message}
      hint={texts.create.messageHint(least)}
      error={isWrong ? error : null}
    >
      <textarea
        id="message"
        dir="auto"
        rows={6}
        value={ticket.message}
        aria-invalid={isWrong || undefined}
        aria-describedby="message-note"
        onChange={(event) => {
          draft.set({ message: event.target.value });
        }}
      />
    </Field>
  );
}

/** A drop-down list. `names`: the values as they are shown. */
function Choice({
  id,
  label,
  values,
  names,
  value,
  onChoose,
}: {
  id: string;
  label: string;
  values: readonly string[];
  names: Readonly<Record<string, string>>;
  value: string;
  onChoose: (value: string) => void;
}) {
  return (
    <Field id={id} label={label}>
      <select
        id={id}
        value={value}
        onChange={(event) => {
          onChoose(event.target.value);
        }}
      >
        {values.map((one) => (
          <option key={one} value={one}>
            {names[one]}
          </option>
        ))}
      </select>
    </Field>
  );
}
