import type { Page } from 'playwright-core';

/**
 * One use of the bridge: a call of the window with its result, or an event that the desk pushed.
 */
export interface Crossing {
  kind: 'call' | 'event';
  name: string;
  /** Call: the input as JSON. */
  asked: string;
  /** The result or the payload as JSON. */
  told: string;
}

declare global {
  interface Window {
    crossings: Crossing[];
    /** When the bridge was last used, by `performance.now()`. */
    crossedAt: number;
  }
}

const quietMs = 1_500;

/** Records in the page what its bridge sends and receives, from the next navigation on. */
export async function installRecorder(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.crossings = [];
    window.crossedAt = performance.now();
    const add = (crossing: Crossing): void => {
      window.crossings.push(crossing);
      window.crossedAt = performance.now();
    };
    const followEvents = async (body: ReadableStream<Uint8Array>): Promise<void> => {
      const decoder = new TextDecoder();
      const reader = body.getReader();
      let rest = '';
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines.filter((text) => text.startsWith('data:'))) {
          const { name, payload } = JSON.parse(line.slice(5)) as { name: string; payload: unknown };
          add({ kind: 'event', name, asked: '', told: JSON.stringify(payload) });
        }
      }
    };
    const send = window.fetch.bind(window);
    window.fetch = async (url, options) => {
      const response = await send(url, options);
      if (url === 'bridge/call') {
        const { name, input } = JSON.parse(options?.body as string) as {
          name: string;
          input: unknown;
        };
        const told = await response.clone().text();
        add({ kind: 'call', name, asked: JSON.stringify(input), told });
      }
      if (url !== 'bridge/events' || !response.body) return response;
      const [ours, theirs] = response.body.tee();
      void followEvents(ours);
      return new Response(theirs, response);
    };
  });
}

/** Returns the uses of the bridge while `act` runs and until it has been quiet for 1.5 s. */
export async function crossingsDuring(page: Page, act: () => Promise<void>): Promise<Crossing[]> {
  await quiet(page);
  await page.evaluate(() => {
    window.crossings = [];
  });
  await act();
  await quiet(page);
  return page.evaluate(() => window.crossings);
}

async function quiet(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.crossedAt = performance.now();
  });
  await page.waitForFunction((ms) => performance.now() - window.crossedAt > ms, quietMs);
}
