import { useMemo } from 'react';
import type { MessageKind } from '../../../contract/bridge.ts';
import { unfilledIn, type MacroValues } from '../../../core/macro.ts';
import { findHandles, mentionHandles } from '../../../core/mention.ts';
import { useStoreOf } from '../../stores-context.tsx';
import type { Mark } from './marked-text.tsx';

/** The parts of a text that stand out: variables without a value, and mentions in a note. */
export function useMarks(text: string, kind: MessageKind, values: MacroValues): Mark[] {
  const macros = useStoreOf(
    (s) => s.macros,
    (state) => state.macros,
  );
  const members = useStoreOf(
    (s) => s.staff,
    (state) => state.members,
  );
  return useMemo(
    () => marksOf(text, kind, values, macros, members),
    [text, kind, values, macros, members],
  );
}

function marksOf(
  text: string,
  kind: MessageKind,
  values: MacroValues,
  macros: Parameters<typeof unfilledIn>[2],
  members: Parameters<typeof mentionHandles>[0],
): Mark[] {
  return [
    ...unfilledIn(text, values, macros).map(({ at, raw }): Mark => ({
      from: at,
      to: at + raw.length,
      look: 'missing',
    })),
    ...(kind === 'note'
      ? findHandles(text, [...mentionHandles(members).values()]).map(({ from, to }): Mark => ({
          from,
          to,
          look: 'mention',
        }))
      : []),
  ];
}
