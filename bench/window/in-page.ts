import type { Page } from 'playwright-core';

/** Runs in the page and measures times from the event that began something to the frame that shows it. */
interface Stopwatch {
  /**
   * Forgets what came before and waits for `event`, then for `selector`'s text or attribute to
   * differ from now and nothing to be busy.
   */
  arm(event: 'keydown' | 'pointerdown' | 'input', watch: string): void;
  result: Promise<number>;
  frames: { stop(): number[] };
  startFrames(): void;
}
declare global {
  interface Window {
    stopwatch: Stopwatch;
  }
}

/**
 * Puts the stopwatch into the page. It reads the event's own time stamp, so waiting for the main
 * thread counts.
 */
export async function installStopwatch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const look = (watch: string): string => {
      if (watch === 'thread')
        return document.querySelector<HTMLElement>('[data-message]')?.dataset['message'] ?? '';
      if (watch === 'palette')
        return (
          document
            .querySelector<HTMLInputElement>('dialog.filter[open] .filter-input')
            ?.value.padStart(1, '>') ?? ''
        );
      if (document.querySelector('.list')?.getAttribute('aria-busy') === 'true') return 'busy';
      return document.querySelector('input')?.value ?? '';
    };
    window.stopwatch = {
      result: Promise.resolve(0),
      frames: { stop: () => [] },
      arm(event, watch) {
        const before = look(watch);
        this.result = new Promise((done) => {
          window.addEventListener(
            event,
            ({ timeStamp }) => {
              const frame = (): void => {
                const now = look(watch);
                if (now === before || now === 'busy' || now === '') {
                  requestAnimationFrame(frame);
                  return;
                }
                // A task after the frame's own callbacks runs when the frame has been handed over.
                const { port1, port2 } = new MessageChannel();
                port1.addEventListener('message', () => {
                  done(performance.now() - timeStamp);
                });
                port1.start();
                port2.postMessage(null);
              };
              requestAnimationFrame(frame);
            },
            { capture: true, once: true },
          );
        });
      },
      startFrames() {
        const deltas: number[] = [];
        let last = performance.now();
        let on = true;
        const frame = (now: number): void => {
          deltas.push(now - last);
          last = now;
          if (on) requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
        this.frames = {
          stop: () => {
            on = false;
            return deltas.slice(1);
          },
        };
      },
    };
  });
}

/**
 * Nobody presses faster for long; what the window does between two presses is not to count against
 * the second.
 */
const pauseMs = 150;

/** Runs `act` and returns the milliseconds from its event to the frame that shows what it did. */
export async function timed(
  page: Page,
  event: 'keydown' | 'pointerdown' | 'input',
  watch: 'thread' | 'search' | 'palette',
  act: () => Promise<void>,
): Promise<number> {
  await page.waitForTimeout(pauseMs);
  await page.evaluate(
    ([name, what]) => {
      window.stopwatch.arm(name, what);
    },
    [event, watch] as const,
  );
  await act();
  return page.evaluate(() => window.stopwatch.result);
}

/** The lengths of all frames while `act` runs. */
export async function framesDuring(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    window.stopwatch.startFrames();
  });
  await act();
  return page.evaluate(() => window.stopwatch.frames.stop());
}
