import { useState, type KeyboardEvent } from 'react';
import { completionAt } from '../../../core/completion.ts';
import { usePart, useStoreOf } from '../../stores-context.tsx';
import { choicesFor, meantAt, type Choice } from './choices.ts';
import type { Place } from './writing/written.ts';

/** Choosing a macro or a colleague that the text at the caret begins to name. */
export function useChoosing({ ticketId, kind }: Place, text: string, caret: number | null) {
  const composer = usePart((s) => s.composer);
  const macroUse = usePart((s) => s.macroUse);
  const macros = useStoreOf(
    (s) => s.macros,
    (state) => state.macros,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  /** Where the agent has moved to in the list; null: nowhere yet. */
  const [chosen, setChosen] = useState<number | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const found = caret === null ? null : completionAt(text, caret, kind === 'note');
  const completion = found && found.from !== dismissed ? found : null;
  const choices = choicesFor(completion, macros, members);
  const at =
    chosen === null ? meantAt(text, completion, choices) : Math.min(chosen, choices.length - 1);
  const choice = choices[at];

  function pick(one: Choice): void {
    if (!completion) return;
    if (one.kind === 'macro') macroUse.insert(one.macro, completion.from);
    else composer.insert(ticketId, kind, `@${one.handle} `, { from: completion.from });
    setChosen(null);
  }
  /**
   * Enter stays the text's own until the agent has moved to something: `/account` can end a line.
   */
  function onKey({ key, repeat }: KeyboardEvent): boolean {
    const taken = key === 'Enter' ? choice : key === 'Tab' ? (choice ?? choices[0]) : undefined;
    if (key === 'ArrowDown') setChosen((at + 1) % choices.length);
    else if (key === 'ArrowUp') setChosen(at <= 0 ? choices.length - 1 : at - 1);
    else if (key === 'Escape') setDismissed(completion?.from ?? null);
    else if (taken === undefined) return false;
    else if (!repeat) pick(taken);
    return true;
  }
  /** The caret has gone elsewhere in a text: a list that was closed there is offered again. */
  function movedTo(place: number | null, value: string): void {
    if (place === null || completionAt(value, place, kind === 'note')?.from !== dismissed)
      setDismissed(null);
  }
  return {
    completion,
    choices,
    at,
    choice,
    pick,
    onKey,
    movedTo,
    /** Back to the choice that the text means. */
    begin: () => {
      setChosen(null);
    },
  };
}
