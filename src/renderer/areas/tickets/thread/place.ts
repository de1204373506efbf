import { useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { useStoreOf } from '../../../stores-context.tsx';
import type { Hidden } from './growing.ts';
import type { FoundIn } from './thread-state.ts';

/** Near the end counts as at the end: a new message is then scrolled into view. */
const nearEnd = 120;

/** The log of the conversation, and its moves. */
interface Place {
  log: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  toEnd: () => void;
}

/**
 * The place where the agent reads: at the search hit, else the unread line, else the end. The end
 * stays in sight while the agent is there, whatever comes in.
 */
export function usePlace(hidden: Hidden): Place {
  const { thread, earlier, found } = useStoreOf(
    (s) => s.thread,
    (state) => state,
  );
  const log = useRef<HTMLDivElement>(null);
  const pinned = useRef(true);
  const sent = thread?.messages.findLast(({ delivery }) => delivery !== null)?.id ?? null;
  const known = useRef(sent);
  const height = useRef(0);
  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    begin(box, found);
    known.current = sent;
    pinned.current = isNear(box, nearEnd);
  }, [found]); // oxlint-disable-line react-hooks/exhaustive-deps -- only where the reading begins
  useLayoutEffect(() => {
    const box = log.current;
    if (!box) return;
    // A reply that was just sent comes into sight, wherever the agent was reading.
    if (sent !== null && sent !== known.current) pinned.current = true;
    known.current = sent;
    if (pinned.current) goToEnd(box);
    // At the very top the browser keeps no place.
    else if (box.scrollTop === 0) box.scrollTop = box.scrollHeight - height.current;
    height.current = box.scrollHeight;
  }, [thread, earlier, hidden, sent]);
  useEndInSight(log, pinned);
  return {
    log,
    onScroll: () => {
      if (log.current) pinned.current = isNear(log.current, nearEnd);
    },
    toEnd: () => {
      if (!log.current) return;
      pinned.current = true;
      goToEnd(log.current);
      log.current.focus();
    },
  };
}

function begin(box: HTMLElement, found: FoundIn | null): void {
  const line = box.querySelector(
    found?.messageId ? `[data-message="${found.messageId}"]` : '.unread-line',
  );
  if (line) line.scrollIntoView({ block: found?.messageId ? 'center' : 'start' });
  else goToEnd(box);
}

/** A window or composer that changes its size keeps the end in sight where it was. */
function useEndInSight(log: RefObject<HTMLDivElement | null>, pinned: RefObject<boolean>): void {
  useEffect(() => {
    const box = log.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(() => {
      if (pinned.current) goToEnd(box);
    });
    observer.observe(box);
    return () => {
      observer.disconnect();
    };
  }, [log, pinned]);
}

function goToEnd(box: HTMLElement): void {
  box.scrollTop = box.scrollHeight;
}

/** Whether the end is nearer than `distance` pixels. */
export function isNear(box: HTMLElement, distance: number): boolean {
  return box.scrollHeight - box.scrollTop - box.clientHeight < distance;
}
