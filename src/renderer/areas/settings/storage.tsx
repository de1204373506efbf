import { useEffect } from 'react';
import type { Storage } from '../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Button } from '../../kit/button.tsx';
import { Fact } from '../../kit/fact.tsx';
import { formatBytes, formatCount } from '../../kit/format.ts';
import { KeptTickets } from './kept-tickets.tsx';

/** Size of the data on this computer, and the button that loads the copy of the server again. */
export function StorageSection() {
  const storage = useStorage();
  const words = texts.storage;
  if (!storage) return <p className="quiet">{texts.loading}</p>;
  return (
    <>
      <dl className="facts">
        <Fact label={words.cacheSize}>{formatBytes(storage.cache_bytes)}</Fact>
        <Fact label={words.tickets}>{formatCount(storage.tickets)}</Fact>
        <Fact label={words.messages}>{formatCount(storage.messages)}</Fact>
      </dl>
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
      <ClearCopy />
    </>
  );
}

/** Sizes on this computer, asked for again while the copy grows. */
function useStorage(): Storage | null {
  const computer = usePart((s) => s.computer);
  const cached = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.tickets_cached,
  );
  useEffect(() => {
    computer.askStorage();
  }, [computer, cached]);
  return useStoreOf(
    (s) => s.computer,
    (state) => state.storage,
  );
}

function ClearCopy() {
  const computer = usePart((s) => s.computer);
  const clearing = useStoreOf(
    (s) => s.computer,
    (state) => state.clearing,
  );
  const words = texts.storage;
  return (
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
  );
}
