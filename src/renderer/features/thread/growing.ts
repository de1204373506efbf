import { useEffect, useState } from 'react';

/** How many messages at either end are not part of the page yet. */
export interface Hidden { before: number; after: number }

/** Drawn at once around the place where the thread opens, and how many more with each frame at either side. */
const atOnce = 30;
const eachFrame = 20;

/** Lets a long thread become part of the page bit by bit, from where it opens, so that no frame takes long. */
export function useGrowing(count: number, opensAt: number): Hidden {
  const [hidden, setHidden] = useState<Hidden>(() => ({ before: Math.max(0, opensAt - atOnce), after: Math.max(0, count - 1 - opensAt - atOnce) }));
  const whole = hidden.before === 0 && hidden.after === 0;
  useEffect(() => {
    if (whole) return undefined;
    const frame = requestAnimationFrame(() => { setHidden(({ before, after }) => ({ before: Math.max(0, before - eachFrame), after: Math.max(0, after - eachFrame) })); });
    return () => { cancelAnimationFrame(frame); };
  }, [hidden, whole]);
  return hidden;
}
