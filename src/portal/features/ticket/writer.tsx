import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { maxMessageLength } from '../../../contract/api.ts';
import { useTexts } from '../../language.ts';
import type { Conversation } from '../../stores/conversation.ts';
import { tell } from '../../stores/toasts.ts';
import { Button } from '../../ui/parts.tsx';

/** Where the customer writes. The text goes only once it has arrived. */
export function Writer({ conversation, closed }: { conversation: Conversation; closed: boolean }) {
  const texts = useTexts();
  const { text, sending, failure, tooShort } = useStore(conversation.writing);

  async function send(): Promise<void> {
    if (await conversation.send()) tell('good', texts.ticket.sent);
  }
  function onKeyDown(event: KeyboardEvent): void {
    // Enter that ends a composition (Japanese, Chinese) chooses a word and sends nothing.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  }
  return (
    <form className="writer" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      {closed && <div className="closed" role="status"><strong>{texts.ticket.isClosed}</strong><p>{texts.ticket.isClosedHint}</p></div>}
      {failure && <div className="failure" role="alert"><strong>{texts.ticket.notSent}</strong><p>{texts.failures[failure.kind].join('. ')}</p><Button disabled={sending} onClick={() => { void send(); }}>{texts.ticket.retry}</Button></div>}
      <textarea id="message" rows={3} dir="auto" aria-label={texts.ticket.message} placeholder={texts.ticket.placeholder} maxLength={maxMessageLength} disabled={closed} value={closed ? '' : text}
        aria-invalid={tooShort || undefined} aria-describedby="message-hint" onChange={(event) => { conversation.type(event.target.value); }} onKeyDown={onKeyDown} />
      <div className="writer-end">
        {tooShort ? <p id="message-hint" className="field-error" role="alert">{texts.ticket.tooShort}</p> : <p id="message-hint" className="field-hint">{texts.ticket.hint}<span className="wide"> · {texts.ticket.keys}</span></p>}
        {!closed && <Button type="submit" look="main" disabled={sending}>{sending ? texts.ticket.sending : texts.ticket.send}</Button>}
      </div>
    </form>
  );
}
