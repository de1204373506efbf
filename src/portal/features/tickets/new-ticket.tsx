import type { FormEvent } from 'react';
import { useRef, useState } from 'react';
import { TicketCreate, maxMessageLength } from '../../../contract/api.ts';
import { TicketCategory, TicketPriority, ticketCategories, ticketPriorities } from '../../../contract/entities.ts';
import type { NewTicket } from '../../api/client.ts';
import type { Failure } from '../../api/failure.ts';
import { failureOf } from '../../api/failure.ts';
import { useTexts } from '../../language.ts';
import { usePage } from '../../page.tsx';
import { navigate, ticketPath } from '../../router.ts';
import { newKey } from '../../stores/key.ts';
import { tell } from '../../stores/toasts.ts';
import { Button, Dialog, FailureNote, Field } from '../../ui/parts.tsx';

/** Opens a ticket. Errors stand beside their field; what was typed stays when it fails. */
export function NewTicketDialog({ onClose }: { onClose: () => void }) {
  const texts = useTexts();
  const { api } = usePage();
  const [ticket, setTicket] = useState<NewTicket>({ subject: '', category: 'account', priority: 'medium', message: '' });
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** One key for one content: tried again it opens one ticket, changed it is another. */
  const attempt = useRef<{ content: string; key: string } | null>(null);

  function set(change: Partial<NewTicket>): void {
    setTicket((before) => ({ ...before, ...change }));
    setWrong((before) => new Set([...before].filter((field) => !(field in change))));
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const parsed = TicketCreate.safeParse(ticket);
    if (!parsed.success) {
      const fields = parsed.error.issues.map(({ path }) => String(path[0]));
      setWrong(new Set(fields));
      document.getElementById(fields[0] ?? '')?.focus();
      return;
    }
    const content = JSON.stringify(parsed.data);
    if (attempt.current?.content !== content) attempt.current = { content, key: newKey() };
    setBusy(true);
    setFailure(null);
    try {
      const { id } = await api.open(parsed.data, attempt.current.key);
      tell('good', texts.create.created);
      navigate(ticketPath(id));
    } catch (error) {
      const why = failureOf(error);
      if (why.kind === 'invalid') setWrong(new Set(why.fields));
      setFailure(why);
      setBusy(false);
    }
  }

  const noteOf = (field: string): { 'aria-invalid'?: true; 'aria-describedby'?: string } => (wrong.has(field) ? { 'aria-invalid': true, 'aria-describedby': `${field}-note` } : field === 'message' ? { 'aria-describedby': 'message-note' } : {});
  return (
    <Dialog title={texts.create.title} onClose={onClose}>
      <form noValidate onSubmit={(event) => { void submit(event); }}>
        {failure && <FailureNote failure={failure} />}
        <Field id="subject" label={texts.create.subject} error={wrong.has('subject') ? texts.create.subjectError : null}>
          <input id="subject" dir="auto" maxLength={200} value={ticket.subject} {...noteOf('subject')} onChange={(event) => { set({ subject: event.target.value }); }} />
        </Field>
        <div className="two">
          <Field id="category" label={texts.create.category}>
            <select id="category" value={ticket.category} onChange={(event) => { set({ category: TicketCategory.parse(event.target.value) }); }}>{ticketCategories.map((one) => <option key={one} value={one}>{texts.categories[one]}</option>)}</select>
          </Field>
          <Field id="priority" label={texts.create.priority}>
            <select id="priority" value={ticket.priority} onChange={(event) => { set({ priority: TicketPriority.parse(event.target.value) }); }}>{ticketPriorities.map((one) => <option key={one} value={one}>{texts.priorities[one]}</option>)}</select>
          </Field>
        </div>
        <Field id="message" label={texts.create.message} hint={texts.create.messageHint} error={wrong.has('message') ? texts.create.messageError : null}>
          <textarea id="message" dir="auto" rows={6} maxLength={maxMessageLength} value={ticket.message} {...noteOf('message')} onChange={(event) => { set({ message: event.target.value }); }} />
        </Field>
        <div className="dialog-end">
          <Button onClick={onClose}>{texts.create.cancel}</Button>
          <Button type="submit" look="main" disabled={busy}>{busy ? texts.create.busy : texts.create.submit}</Button>
        </div>
      </form>
    </Dialog>
  );
}
