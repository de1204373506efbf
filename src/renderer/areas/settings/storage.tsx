import { useEffect } from 'react';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { Fact } from '../../kit/fact.tsx';
import { formatBytes, formatCount } from '../../kit/format.ts';
import { KeptTickets } from './kept-tickets.tsx';

/** Size of the data on this computer, and the button that loads the copy of the server again. */
export function StorageSection() {
  const computer = usePart((s) => s.computer);
  const { storage, clearing } = useStoreOf(
    (s) => s.computer,
    (state) => state,
  );
  const cached = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.tickets_cached,
  );
  // Again while the copy grows.
  useEffect(() => {
    computer.askStorage();
  }, [computer, cached]);
  const words = texts.storage;
  if (!storage) return <p className="quiet">{texts.loading}</p>;
  return (
    <>
      <dl className="facts">
        <Fact label={words.cacheSize}>{formatBytes(storage.cache_bytes)}</Fact>
        <Fact label={words.tickets}>{formatCount(storage.tickets)}</Fact>
        <Fact label={words.messages}>{formatCount(storage.messages)}</Fact>
      </dl>
      <p className="quiet">{texts.kept.bounded}</p>
      <KeptTickets />
      <dl className="facts">
        <Fact label={words.outboxSize}>{formatBytes(storage.outbox_bytes)}</Fact>
        <Fact label={words.drafts}>{formatCount(storage.drafts)}</Fact>
        <Fact label={words.waiting}>{formatCount(storage.waiting)}</Fact>
      </dl>
      <dl className="facts">
        <Fact label={words.folder}>
          <code>{storage.folder}</code>
        </Fact>
      </dl>
      <div className="setting">
        <Button
          disabled={clearing}
          onClick={() => {
            void computer.clearCopy();
          }}
        >
          {clearing ? words.clearing : words.clear}
        </Button>
        <p className="quiet">{words.clearHint}</p>
      </div>
    </>
  );
}
