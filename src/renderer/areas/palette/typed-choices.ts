import { fits, nearlyFits } from '../../../core/completion.ts';
import type { Choice, Choices, Command } from '../../keys/command.ts';
import { texts } from '../../texts.ts';
import type { TypedItem } from './palette-rank.ts';

const most = 6;

/**
 * Offers commands that are typed with their choice, in either order: 'assign jonas', 'theme dark',
 * and in German 'jonas zuweisen'.
 */
export function typedChoices(commands: readonly Command[], query: string): TypedItem[] {
  const words = query.trim().split(/\s+/);
  if (words.length < 2) return [];
  return commands
    .flatMap((command) => itemsOf(command, words))
    .toSorted((a, b) => Number(a.isNear) - Number(b.isNear))
    .slice(0, most);
}

function itemsOf(command: Command, words: readonly string[]): TypedItem[] {
  const { id, choices } = command;
  if (!choices) return [];
  const synonyms = (texts.synonyms[id] ?? '').split(',');
  const found = readings(words, [texts.commands[id], ...synonyms]).flatMap(({ choice, isNear }) =>
    choicesFor(choices, choice, isNear).map((one) => ({ ...one, isNear: isNear || one.isNear })),
  );
  const known = new Set<string>();
  return (
    found
      .map(({ choice, isNear, isFree }): TypedItem => {
        const label = choice.line ?? texts.chosen[id]?.(choice.label) ?? choice.label;
        return {
          id: choice.id ?? `step ${id} ${choice.label}`,
          group: 'commands',
          label,
          isNear,
          isFree,
          run: choice.run,
        };
      })
      .filter(({ label }) => !known.has(label) && known.add(label))
      // Of any text the shortest is meant: the one that the most words of the command are before.
      .filter((item, i, all) => !item.isFree || all.findIndex(({ isFree }) => isFree) === i)
  );
}

/** Words between a command and its choice. */
const between = /^(?:(?:to|as|on|for|until|till|an|auf|bis|als|zu) )+/iu;

/**
 * Each way to read some of the words as the command, from the longest on, and the others as what it
 * is to choose.
 */
function readings(
  words: readonly string[],
  names: readonly string[],
): { choice: string; isNear: boolean }[] {
  const lengths = Array.from({ length: words.length - 1 }, (_, i) => words.length - 1 - i);
  return lengths
    .flatMap((n) => [
      [words.slice(0, n), words.slice(n)],
      [words.slice(-n), words.slice(0, -n)],
    ])
    .flatMap(([head = [], rest = []]) => {
      const named = head.join(' ');
      // A beginning that is too short could be of anything.
      if (!head.some((word) => word.length > 2) || !nearlyFits(named, ...names)) return [];
      return [{ choice: rest.join(' ').replace(between, ''), isNear: !fits(named, ...names) }];
    });
}

interface Found {
  choice: Choice;
  isNear: boolean;
  isFree: boolean;
}

/** `isNear`: there is a slip in the command, so that a choice of any text says nothing. */
function choicesFor(
  { known: listed, typed: make, isSure = false }: Choices,
  typed: string,
  isNear: boolean,
): Found[] {
  const made =
    isNear && !isSure
      ? []
      : (make?.(typed) ?? []).map((choice) => ({ choice, isNear: false, isFree: !isSure }));
  if (isSure && made.length > 0) return made;
  const known = listed().flatMap((choice) => {
    const names = [choice.label, ...(choice.also ?? '').split(',')];
    const isExact = fits(typed, ...names);
    return isExact || nearlyFits(typed, ...names)
      ? [{ choice, isNear: !isExact, isFree: false }]
      : [];
  });
  return [...known, ...made];
}
