import type { CallOutput, CallResult, LiveName } from '../../contract/bridge.ts';

/** A result's contents as text; the result counts as new where the text differs. */
export interface Facts {
  /** The drafts in it. Null: the window has saved some itself since, and shows those. */
  drafts: string | null;
  others: string;
}

export function factsOf(name: LiveName, result: CallResult): Facts {
  const isThread = name === 'thread.get' && result.ok;
  if (!isThread) return { drafts: '', others: textOf(name, result) };
  // Where the unread line would stand counts when the ticket is opened; what is unread is news.
  const { drafts, read_through: _line, ...others } = result.value as CallOutput<'thread.get'>;
  return { drafts: JSON.stringify(drafts), others: textOf(name, others) };
}

/** The seconds that are left of an undo window go by without being news. */
function textOf(name: LiveName, what: unknown): string {
  if (name !== 'thread.get' && name !== 'outbox.list') return JSON.stringify(what);
  return JSON.stringify(what, (key, value: unknown) =>
    key === 'held_ms' && value !== null ? 0 : value,
  );
}
