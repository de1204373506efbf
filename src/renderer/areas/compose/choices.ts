import type { MacroItem } from '../../../contract/bridge.ts';
import type { StaffMember } from '../../../contract/wire/entities.ts';
import { fits, type Completion } from '../../../core/completion.ts';
import { fold } from '../../../core/folding.ts';
import { mentionHandles } from '../../../core/mention.ts';

export type Choice =
  | { kind: 'macro'; id: string; macro: MacroItem }
  | { kind: 'mention'; id: string; member: StaffMember; handle: string };

const most = 50;

/**
 * Choices for the text being typed: macros by name first, then by what they say; colleagues whose
 * accounts are active.
 */
export function choicesFor(
  completion: Completion | null,
  macros: readonly MacroItem[],
  members: readonly StaffMember[],
): Choice[] {
  if (!completion) return [];
  const { kind, query } = completion;
  if (kind === 'macro') {
    const named = macros.filter((macro) => fits(query, macro.name));
    const saying =
      query === ''
        ? []
        : macros.filter((macro) => !named.includes(macro) && fits(query, macro.name, macro.text));
    return [...named, ...saying].slice(0, most).map((macro) => ({ kind, id: macro.id, macro }));
  }
  const handles = mentionHandles(members);
  return members
    .flatMap((member): Choice[] => {
      const handle = handles.get(member.id);
      return handle !== undefined && fits(query, member.name, member.email)
        ? [{ kind, id: member.id, member, handle }]
        : [];
    })
    .slice(0, most);
}

/**
 * Number of the choice that is meant before the agent has moved in the list; -1: none. A macro is
 * meant where its whole name is all of the line: in prose '/account' is a path. Of the colleagues
 * the first one is meant.
 */
export function meantAt(
  text: string,
  completion: Completion | null,
  choices: readonly Choice[],
): number {
  if (!completion || choices.length === 0) return -1;
  if (completion.kind === 'mention') return 0;
  const before = text.slice(text.lastIndexOf('\n', completion.from - 1) + 1, completion.from);
  const name = fold(completion.query).trim();
  if (name === '' || before.trim() !== '') return -1;
  return choices.findIndex(
    (choice) => choice.kind === 'macro' && fold(choice.macro.name).trim() === name,
  );
}
