import { ArrowDown, CloudDownload } from 'lucide-react';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { ThreadMessage } from '../../../../contract/bridge.ts';
import { useStoreOf, usePart } from '../../../stores-context.tsx';
import { isTicketInSight } from '../../../panels.ts';
import { texts } from '../../../texts.ts';
import { Button } from '../../../kit/button.tsx';
import { formatCount } from '../../../kit/format.ts';
import { useGrowing } from './growing.ts';
import { blockSize, Messages } from './messages.tsx';
import { isNear, usePlace } from './place.ts';
import { whenSeen } from './seen.ts';
import { isReadBySight } from './thread-state.ts';

/** From so far on the button to the end is worth its place. */
const farFromEnd = 500;

/**
 * The messages by day, with the unread line. Opens at what a search has found, else at the first
 * unread message, else at the end. Every message that is loaded becomes part of the page, so that
 * the browser's own search and screen readers find it; what stands above the agent's place may
 * change, the place is kept (the browser's scroll anchoring).
 */
export function Conversation() {
  const { thread, earlier, older, readThrough, found } = useStoreOf(
    (s) => s.thread,
    (state) => state,
  );
  const messages = thread ? [...earlier, ...thread.messages] : [];
  const firstUnread = messages.find((m) => m.kind === 'customer' && m.at > readThrough)?.id ?? null;
  const hidden = useGrowing(
    Math.ceil(messages.length / blockSize),
    blockOf(found?.messageId ?? firstUnread, messages),
  );
  const { log, onScroll, toEnd } = usePlace(hidden);
  const { leftAt, noteLeaving } = useLeftAt(messages);
  useMarkRead();
  const beginning = useEarlierInSight(log, older !== null && hidden.before === 0);

  return (
    <div className="conversation">
      <div
        className="log"
        role="log"
        aria-label={texts.conversation}
        ref={log}
        tabIndex={0}
        onScroll={({ currentTarget }) => {
          onScroll();
          noteLeaving(currentTarget);
        }}
      >
        {thread?.whole === false && <NotWhole />}
        <div ref={beginning} />
        {older !== null && <Earlier />}
        {thread && messages.length === 0 && <p className="quiet centre">{texts.noMessages}</p>}
        <Messages messages={messages} hidden={hidden} firstUnread={firstUnread} found={found} />
      </div>
      {leftAt !== null && <ToNewest below={countBehind(messages, leftAt)} onClick={toEnd} />}
    </div>
  );
}

/** The block with this message; the last one without it. */
function blockOf(messageId: string | null, messages: readonly ThreadMessage[]): number {
  const at = messages.findIndex(({ id }) => id === messageId);
  return Math.floor((at < 0 ? Math.max(0, messages.length - 1) : at) / blockSize);
}

function Earlier() {
  const store = usePart((s) => s.thread);
  return (
    <Button
      look="quiet"
      className="earlier"
      onClick={() => {
        store.loadEarlier();
      }}
    >
      {texts.earlier}
    </Button>
  );
}

/** The newest message when the agent went up to read; null while they are at the end. */
function useLeftAt(messages: readonly ThreadMessage[]): {
  leftAt: string | null;
  noteLeaving: (box: HTMLDivElement) => void;
} {
  const [leftAt, setLeftAt] = useState<string | null>(null);
  return {
    leftAt,
    noteLeaving: (box) => {
      if (isNear(box, farFromEnd)) setLeftAt(null);
      else setLeftAt((before) => before ?? messages.at(-1)?.id ?? null);
    },
  };
}

function countBehind(messages: readonly ThreadMessage[], id: string): number {
  const at = messages.findLastIndex((message) => message.id === id);
  return at < 0 ? 0 : messages.length - 1 - at;
}

/** Marks the ticket read once its news have been in front of the agent. */
function useMarkRead(): void {
  const store = usePart((s) => s.thread);
  const shown = useStoreOf(
    (s) => s.thread,
    (state) => state,
  );
  const { thread } = shown;
  const isToBeRead = isReadBySight(shown);
  const isInSight = useStoreOf((s) => s.panels, isTicketInSight);
  useEffect(() => {
    if (!isToBeRead || !isInSight) return undefined;
    return whenSeen(store.markRead);
  }, [thread?.ticket.id, isToBeRead, thread?.unread_state, isInSight, store]);
}

/**
 * Loads earlier messages once the mark that it returns comes near the top. Watched and not reckoned
 * from scroll events: there is none when what comes in leaves the agent at the very top.
 */
function useEarlierInSight(
  log: RefObject<HTMLDivElement | null>,
  isMore: boolean,
): RefObject<HTMLDivElement | null> {
  const store = usePart((s) => s.thread);
  const older = useStoreOf(
    (s) => s.thread,
    (state) => state.older,
  );
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!mark.current || !isMore) return undefined;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) store.loadEarlier();
      },
      { root: log.current, rootMargin: '100% 0px 0px' },
    );
    observer.observe(mark.current);
    return () => {
      observer.disconnect();
    };
  }, [log, store, older, isMore]);
  return mark;
}

function ToNewest({ below, onClick }: { below: number; onClick: () => void }) {
  return (
    <button type="button" className="to-newest" onClick={onClick}>
      <ArrowDown size={14} aria-hidden="true" />{' '}
      {below > 0 ? texts.newBelow(formatCount(below)) : texts.newest}
    </button>
  );
}

/** Some of this ticket is not here yet: what stands here must not look like all of it. */
function NotWhole() {
  const offline = useStoreOf(
    (s) => s.session,
    (state) => state.sync?.phase === 'offline',
  );
  return (
    <p className="not-whole" role="note">
      <CloudDownload size={14} aria-hidden="true" />
      {offline ? texts.notWholeOffline : texts.notWhole}
    </p>
  );
}
