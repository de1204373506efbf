import type { CallInput } from '../../../../contract/bridge.ts';
import { maxDraftLength } from '../../../../contract/wire/api.ts';
import type { Desk } from '../../../bridge/client.ts';
import type { Toasts } from '../../../toasts.ts';
import type { Ledger } from './ledger.ts';
import type { Presses } from './presses.ts';
import type { InTurn } from './turns.ts';
import { keyOf, type Key, type Place, type Written } from './written.ts';

/** Saves what is written, a moment after it was. */
export interface Saves {
  /** Something was written here: it is saved soon. */
  changed(place: Place): void;
  /** Shows whether all that is written is saved. */
  tellSaved(): void;
  /** Asks the desk to keep a text; knows then what it has. */
  keep(place: Place, text: string): Promise<void>;
  /** A text as the desk is asked to keep it. */
  draftOf(place: Place, text: string): CallInput<'draft.save'>;
  flush(): Promise<void>;
  leave(): void;
}

interface SaveParts {
  desk: Desk;
  toasts: Toasts;
  written: Written;
  ledger: Ledger;
  presses: Presses;
  inTurn: InTurn<Key>;
}

/** With the call, a text is kept within 300 ms of its last letter. */
const saveDelayMs = 280;

export function createSaves(parts: SaveParts): Saves {
  const { written, ledger, inTurn } = parts;
  const { unsaved } = ledger;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const saveInTurn = (key: Key, place: Place): Promise<void> =>
    inTurn(key, async () => {
      if (unsaved.has(key) && canKeep(place, written)) await save(place, parts);
    });

  async function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    await Promise.all([...unsaved].map(([key, place]) => saveInTurn(key, place)));
  }

  return {
    flush,
    tellSaved() {
      tellSaved(parts);
    },
    keep: (place, text) => keepDraft(place, text, parts),
    draftOf: (place, text) => draftOf(place, text, parts),
    changed(place) {
      written.state.setState({ saved: 'saving' });
      unsaved.set(keyOf(place), place);
      ledger.touch(place);
      // Not restarted by each key: someone who never pauses is saved too.
      timer ??= setTimeout(() => {
        void flush();
      }, saveDelayMs);
    },
    leave() {
      for (const place of unsaved.values()) if (canKeep(place, written)) void save(place, parts);
    },
  };
}

/**
 * Resolves once the desk has the text that is written here now, or has refused it: then it is tried
 * again with the next key or blur.
 */
async function save(place: Place, parts: SaveParts): Promise<void> {
  const { written, toasts } = parts;
  try {
    await keepDraft(place, written.text(place), parts);
    tellSaved(parts);
  } catch (error) {
    written.state.setState({ saved: 'idle' });
    toasts.fail(error);
  }
}

function tellSaved({ written, ledger }: Pick<SaveParts, 'written' | 'ledger'>): void {
  if (ledger.unsaved.size === 0) written.state.setState({ saved: 'saved' });
}

/** A text beyond any draft's length stays in this window alone, which says so. */
function canKeep(place: Place, written: Written): boolean {
  if (written.text(place).length <= maxDraftLength) return true;
  written.state.setState({ saved: 'idle' });
  return false;
}

interface DraftParts {
  written: Written;
  ledger: Ledger;
  presses: Presses;
}

/** Says whose text it is, and names the send of it that may have arrived. */
function draftOf(
  place: Place,
  text: string,
  { written, ledger, presses }: DraftParts,
): CallInput<'draft.save'> {
  const attempt = presses.get(place);
  return {
    ticket_id: place.ticketId,
    kind: place.kind,
    text,
    actions: written.actions(place),
    replaces: ledger.replaced(place),
    ...(attempt?.text === text ? { attempt: attempt.id } : {}),
    ...(ledger.account === null ? {} : { account: ledger.account }),
  };
}

async function keepDraft(
  place: Place,
  text: string,
  parts: DraftParts & { desk: Desk },
): Promise<void> {
  const { desk, written, ledger, presses } = parts;
  const actions = written.actions(place);
  const begun = ledger.moment();
  const owner = ledger.account;
  const attempt = presses.get(place);
  const { saved_at: at, sent } = await desk.call('draft.save', draftOf(place, text, parts));
  if (owner !== ledger.account) return;
  if (sent && attempt) {
    presses.arrived(place, attempt, sent);
    return;
  }
  ledger.know(place, { at, text }, begun);
  ledger.touch(place);
  if (written.text(place) === text && written.actions(place) === actions) ledger.saved(place);
}
