import { useEffect, useState } from 'react';

/** How many blocks of messages at either end are not part of the page yet. */
export interface Hidden {
  before: number;
  after: number;
}

/** Drawn at once on either side of the place where the thread opens. */
const atOnce = 1;

/**
 * Lets a long thread become part of the page block by block, from where it opens, so that no frame
 * takes long.
 */
export function useGrowing(blocks: number, opensAt: number): Hidden {
  const [hidden, setHidden] = useState<Hidden>(() => ({
    before: Math.max(0, opensAt - atOnce),
    after: Math.max(0, blocks - 1 - opensAt - atOnce),
  }));
  const whole = hidden.before === 0 && hidden.after === 0;
  useEffect(() => {
    if (whole) return undefined;
    // One block a frame: at the side where more is missing.
    const frame = requestAnimationFrame(() => {
      setHidden(({ before, after }) =>
        before > after ? { before: before - 1, after } : { before, after: Math.max(0, after - 1) },
      );
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [hidden, whole]);
  return hidden;
}
