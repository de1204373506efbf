import type {
  MessageKind,
  OutboxItem,
  SendActions,
  SendFinish,
  UnitPart,
} from '../../../contract/bridge.ts';
import type { Desk } from '../../bridge/client.ts';
import { actionsText, texts } from '../../texts.ts';
import type { Toasts } from '../../toasts.ts';

/** A message that was sent with changes of its ticket. */
interface SentUnit {
  unit: string;
  kind: MessageKind;
  actions: SendActions;
  finish: SendFinish | null;
}

/**
 * Tells what became of messages that were sent with changes: one line for all, with each result.
 */
export interface Units {
  watch(sent: SentUnit): void;
  /** Takes over what the desk still has waiting. */
  waiting(items: readonly OutboxItem[]): void;
  clear(): void;
}

export function createUnits(desk: Desk, toasts: Toasts, staffName: (id: string) => string): Units {
  const watched = new Map<string, SentUnit>();

  async function look(sent: SentUnit): Promise<void> {
    const parts = await desk.call('compose.unit', { unit: sent.unit }).catch(() => null);
    if (!parts || !watched.has(sent.unit) || parts.some((part) => part.state === 'waiting')) return;
    watched.delete(sent.unit);
    const message = parts.find((part) => part.kind === 'reply' || part.kind === 'note');
    // Taken back, or stopped: the composer or the card says so.
    if (message?.state !== 'done') return;
    const stuck = parts.some((part) => part.state === 'not-sent');
    toasts.show({
      kind: stuck ? 'error' : 'info',
      title: sent.kind === 'note' ? texts.composer.noteAdded : texts.composer.replySent,
      body: resultText(sent, parts, staffName),
    });
  }

  return {
    watch(sent) {
      watched.set(sent.unit, sent);
      // It may all have gone out before the response to the send came.
      void look(sent);
    },
    waiting(items) {
      const busy = new Set(
        items.filter((item) => item.state !== 'not-sent').map((item) => item.unit),
      );
      for (const sent of watched.values()) if (!busy.has(sent.unit)) void look(sent);
    },
    clear() {
      watched.clear();
    },
  };
}

function resultText(
  { actions, finish }: SentUnit,
  parts: readonly UnitPart[],
  staffName: (id: string) => string,
): string {
  const closes = finish === 'close' || actions.status === 'closed';
  const fields = Object.fromEntries(
    Object.entries(actions).filter(
      ([field, value]) =>
        field !== 'status' || (!closes && finish !== 'wait' && value !== undefined),
    ),
  );
  const words = {
    change: [actionsText(fields, staffName), finish === 'wait' ? texts.composer.putAway : '']
      .filter((text) => text !== '')
      .join(', '),
    close: texts.undo.closed,
  };
  return parts
    .flatMap(({ kind, state }) => {
      if ((kind !== 'change' && kind !== 'close') || state === 'discarded' || words[kind] === '')
        return [];
      return [state === 'not-sent' ? `${texts.notSent}: ${words[kind]}` : words[kind]];
    })
    .join('\n');
}
