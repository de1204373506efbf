import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { findBrowser } from '../../src/main/shell/loopback/browser.ts';

/**
 * Chromium asked for as little as can be. A driver of tests listens to requests and errors, for
 * which V8 notes a stack at every one of them and compiles functions again to find its lines: a
 * third of a window's start.
 */
export interface PlainBrowser {
  /**
   * Opens a link in a profile that has seen nothing, or in that of the browser. Answers when it had
   * been painted once the expression `isThere` holds, in ms since the epoch.
   */
  paintedAt(link: string, isThere: string, profile: 'new' | 'kept'): Promise<number>;
  close(): Promise<void>;
}

const flags = [
  '--headless=new',
  '--remote-debugging-port=0',
  '--window-size=1280,800',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * When the page painted its largest piece of text last, in ms since the epoch; null while what is
 * waited for is not there.
 */
const lookFor = (isThere: string): string => `new Promise((done) => {
  if (!(${isThere})) { done(null); return; }
  const painted = performance.getEntriesByType('paint').map((entry) => entry.startTime);
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) painted.push(entry.startTime);
    done(painted.length < 2 ? null : performance.timeOrigin + Math.max(...painted));
  });
  observer.observe({ type: 'largest-contentful-paint', buffered: true });
  setTimeout(() => { done(null); }, 200);
})`;

export async function launchPlainBrowser(profileDir: string): Promise<PlainBrowser> {
  const path = findBrowser();
  if (path === null)
    throw new Error('No Chromium or Chrome was found. Install one, or set CHROME_PATH.');
  const child = spawn(
    path,
    [
      ...flags,
      `--user-data-dir=${profileDir}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      'about:blank',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((done) => {
    child.on('exit', () => {
      done();
    });
  });
  const address = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      const [, found] = /DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (found !== undefined) done(found);
    });
    void ended.then(() => {
      fail(new Error('Chromium ended before it could be asked for anything.'));
    });
  });
  const ask = await connect(address);
  return {
    async paintedAt(link, isThere, profile) {
      const context =
        profile === 'new'
          ? await ask<{ browserContextId: string }>('Target.createBrowserContext')
          : {};
      const { targetId } = await ask<{ targetId: string }>('Target.createTarget', {
        url: link,
        ...context,
      });
      const { sessionId } = await ask<{ sessionId: string }>('Target.attachToTarget', {
        targetId,
        flatten: true,
      });
      let at: number | null = null;
      while (at === null) {
        await new Promise((done) => {
          setTimeout(done, 100);
        });
        const { result } = await ask<{ result: { value?: unknown } }>(
          'Runtime.evaluate',
          { expression: lookFor(isThere), awaitPromise: true, returnByValue: true },
          sessionId,
        );
        at = typeof result.value === 'number' ? result.value : null;
      }
      await ask('Target.closeTarget', { targetId });
      if (profile === 'new') await ask('Target.disposeBrowserContext', context);
      return at;
    },
    async close() {
      child.kill();
      await ended;
    },
  };
}

type Ask = <T>(method: string, params?: object, sessionId?: string) => Promise<T>;

async function connect(address: string): Promise<Ask> {
  const socket = new WebSocket(address);
  await new Promise<void>((done, fail) => {
    socket.onopen = () => {
      done();
    };
    socket.onerror = () => {
      fail(new Error('Chromium does not answer.'));
    };
  });
  const waiting = new Map<
    number,
    { done: (result: unknown) => void; fail: (error: Error) => void }
  >();
  socket.onmessage = ({ data }) => {
    const { id, result, error } = JSON.parse(String(data)) as {
      id?: number;
      result?: unknown;
      error?: { message: string };
    };
    const one = waiting.get(id ?? -1);
    waiting.delete(id ?? -1);
    if (error) one?.fail(new Error(error.message));
    else one?.done(result);
  };
  let last = 0;
  return <T>(method: string, params: object = {}, sessionId?: string) =>
    new Promise<T>((done, fail) => {
      const id = (last += 1);
      // The protocol's answer to each method is what its caller names.
      waiting.set(id, {
        done: (result) => {
          done(result as T);
        },
        fail,
      });
      socket.send(
        JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }),
      );
    });
}
