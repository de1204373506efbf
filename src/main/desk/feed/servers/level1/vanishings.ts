/** Fewer than this may vanish from a list at once. */
const fewVanish = 20;

/**
 * Whether a list may say that tickets are gone. One that names less than half of what was there is
 * believed when the next one says the same.
 */
export interface Vanishings {
  believes(known: Iterable<string>, listed: ReadonlySet<string>): boolean;
}

export function createVanishings(): Vanishings {
  let doubted = new Set<string>();
  return {
    believes(known, listed) {
      const all = [...known];
      const vanished = all.filter((id) => !listed.has(id));
      const isMuch = vanished.length >= fewVanish && 2 * vanished.length > all.length;
      const isSaidAgain = vanished.every((id) => doubted.has(id));
      doubted = new Set(isMuch ? vanished : []);
      return !isMuch || isSaidAgain;
    },
  };
}
