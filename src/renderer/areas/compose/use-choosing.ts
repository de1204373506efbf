import { useState, type KeyboardEvent } from 'react';
import { completionAt, type Completion } from '../../../core/completion.ts';
import { usePart, useStoreOf } from '../../stores-context.tsx';
import { choicesFor, meantAt, type Choice } from './choices.ts';
import type { Place } from './writing/written.ts';

export type Choosing = ReturnType<typeof useChoosing>;

/** Choosing a macro or a colleague that the text at the caret begins to name. */
export function useChoosing(place: Place, text: string, caret: number | null) {
  /** Where the agent has moved to in the list; null: nowhere yet. */
  const [chosen, setChosen] = useState<number | null>(null);
  const { completion, dismiss, movedTo } = useCompletion(text, caret, place.kind === 'note');
  const choices = useChoices(completion);
  const insert = useInserting(place);
  const at =
    chosen === null ? meantAt(text, completion, choices) : Math.min(chosen, choices.length - 1);
  const choice = choices[at];

  function pick(one: Choice): void {
    if (!completion) return;
    insert(one, completion.from);
    setChosen(null);
  }
  /**
   * Enter stays the text's own until the agent has moved to something: `/account` can end a line.
   */
  function onKey({ key, repeat }: KeyboardEvent): boolean {
    if (choices.length === 0) return false;
    const taken = key === 'Enter' ? choice : key === 'Tab' ? (choice ?? choices[0]) : undefined;
    if (key === 'ArrowDown') setChosen((at + 1) % choices.length);
    else if (key === 'ArrowUp') setChosen(at <= 0 ? choices.length - 1 : at - 1);
    else if (key === 'Escape') dismiss();
    else if (taken === undefined) return false;
    else if (!repeat) pick(taken);
    return true;
  }
  /** Back to the choice that the text means. */
  const begin = (): void => {
    setChosen(null);
  };
  return { completion, choices, at, choice, pick, onKey, movedTo, begin };
}

/** The name that is begun at the caret, unless its list was closed there. */
function useCompletion(text: string, caret: number | null, canMention: boolean) {
  const [dismissed, setDismissed] = useState<number | null>(null);
  const found = caret === null ? null : completionAt(text, caret, canMention);
  const completion = found && found.from !== dismissed ? found : null;
  return {
    completion,
    dismiss: () => {
      setDismissed(completion?.from ?? null);
    },
    /** The caret has gone elsewhere in a text: a list that was closed there is offered again. */
    movedTo: (at: number | null, value: string) => {
      if (at === null || completionAt(value, at, canMention)?.from !== dismissed)
        setDismissed(null);
    },
  };
}

function useChoices(completion: Completion | null): Choice[] {
  const macros = useStoreOf(
    (s) => s.macros,
    (state) => state.macros,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  return choicesFor(completion, macros, members);
}

/** Puts a choice in the place of what is written from `from` to the caret. */
function useInserting({ ticketId, kind }: Place): (choice: Choice, from: number) => void {
  const composer = usePart((s) => s.composer);
  const macroUse = usePart((s) => s.macroUse);
  return (choice, from) => {
    if (choice.kind === 'macro') macroUse.insert(choice.macro, from);
    else composer.insert(ticketId, kind, `@${choice.handle} `, { from });
  };
}
