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

interface Asked {
  name: string;
  input: unknown;
}
interface Push {
  id: number;
  result: unknown;
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
    /** The watched queries, by their id. */
    const watched = new Map<number, Asked>();
    const addPush = ({ id, result }: Push): void => {
      const { name = 'live.changed', input } = watched.get(id) ?? {};
      add({
        kind: 'event',
        name: `push ${name}`,
        asked: JSON.stringify(input),
        told: JSON.stringify(result),
      });
    };
    const addCall = (call: Asked, told: string): void => {
      const query = call.name === 'live.watch' ? (call.input as Asked & { id: number }) : null;
      if (query) watched.set(query.id, query);
      const { name, input } = query ? { ...query, name: `watch ${query.name}` } : call;
      add({ kind: 'call', name, asked: JSON.stringify(input), told });
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
          if (name === 'live.changed') addPush(payload as Push);
          else add({ kind: 'event', name, asked: '', told: JSON.stringify(payload) });
        }
      }
    };
    const send = window.fetch.bind(window);
    window.fetch = async (url, options) => {
      const response = await send(url, options);
      if (url === 'bridge/call') {
        const asked = JSON.parse(options?.body as string) as Asked;
        // Without the number of commits, which is another one each time.
        const { revision: _revision, ...told } = (await response.clone().json()) as {
          revision?: number;
        };
        addCall(asked, JSON.stringify(told));
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
