import type { CallOutput, OutboxItem } from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import type { Toasts } from '../../toasts.ts';
import { texts } from '../../texts.ts';

/** The agent's decisions about an operation of the outbox. */
export interface Decisions {
  retry(id: string): void;
  discard(item: Pick<OutboxItem, 'id' | 'text'>): void;
  /**
   * Decides a conflict: the fields in `mine` are sent, the other clashing ones left as the server
   * has them.
   */
  resolve(id: string, mine: string[]): void;
  repost(id: string): void;
  restore(id: string): void;
  /** For a reply whose ticket was closed before it went out. */
  reopenAndSend(item: OutboxItem): void;
}

export interface DecisionParts {
  desk: Desk;
  toasts: Toasts;
  saveTyped: () => Promise<void>;
  /** Shows the text that the desk puts back in its composer. */
  bringBack: (call: () => Promise<CallOutput<'outbox.restore'>>) => Promise<void>;
}

export function createDecisions(parts: DecisionParts): Decisions {
  const { desk, toasts, saveTyped } = parts;
  const attempt = createAttempt(toasts);

  function restore(id: string): void {
    attempt(() => restoreText(id, parts));
  }

  return {
    restore,
    retry(id) {
      attempt(() => desk.call('outbox.retry', { operation_id: id }));
    },
    discard({ id, text }) {
      attempt(async () => {
        await desk.call('outbox.discard', { operation_id: id });
        tellDiscarded(toasts, text, () => {
          restore(id);
        });
      });
    },
    resolve(id, mine) {
      attempt(() => desk.call('outbox.resolve', { operation_id: id, mine }));
    },
    repost(id) {
      attempt(() => desk.call('outbox.repost', { operation_id: id }));
    },
    reopenAndSend({ id }) {
      attempt(async () => {
        await saveTyped();
        await desk.call('outbox.reopenAndSend', { operation_id: id });
      });
    },
  };
}

/** Runs a decision in the background and shows the agent why it failed. */
function createAttempt(toasts: Toasts): (run: () => Promise<unknown>) => void {
  return (run) => {
    run().catch((error: unknown) => {
      toasts.fail(error);
    });
  };
}

async function restoreText(
  id: string,
  { desk, saveTyped, bringBack }: DecisionParts,
): Promise<void> {
  await saveTyped();
  await bringBack(() => desk.call('outbox.restore', { operation_id: id }));
}

/** `text`: of a message, which can be restored; null: of anything else. */
function tellDiscarded(toasts: Toasts, text: string | null, restore: () => void): void {
  toasts.show({
    kind: 'info',
    title: texts.discarded,
    body: text === null ? '' : texts.discardedHint,
    actions: text === null ? [] : [{ label: texts.undo.undo, run: restore }],
  });
}
