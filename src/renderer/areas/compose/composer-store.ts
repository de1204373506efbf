import type { StoreApi } from 'zustand/vanilla';
import type { Draft, MessageKind, SendActions } from '../../../contract/bridge.ts';
import type { SingleAction } from '../../../core/send-actions.ts';
import type { Desk } from '../../bridge/client.ts';
import type { Toasts } from '../../toasts.ts';
import { createLedger } from './writing/ledger.ts';
import { createOwner } from './writing/owner.ts';
import { createPresses } from './writing/presses.ts';
import { createRestores, type DraftsFrom, type TextBack } from './writing/restores.ts';
import { createSaves, type Saves } from './writing/saves.ts';
import { createSend, type SendOptions } from './writing/sends.ts';
import { createTurns } from './writing/turns.ts';
import { createVersions } from './writing/versions.ts';
import {
  createWritten,
  noActions,
  type ComposerState,
  type Key,
  type Written,
} from './writing/written.ts';

export type { DraftsFrom };

/**
 * The texts being written, one for each ticket and kind. No typed text is only here for longer than
 * a moment.
 */
export interface Composer {
  state: StoreApi<ComposerState>;
  text(ticketId: string, kind: MessageKind): string;
  type(ticketId: string, kind: MessageKind, text: string): void;
  setKind(ticketId: string, kind: MessageKind): void;
  kind(ticketId: string): MessageKind;
  /** Names this moment, for what the desk is asked now: see `restore`. */
  mark(): number;
  /**
   * Shows the drafts as the desk has them, also what another window has written, where nothing was
   * written here since the moment that they are of. `opening`: the composer has not been seen yet.
   */
  restore(
    ticketId: string,
    drafts: readonly Draft[],
    options: DraftsFrom & { opening?: boolean },
  ): void;
  /** Saves what is not saved yet, now: on blur, before another ticket. */
  flush(): Promise<void>;
  /**
   * The page goes, and takes with it what is on its way: whatever is not confirmed is sent once
   * more, in a way that outlives it.
   */
  leave(): void;
  /**
   * Clears the composer only after the desk has the message for good; returns its id. `seen`: the
   * newest message on screen. `queued` hears first what the desk has returned.
   */
  send(
    ticketId: string,
    kind: MessageKind,
    seen: string | null,
    more?: SendOptions,
  ): Promise<string | null>;
  actions(ticketId: string, kind: MessageKind): SendActions;
  /**
   * Puts a text where the caret is, in the place of what is being chosen there; nothing else that
   * is written changes.
   */
  insert(
    ticketId: string,
    kind: MessageKind,
    text: string,
    options?: { from?: number; actions?: SendActions },
  ): void;
  takeOff(ticketId: string, kind: MessageKind, action: SingleAction): void;
  /**
   * Notes where the caret is, so that it is there again when this composer is shown, and macros
   * from elsewhere know their place.
   */
  caretAt(ticketId: string, kind: MessageKind, at: number): void;
  showCaret(ticketId: string, kind: MessageKind, at?: number, to?: number): void;
  beforeCaret(ticketId: string, kind: MessageKind): string;
  /**
   * Shows the text that the desk puts back in `call`, with the caret at its end; `onBack` shows its
   * ticket.
   */
  bringBack(call: () => Promise<TextBack>, onBack?: (ticketId: string) => void): Promise<void>;
  caretPlaced(): void;
  /**
   * Sets the account that the texts belong to from now on. Texts that it could not save before it
   * signed out are back in their composers.
   */
  belongsTo(account: string | null): void;
  /**
   * Another account sees nothing of what this one was writing; it is in the desk's drafts, the last
   * letters too.
   */
  clear(): void;
  askVersions(ticketId: string, kind: MessageKind): void;
  /** Takes an earlier text; the one that it replaces becomes a version. */
  restoreVersion(ticketId: string, kind: MessageKind, text: string): Promise<void>;
}

export function createComposer(desk: Desk, toasts: Toasts): Composer {
  const written = createWritten();
  const ledger = createLedger(desk.revision);
  const inTurn = createTurns<Key>();
  const basics = { desk, toasts, written, ledger };
  const presses = createPresses(basics);
  const saves = createSaves({ ...basics, presses, inTurn });
  const owner = createOwner({ ...basics, saves });
  const { restore, bringBack, putBack } = createRestores({ ...basics, presses, saves });
  const versions = createVersions({ ...basics, saves, bringBack, inTurn });
  const send = createSend({ ...basics, presses, inTurn });
  return {
    ...createWriting(written, saves),
    restore,
    bringBack,
    state: written.state,
    mark: ledger.moment,
    flush: saves.flush,
    leave: saves.leave,
    send: (ticketId, kind, seen, more) => send({ ticketId, kind }, seen, more),
    belongsTo(account) {
      for (const { place, text, actions } of owner.take(account)) {
        const { ticketId: ticket_id, kind } = place;
        putBack({ ticket_id, kind, text, actions, saved_at: null });
        saves.changed(place);
      }
    },
    clear() {
      owner.handOver();
      ledger.clear();
      presses.clear();
      written.clear();
    },
    askVersions(ticketId, kind) {
      versions.ask({ ticketId, kind });
    },
    restoreVersion: (ticketId, kind, text) => versions.restore({ ticketId, kind }, text),
  };
}

type Writing = Pick<
  Composer,
  | 'text'
  | 'type'
  | 'kind'
  | 'setKind'
  | 'actions'
  | 'insert'
  | 'takeOff'
  | 'beforeCaret'
  | 'caretAt'
  | 'showCaret'
  | 'caretPlaced'
>;

/** Access to the texts for the agent, whose edits are saved soon. */
function createWriting(written: Written, saves: Saves): Writing {
  return {
    kind: written.kind,
    setKind: written.setKind,
    text: (ticketId, kind) => written.text({ ticketId, kind }),
    actions: (ticketId, kind) => written.actions({ ticketId, kind }),
    type(ticketId, kind, text) {
      written.put({ ticketId, kind }, text);
      saves.changed({ ticketId, kind });
    },
    insert(ticketId, kind, text, { from, actions = noActions } = {}) {
      written.insert({ ticketId, kind }, text, from, actions);
      saves.changed({ ticketId, kind });
    },
    takeOff(ticketId, kind, action) {
      written.takeOff({ ticketId, kind }, action);
      saves.changed({ ticketId, kind });
    },
    beforeCaret: (ticketId, kind) => written.beforeCaret({ ticketId, kind }),
    caretAt(ticketId, kind, at) {
      written.caretAt({ ticketId, kind }, at);
    },
    showCaret(ticketId, kind, at, to) {
      written.showCaret({ ticketId, kind }, at, to);
    },
    caretPlaced() {
      written.state.setState({ caret: null });
    },
  };
}
