import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../language.ts';
import type { Conversation } from '../../stores/conversation.ts';
import { tell } from '../../stores/toasts.ts';
import { isComposing } from '../../ui/composition.ts';
import { Button } from '../../ui/parts.tsx';

/**
 * Where the customer writes. A text leaves the field once it has arrived, and what was typed
 * meanwhile stays.
 */
export function Writer({ conversation, closed }: { conversation: Conversation; closed: boolean }) {
  const texts = useTexts();
  const { writer } = conversation;
  const { text, sending, failure, note, excess, kept } = useStore(writer.store);
  const isWrong = note === 'too-short' || excess > 0;

  async function send(): Promise<void> {
    if (await conversation.send()) tell('good', texts.ticket.sent);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    // A key that is held down sends once.
    if (!event.repeat) void send();
  }
  return (
    <form
      className="writer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {closed && <Closed unsent={text} />}
      {failure && (
        <div className="failure" role="alert">
          <strong>{texts.ticket.notSent}</strong>
          <p>{texts.failures[failure.kind].join('. ')}</p>
          <Button
            disabled={sending}
            onClick={() => {
              void send();
            }}
          >
            {texts.ticket.retry}
          </Button>
        </div>
      )}
      {note === 'arrived-before' && (
        <p className="notice" role="status">
          {texts.ticket.arrivedBefore}
        </p>
      )}
      {note === 'arrived-twice' && (
        <p className="notice" role="status">
          {texts.ticket.arrivedTwice}
        </p>
      )}
      {!kept && (
        <p className="notice" role="status">
          {texts.notKept}
        </p>
      )}
      <textarea
        id="message"
        rows={3}
        dir="auto"
        aria-label={texts.ticket.message}
        placeholder={texts.ticket.placeholder}
        disabled={closed}
        value={closed ? '' : text}
        aria-invalid={isWrong || undefined}
        aria-describedby="message-hint"
        onChange={(event) => {
          writer.type(event.target.value);
        }}
        onKeyDown={onKeyDown}
        onCompositionStart={() => {
          writer.compose(true);
        }}
        onCompositionEnd={() => {
          writer.compose(false);
        }}
      />
      <div className="writer-end">
        {isWrong ? (
          <p id="message-hint" className="field-error" role="alert">
            {excess > 0 ? texts.tooLong(excess) : texts.ticket.tooShort}
          </p>
        ) : (
          <p id="message-hint" className="field-hint">
            {texts.ticket.hint}
            <span className="wide"> · {texts.ticket.keys}</span>
          </p>
        )}
        {!closed && (
          <Button type="submit" look="main" disabled={sending}>
            {sending ? texts.ticket.sending : texts.ticket.send}
          </Button>
        )}
      </div>
    </form>
  );
}

/** A text that was not sent before the ticket was closed can still be read and copied. */
function Closed({ unsent }: { unsent: string }) {
  const texts = useTexts();
  return (
    <div className="closed" role="status">
      <strong>{texts.ticket.isClosed}</strong>
      <p>{texts.ticket.isClosedHint}</p>
      {unsent !== '' && <p>{texts.ticket.unsentHint}</p>}
      {unsent !== '' && (
        <p className="unsent" dir="auto">
          {unsent}
        </p>
      )}
    </div>
  );
}
