/** The page and the window, as far as they tell of the machine. */
export interface Machine {
  page: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
  network: Pick<Window, 'addEventListener' | 'removeEventListener'>;
}

const lookEveryMs = 5_000;
/** A timer that is late by more than this was not late but asleep. */
const sleptMs = 10_000;

/**
 * Tells at once when the network of the machine has come or gone, when the agent returns to the
 * window, and when the machine has slept: no event says that, but the clock has jumped.
 */
export function watchMachine({ page, network }: Machine, noticed: () => void): () => void {
  let last = Date.now();
  function look(): void {
    const now = Date.now();
    const hasSlept = now - last > lookEveryMs + sleptMs;
    last = now;
    // A browser slows the timers of a page that is not seen; its return is told below.
    if (hasSlept && !page.hidden) noticed();
  }
  function onReturn(): void {
    last = Date.now();
    if (!page.hidden) noticed();
  }
  const timer = setInterval(look, lookEveryMs);
  const networkEvents = ['online', 'offline'] as const;
  for (const name of networkEvents) network.addEventListener(name, noticed);
  page.addEventListener('visibilitychange', onReturn);
  return () => {
    clearInterval(timer);
    for (const name of networkEvents) network.removeEventListener(name, noticed);
    page.removeEventListener('visibilitychange', onReturn);
  };
}
