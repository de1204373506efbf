import { CheckCheck, Clock3 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { OutboxItem } from '../../../contract/bridge.ts';
import { isOnline } from '../../online.ts';
import { useStoreOf, usePart } from '../../stores-context.tsx';
import { texts } from '../../texts.ts';
import { formatCount } from '../../kit/format.ts';
import { Action } from '../../kit/action.tsx';
import { Button } from '../../kit/button.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { useSecondsLeft } from '../../kit/use-countdown.ts';
import { CopyAction, Line } from './line.tsx';
import { whyWaiting } from './why.ts';

const shownAtFirst = 40;

type DrawCard = (item: OutboxItem, behind: number) => ReactNode;

/**
 * Everything that the server has not confirmed: what needs the agent first, then the rest in its
 * order.
 */
export function Waiting({ card }: { card: DrawCard }) {
  const items = useStoreOf(
    (s) => s.outbox,
    (state) => state.items,
  );
  if (items.length === 0)
    return (
      <EmptyState
        icon={<CheckCheck size={28} strokeWidth={1.4} />}
        title={texts.outboxEmpty[0]}
        hint={texts.outboxEmpty[1]}
      />
    );
  const parked = items.filter((item) => item.state === 'not-sent');
  const others = items.filter((item) => item.state !== 'not-sent');
  return (
    <>
      <Parked items={parked} others={others} card={card} />
      <InOrder items={others} all={items} />
    </>
  );
}

interface ParkedProps {
  items: readonly OutboxItem[];
  others: readonly OutboxItem[];
  card: DrawCard;
}

function Parked({ items, others, card }: ParkedProps) {
  const behind = (item: OutboxItem): number =>
    others.filter((other) => other.ticket_id === item.ticket_id && other.behind).length;
  return (
    <>
      {items.length > 0 && <Heading text={texts.outboxNotSent} count={items.length} />}
      <Few
        items={items}
        draw={(item) => (
          <Line
            key={item.id}
            item={item}
            at={item.created_at}
            note={item.attempts > 0 ? texts.attempts(item.attempts) : undefined}
          >
            {card(item, behind(item))}
          </Line>
        )}
      />
    </>
  );
}

interface InOrderProps {
  items: readonly OutboxItem[];
  /** Everything in the outbox: an operation may wait for one that needs the agent. */
  all: readonly OutboxItem[];
}

function InOrder({ items, all }: InOrderProps) {
  const byId = new Map(all.map((item) => [item.id, item]));
  return (
    <>
      {items.length > 0 && <Heading text={texts.outboxInOrder} count={items.length} />}
      <Few
        items={items}
        draw={(item) => (
          <WaitingLine
            key={item.id}
            item={item}
            earlier={(item.waits_for !== null && byId.get(item.waits_for)) || null}
          />
        )}
      />
    </>
  );
}

/** The first of a list that can hold hundreds; the others when asked for. */
function Few({
  items,
  draw,
}: {
  items: readonly OutboxItem[];
  draw: (item: OutboxItem) => ReactNode;
}) {
  const [limit, setLimit] = useState(shownAtFirst);
  return (
    <>
      {items.slice(0, limit).map(draw)}
      {items.length > limit && (
        <Button
          look="quiet"
          className="show-more"
          onClick={() => {
            setLimit(limit + 4 * shownAtFirst);
          }}
        >
          {texts.bulk.showMore(formatCount(items.length - limit))}
        </Button>
      )}
    </>
  );
}

function Heading({ text, count }: { text: string; count: number }) {
  return (
    <h2 className="outbox-group">
      {text} <span>{formatCount(count)}</span>
    </h2>
  );
}

function WaitingLine({ item, earlier }: { item: OutboxItem; earlier: OutboxItem | null }) {
  const sync = useStoreOf(
    (s) => s.session,
    (state) => state.sync,
  );
  const entry = useStoreOf(
    (s) => s.undo,
    (state) => state.entries.find((one) => one.operationId === item.id) ?? null,
  );
  const left = useSecondsLeft(entry?.endsAt ?? null);
  return (
    <Line
      item={item}
      at={item.created_at}
      note={item.unit !== null && item.unit !== item.id ? texts.composer.withMessage : undefined}
      actions={item.state === 'sending' ? undefined : <Actions item={item} />}
      under={
        <>
          <Clock3 size={12} aria-hidden="true" />
          <span>{whyWaiting(item, earlier, sync, left)}</span>
          {item.attempts > 0 && (
            <span className="line-attempts">{texts.attempts(item.attempts)}</span>
          )}
        </>
      }
    />
  );
}

function Actions({ item }: { item: OutboxItem }) {
  const outbox = usePart((s) => s.outbox);
  const undo = usePart((s) => s.undo);
  const isMessage = item.kind === 'reply' || item.kind === 'note';
  return (
    <>
      <Sooner item={item} />
      {isMessage && (
        <Action
          label={texts.edit}
          hotkey="W"
          onPress={() => {
            void undo.takeBack(item.id);
          }}
        />
      )}
      <CopyAction item={item} />
      <Action
        label={texts.discard}
        hotkey="Delete"
        onPress={() => {
          outbox.discard(item);
        }}
      />
    </>
  );
}

/** Ends the undo window, or the wait for the next attempt. */
function Sooner({ item }: { item: OutboxItem }) {
  const undo = usePart((s) => s.undo);
  const syncDetails = usePart((s) => s.syncDetails);
  const offline = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.phase === 'offline',
  );
  const online = useStoreOf(
    (s) => s.session,
    (state) => isOnline(state.sync),
  );
  // Without the server an undo window ends only in more waiting.
  if (item.state === 'held' && (online || item.held_ms === null))
    return (
      <Action
        label={offline ? texts.sendLater : texts.undo.sendNow}
        hotkey="G"
        onPress={() => {
          void undo.release(item.id);
        }}
      />
    );
  return offline && <Action label={texts.tryNow} hotkey="G" onPress={syncDetails.retry} />;
}
