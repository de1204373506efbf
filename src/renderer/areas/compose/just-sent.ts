import type { MessageKind } from '../../../contract/bridge.ts';
import type { Composer } from './composer-store.ts';

interface Sent {
  ticketId: string;
  kind: MessageKind;
  text: string;
}

/** The message that was sent last, until something else is written in its composer. */
export interface JustSent {
  /**
   * `arrival`: the id of its operation once the desk has it, null where the desk has refused it.
   */
  begin(sent: Sent, arrival: Promise<string | null>): void;
  /**
   * Whether the message was sent from the composer of this ticket, which is untouched since, and
   * can still be put back into it.
   */
  isIn(ticketId: string | null): boolean;
  /** Resolves once the desk has what is being sent: false where it has refused it. */
  settled(): Promise<boolean>;
  clear(): void;
}

/** `newest`: the operation that would be undone now. */
export function createJustSent(composer: Composer, newest: () => string | null): JustSent {
  let last:
    | (Sent & { arrival: Promise<string | null>; operationId: string | null; isPending: boolean })
    | null = null;
  const textOf = ({ ticketId, kind }: Sent): string => composer.text(ticketId, kind);

  composer.state.subscribe(() => {
    if (last !== null && !['', last.text].includes(textOf(last))) last = null;
  });
  return {
    begin(sent, arrival) {
      const mine = { ...sent, arrival, operationId: null as string | null, isPending: true };
      last = mine;
      void arrival.then((operationId) => {
        Object.assign(mine, { operationId, isPending: false });
        if (operationId === null && last === mine) last = null;
      });
    },
    isIn(ticketId) {
      if (last === null || last.ticketId !== ticketId || composer.kind(last.ticketId) !== last.kind)
        return false;
      return last.isPending || (textOf(last) === '' && last.operationId === newest());
    },
    async settled() {
      return last === null || !last.isPending || (await last.arrival) !== null;
    },
    clear() {
      last = null;
    },
  };
}
