import { useEffect, useState } from 'react';

/**
 * Whole seconds until `endsAt` (the window's monotonic clock), told anew each second; null without
 * an end.
 */
export function useSecondsLeft(endsAt: number | null): number | null {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (endsAt === null) return undefined;
    const tick = (): void => {
      setNow(performance.now());
    };
    tick();
    const timer = setInterval(tick, 250);
    return () => {
      clearInterval(timer);
    };
  }, [endsAt]);
  return endsAt === null ? null : Math.max(0, Math.ceil((endsAt - now) / 1000));
}
