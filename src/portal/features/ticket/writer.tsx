import type { KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../language.ts';
import type { Conversation } from '../../stores/conversation.ts';
import { serverSettings } from '../../stores/server-settings.ts';
import { tell } from '../../stores/toasts.ts';
import { isComposing } from '../../ui/composition.ts';
import { Button } from '../../ui/parts.tsx';
import { useRoomBelow } from '../../ui/room-below.ts';

/** The form for a message. A text leaves it once it has arrived; text typed meanwhile stays. */
export function Writer({ conversation, closed }: { conversation: Conversation; closed: boolean }) {
  const texts = useTexts();
  const { text, sending } = useStore(conversation.writer.store);
  const form = useRoomBelow<HTMLFormElement>();

  async function send(): Promise<void> {
    if (await conversation.send()) tell('good', texts.ticket.sent);
  }
  const onSend = (): void => {
    void send();
  };
  return (
    <form
      className="writer"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {closed && <Closed unsent={text} />}
      <Notices writer={conversation.writer} onRetry={onSend} />
      <div className="writer-box">
        <MessageBox writer={conversation.writer} closed={closed} onSend={onSend} />
        {!closed && (
          <div className="writer-end">
            <Hint writer={conversation.writer} />
            <Button type="submit" look="main" disabled={sending}>
              {sending ? texts.ticket.sending : texts.ticket.send}
            </Button>
          </div>
        )}
      </div>
    </form>
  );
}

function Notices({ writer, onRetry }: { writer: Conversation['writer']; onRetry: () => void }) {
  const texts = useTexts();
  const { sending, failure, note, kept } = useStore(writer.store);
  return (
    <>
      {failure && (
        <div className="failure" role="alert">
          <strong>{texts.ticket.notSent}</strong>
          <p>{texts.failures[failure.kind].join('. ')}</p>
          <Button disabled={sending} onClick={onRetry}>
            {texts.ticket.retry}
          </Button>
        </div>
      )}
      {note === 'arrived-before' && <Notice text={texts.ticket.arrivedBefore} />}
      {note === 'arrived-twice' && <Notice text={texts.ticket.arrivedTwice} />}
      {!kept && <Notice text={texts.notKept} />}
    </>
  );
}

function Notice({ text }: { text: string }) {
  return (
    <p className="notice" role="status">
      {text}
    </p>
  );
}

function MessageBox({
  writer,
  closed,
  onSend,
}: {
  writer: Conversation['writer'];
  closed: boolean;
  onSend: () => void;
}) {
  const texts = useTexts();
  const { text, note, excess } = useStore(writer.store);
  const isWrong = note === 'too-short' || excess > 0;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event.nativeEvent)) return;
    event.preventDefault();
    // A key that is held down sends once.
    if (!event.repeat) onSend();
  }
  return (
    <textarea
      id="message"
      rows={2}
      dir="auto"
      aria-label={texts.ticket.message}
      placeholder={texts.ticket.placeholder}
      disabled={closed}
      value={closed ? '' : text}
      aria-invalid={isWrong || undefined}
      aria-describedby={closed ? undefined : 'message-hint'}
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
  );
}

/** Says how to send the message, or why it cannot be sent. */
function Hint({ writer }: { writer: Conversation['writer'] }) {
  const texts = useTexts();
  const { note, excess } = useStore(writer.store);
  const { minMessageLength } = useStore(serverSettings);
  if (excess > 0 || note === 'too-short')
    return (
      <p id="message-hint" className="field-error" role="alert">
        {excess > 0 ? texts.tooLong(excess) : texts.ticket.tooShort(minMessageLength)}
      </p>
    );
  return (
    <p id="message-hint" className="field-hint">
      {texts.ticket.hint(minMessageLength)}
      <span className="wide"> · {texts.ticket.keys}</span>
    </p>
  );
}

/** Shows that the ticket is closed. Text that was not sent before can still be read and copied. */
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
