import { MessageKind, type CallOutput, type Draft } from '../../../../contract/bridge.ts';
import { isBlank } from '../../../../core/text.ts';
import type { Ledger } from './ledger.ts';
import type { Presses } from './presses.ts';
import type { Saves } from './saves.ts';
import { keyOf, noActions, type Place, type Written } from './written.ts';

/** The moment that drafts of the desk are from. */
export interface DraftsFrom {
  /** When this window asked for them, or heard them, as the composer counts. */
  asked: number;
  /** How much the desk had committed. */
  revision?: number;
}

/** Shows texts that the desk has, where nothing newer is written here. */
export interface Restores {
  restore(
    ticketId: string,
    drafts: readonly Draft[],
    options: DraftsFrom & { opening?: boolean },
  ): void;
  putBack(back: TextBack): void;
  /**
   * Puts back the text that the desk returns from `call`. Until then no pushed draft is shown: it
   * may hold that text already, and would take the agent's undo and caret from it. `onBack` shows
   * its ticket before the window is drawn again: a composer that is covered cannot take the caret.
   */
  bringBack(call: () => Promise<TextBack>, onBack?: (ticketId: string) => void): Promise<void>;
}

/** A text that the desk has put back into its draft. */
export type TextBack = CallOutput<'compose.takeBack'>;

interface RestoreParts {
  written: Written;
  ledger: Ledger;
  presses: Presses;
  saves: Saves;
}

export function createRestores(parts: RestoreParts): Restores {
  const showing = createShowing(parts);
  return {
    putBack(back) {
      putBack(back, parts);
    },
    bringBack: (call, onBack) =>
      showing.holdPushed(async () => {
        const back = await call();
        putBack(back, parts);
        onBack?.(back.ticket_id);
      }),
    restore(ticketId, drafts, { opening = false, ...from }) {
      for (const kind of MessageKind.options)
        showing.show(
          { ticketId, kind },
          drafts.find((one) => one.kind === kind),
          from,
        );
      if (opening && drafts.length === 1 && drafts[0]?.kind === 'note')
        parts.written.setKind(ticketId, 'note');
    },
  };
}

/** Shows drafts of the desk; those that come too early are passed over until they can be shown. */
interface Showing {
  show(place: Place, draft: Draft | undefined, from: DraftsFrom): void;
  /** Shows no pushed draft while `run` is under way. */
  holdPushed(run: () => Promise<void>): Promise<void>;
}

function createShowing(parts: RestoreParts): Showing {
  const { ledger } = parts;
  let holding = 0;

  function show(place: Place, draft: Draft | undefined, from: DraftsFrom): void {
    const { asked, revision } = from;
    const isPushed = revision !== undefined;
    // The desk may have answered before it had what was written here.
    if (ledger.unsaved.has(keyOf(place)) || (isPushed && holding > 0)) {
      if (isPushed) ledger.passed.set(keyOf(place), { place, draft, revision });
      return;
    }
    ledger.passed.delete(keyOf(place));
    if (isOutdated(place, from, ledger)) return;
    ledger.asked(place, asked);
    takeDraft(place, draft, parts);
  }

  function showPassed(place: Place): void {
    const before = ledger.passed.get(keyOf(place));
    if (before) show(place, before.draft, { asked: ledger.moment(), revision: before.revision });
  }
  ledger.onSaved(showPassed);

  return {
    show,
    async holdPushed(run) {
      holding += 1;
      try {
        await run();
      } finally {
        holding -= 1;
        for (const { place } of ledger.passed.values())
          if (!ledger.unsaved.has(keyOf(place))) showPassed(place);
      }
    },
  };
}

/** Whether something newer than these drafts is written here, or known to be saved. */
function isOutdated(place: Place, { asked, revision }: DraftsFrom, ledger: Ledger): boolean {
  if (ledger.isNewerThan(place, asked)) return true;
  // On its way since before the desk had it: results of calls overtake what is pushed.
  return revision !== undefined && revision < ledger.savedAt(place);
}

/** Shows a draft as the desk has it; undefined: it was sent or emptied. */
function takeDraft(
  place: Place,
  draft: Draft | undefined,
  { written, ledger, presses }: RestoreParts,
): void {
  // A text that is written here next is another message.
  if (!draft && !written.state.getState().sending) presses.forget(place);
  const text = draft?.text ?? '';
  ledger.know(place, { at: draft?.saved_at ?? null, text }, ledger.next());
  const shown = written.text(place);
  if (shown !== text && !isBlank(shown + text)) written.put(place, text);
  const actions = draft?.actions ?? noActions;
  if (JSON.stringify(written.actions(place)) !== JSON.stringify(actions))
    written.putActions(place, actions);
}

/** Shows a text that the desk has put back, with what is not saved here below it. */
function putBack(back: TextBack, { written, ledger, saves }: RestoreParts): void {
  const { ticket_id: ticketId, kind, text, actions, saved_at: at } = back;
  const place = { ticketId, kind };
  const here = ledger.unsaved.has(keyOf(place)) ? written.text(place) : '';
  const shown = isBlank(here) ? text : `${withoutEnd(text, ledger.knownText(place))}\n\n${here}`;
  ledger.know(place, { at, text }, ledger.next());
  written.put(place, shown);
  written.putActions(place, actions);
  ledger.unsaved.delete(keyOf(place));
  ledger.touch(place);
  written.state.setState(({ kinds }) => ({
    kinds: { ...kinds, [ticketId]: kind },
    caret: { ...place, at: shown.length },
  }));
  // Written while the desk put the text back: it knows nothing of that yet.
  if (shown === text) saves.tellSaved();
  else saves.changed(place);
}

/** Removes `end` from a text that was put before it. */
function withoutEnd(text: string, end: string): string {
  return !isBlank(end) && text.endsWith(`\n\n${end}`) ? text.slice(0, -end.length - 2) : text;
}
