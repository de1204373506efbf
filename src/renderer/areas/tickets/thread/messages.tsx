import { memo, useState, type ReactNode } from 'react';
import type { ThreadMessage } from '../../../../contract/bridge.ts';
import type { FoundIn } from './thread-state.ts';
import { texts } from '../../../texts.ts';
import { dayHeading, dayKey } from '../../../kit/format.ts';
import { useNow } from '../../../kit/use-now.ts';
import type { Hidden } from './growing.ts';
import { Message } from './message.tsx';

/** Messages that are drawn together, and not again while none of them changes. */
export const blockSize = 20;
/**
 * Estimated height of a message, in px; the browser keeps the real height once it has been seen.
 */
const aboutHigh = 106;
/**
 * Messages of one author that follow each other in less than this stand together under one name.
 */
const togetherMs = 5 * 60_000;

interface Marks {
  firstUnread: string | null;
  found: FoundIn | null;
}

/**
 * Messages with day headings and the unread line; what is not part of the page yet takes its place
 * as room. `hidden` counts blocks.
 */
export function Messages({
  messages,
  hidden,
  ...marks
}: { messages: readonly ThreadMessage[]; hidden: Hidden } & Marks): ReactNode {
  const now = useNow();
  const from = hidden.before * blockSize;
  const end = Math.ceil(messages.length / blockSize) * blockSize - hidden.after * blockSize;
  // These are laid out for real, or the place where the thread opens would be reckoned from heights
  // that nobody has measured.
  const [atFirst] = useState<ReadonlySet<string>>(
    () => new Set(messages.slice(from, end).map(({ id }) => id)),
  );
  const blocks: ReactNode[] = [];
  for (let at = from; at < Math.min(end, messages.length); at += blockSize) {
    const block = messages.slice(at, at + blockSize);
    blocks.push(
      <Block
        key={block[0]?.id}
        messages={block}
        before={messages[at - 1]}
        now={now}
        atFirst={atFirst}
        {...marks}
      />,
    );
  }
  return (
    <>
      {from > 0 && <div style={{ height: from * aboutHigh }} aria-hidden="true" />}
      {blocks}
      {end < messages.length && (
        <div style={{ height: (messages.length - end) * aboutHigh }} aria-hidden="true" />
      )}
    </>
  );
}

interface BlockProps extends Marks {
  messages: readonly ThreadMessage[];
  before: ThreadMessage | undefined;
  now: number;
  atFirst: ReadonlySet<string>;
}

const Block = memo(function Block({
  messages,
  before: last,
  now,
  atFirst,
  firstUnread,
  found,
}: BlockProps) {
  return messages.map((message, i) => {
    const before = i === 0 ? last : messages[i - 1];
    const newDay = !before || dayKey(before.at) !== dayKey(message.at);
    const unread = message.id === firstUnread;
    const follows = before !== undefined && !newDay && !unread && isTogether(before, message);
    return (
      <div
        key={message.id}
        className={`msg-slot ${follows ? 'follows' : ''} ${atFirst.has(message.id) ? '' : 'later'}`}
        data-message={message.id}
      >
        {unread && (
          <div className="unread-line" role="separator">
            <span>{texts.newLine}</span>
          </div>
        )}
        {newDay && <h3 className="day">{dayHeading(message.at, now)}</h3>}
        <Message
          message={message}
          follows={follows}
          find={found?.find ?? null}
          isFound={message.id === found?.messageId}
        />
      </div>
    );
  });
}, isSameBlock);

/** The list itself is made anew with every change, its messages are not. */
function isSameBlock(
  { messages: old, ...before }: BlockProps,
  { messages, ...after }: BlockProps,
): boolean {
  return (
    old.length === messages.length &&
    old.every((message, i) => message === messages[i]) &&
    before.before === after.before &&
    before.now === after.now &&
    before.firstUnread === after.firstUnread &&
    before.found === after.found
  );
}

/**
 * Notes always say what they are, and what waits to be sent says where it stands: neither stands
 * under another's name.
 */
function isTogether(before: ThreadMessage, message: ThreadMessage): boolean {
  return (
    message.kind !== 'note' &&
    before.kind === message.kind &&
    before.author === message.author &&
    before.mine === message.mine &&
    message.at - before.at < togetherMs &&
    message.delivery === null
  );
}
