import { namesOf } from '../../core/keys.ts';

type Pressed = Parameters<typeof namesOf>[0] & { timeStamp: number };

/** Two keys pressed one after the other, as G and then M. */
export interface KeySequence {
  /** The names of a press: as the second key of what was begun, then as a key of its own. */
  namesOf(press: Pressed): string[];
  /** The press was for nothing else: whether it begins one of these sequences. */
  begin(press: Pressed, keys: readonly (string | null)[]): boolean;
}

/** How long the first key waits for the second. */
const waitMs = 1_500;

export function createKeySequence(): KeySequence {
  let first: { name: string; at: number } | null = null;

  return {
    namesOf(press) {
      const names = namesOf(press);
      // Shift alone, on the way to the second key.
      if (names.length === 0) return names;
      const begun = first && press.timeStamp - first.at <= waitMs ? first.name : null;
      first = null;
      return begun === null ? names : [...names.map((name) => `${begun} ${name}`), ...names];
    },
    begin(press, keys) {
      const name = namesOf(press).find((one) => keys.some((key) => key?.startsWith(`${one} `)));
      if (name === undefined) return false;
      first = { name, at: press.timeStamp };
      return true;
    },
  };
}
