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

export function createRestores({ written, ledger, presses, saves }: RestoreParts): Restores {
  /** Calls under way that put a text back. */
  let bringing = 0;

  function showPassed(place: Place): void {
    const before = ledger.passed.get(keyOf(place));
    if (before) show(place, before.draft, { asked: ledger.moment(), revision: before.revision });
  }
  ledger.onSaved(showPassed);

  function show(place: Place, draft: Draft | undefined, { asked, revision }: DraftsFrom): void {
    const isPushed = revision !== undefined;
    // The desk may have answered before it had what was written here.
    if (ledger.unsaved.has(keyOf(place)) || (isPushed && bringing > 0)) {
      if (isPushed) ledger.passed.set(keyOf(place), { place, draft, revision });
      return;
    }
    ledger.passed.delete(keyOf(place));
    if (ledger.isNewerThan(place, asked)) return;
    // On its way since before the desk had it: results of calls overtake what is pushed.
    if (isPushed && revision < ledger.savedAt(place)) return;
    ledger.asked(place, asked);
    // Sent or emptied: what is written here next is another message.
    if (!draft && !written.state.getState().sending) presses.forget(place);
    const text = draft?.text ?? '';
    ledger.know(place, { at: draft?.saved_at ?? null, text }, ledger.next());
    const shown = written.text(place);
    if (shown !== text && !isBlank(shown + text)) written.put(place, text);
    const actions = draft?.actions ?? noActions;
    if (JSON.stringify(written.actions(place)) !== JSON.stringify(actions))
      written.putActions(place, actions);
  }

  function putBack({ ticket_id: ticketId, kind, text, actions, saved_at: at }: TextBack): void {
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

  return {
    putBack,
    async bringBack(call, onBack) {
      bringing += 1;
      try {
        const back = await call();
        putBack(back);
        onBack?.(back.ticket_id);
      } finally {
        bringing -= 1;
        for (const { place } of ledger.passed.values())
          if (!ledger.unsaved.has(keyOf(place))) showPassed(place);
      }
    },
    restore(ticketId, drafts, { opening = false, ...from }) {
      for (const kind of MessageKind.options)
        show(
          { ticketId, kind },
          drafts.find((one) => one.kind === kind),
          from,
        );
      if (opening && drafts.length === 1 && drafts[0]?.kind === 'note')
        written.setKind(ticketId, 'note');
    },
  };
}

/** Removes `end` from a text that was put before it. */
function withoutEnd(text: string, end: string): string {
  return !isBlank(end) && text.endsWith(`\n\n${end}`) ? text.slice(0, -end.length - 2) : text;
}
