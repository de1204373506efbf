import type { CDPSession, Page } from 'playwright-core';

export interface Memory {
  switches: number;
  heapMb: number;
  nodes: number;
  listeners: number;
}

const stops = [0, 1_000, 5_000, 10_000];

/**
 * The renderer's memory after each number of ticket switches in `stops`, each switch waited for
 * until its thread is there. Garbage is collected first.
 */
export async function memoryOverSwitches(page: Page): Promise<Memory[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  await session.send('HeapProfiler.enable');
  const measured: Memory[] = [];
  let done = 0;
  // Once through, so that what is made only once does not look like a leak.
  await switchTickets(page, 200);
  for (const stop of stops) {
    await switchTickets(page, stop - done);
    done = stop;
    measured.push({ switches: stop, ...(await look(session)) });
  }
  return measured;
}

async function look(session: CDPSession): Promise<Omit<Memory, 'switches'>> {
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (name: string): number =>
    metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  return {
    heapMb: of('JSHeapUsedSize') / 1024 ** 2,
    nodes: of('Nodes'),
    listeners: of('JSEventListeners'),
  };
}

/** Down and up through the first fifty tickets of the list. */
async function switchTickets(page: Page, count: number): Promise<void> {
  await page.evaluate(async (times) => {
    const shown = (): string =>
      document.querySelector<HTMLElement>('[data-message]')?.dataset['message'] ?? '';
    const changed = (before: string): Promise<void> =>
      new Promise((done) => {
        const watch = (): void => {
          if (shown() !== before && shown() !== '') done();
          else setTimeout(watch, 0);
        };
        watch();
      });
    for (let n = 0; n < times; n += 1) {
      const before = shown();
      window.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: n % 100 < 50 ? 'j' : 'k',
          bubbles: true,
          cancelable: true,
        }),
      );
      await changed(before);
    }
  }, count);
}
