/**
 * Wraps an asynchronous refresh so that at most one runs at a time; calls meanwhile become one
 * further run afterwards. Bursts of events thus cost two questions, not hundreds.
 */
export function coalesce(run: () => Promise<void>): () => void {
  let running = false;
  let again = false;
  const go = (): void => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    void run().finally(() => {
      running = false;
      if (!again) return;
      again = false;
      go();
    });
  };
  return go;
}
