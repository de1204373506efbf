import { Send } from 'lucide-react';
import type { JournalItem } from '../../../contract/bridge.ts';
import { useStoreOf } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { Copyable } from '../../kit/copyable.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Fact } from '../../kit/fact.tsx';
import { exactTime } from '../../kit/format.ts';
import { CopyAction, Line, useCopy } from './line.tsx';

/**
 * Operations that the server has confirmed, newest first: one line each, with the proof that it was
 * sent once.
 */
export function Journal() {
  const journal = useStoreOf(
    (s) => s.outbox,
    (state) => state.journal,
  );
  if (journal === null) return null;
  if (journal.length === 0)
    return (
      <EmptyState
        icon={<Send size={26} strokeWidth={1.4} />}
        title={texts.sentEmpty[0]}
        hint={texts.sentEmpty[1]}
      />
    );
  return journal.map((item) => (
    <Line
      key={item.id}
      item={item}
      at={item.ended_at}
      actions={<CopyAction item={item} />}
      under={<Proof item={item} />}
    />
  ));
}

/** Shows that the operation was sent once: its times, its key, and its id on the server. */
function Proof({ item }: { item: JournalItem }) {
  return (
    <dl className="proof">
      <Fact label={texts.queuedAt}>{exactTime(item.created_at)}</Fact>
      <Fact label={texts.confirmedAt}>{exactTime(item.ended_at)}</Fact>
      <Fact label={texts.attemptsLabel}>{item.attempts}</Fact>
      <CopyableFact label={texts.keyLabel} text={item.id} />
      {item.server_id !== null && <CopyableFact label={texts.serverId} text={item.server_id} />}
    </dl>
  );
}

function CopyableFact({ label, text }: { label: string; text: string }) {
  const copy = useCopy();
  return (
    <Fact label={label}>
      <Copyable text={text} label={texts.copyWhat(label)} onCopy={copy} />
    </Fact>
  );
}
