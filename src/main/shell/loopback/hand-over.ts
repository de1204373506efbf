import type { DevtoolsPipe } from './devtools-pipe.ts';

interface Target {
  targetId: string;
  type: string;
  url: string;
}

/**
 * Gives the key to the page of `origin`, however far its start is. Resolves once the page has it.
 */
export async function handOver(pipe: DevtoolsPipe, origin: string, key: string): Promise<void> {
  const targetId = await pageOf(pipe, origin);
  const { sessionId } = (await pipe.send('Target.attachToTarget', { targetId, flatten: true })) as {
    sessionId: string;
  };
  await pipe.send('Page.enable', {}, sessionId);
  for (;;) {
    const moved = pipe.next([
      'Page.frameNavigated',
      'Page.domContentEventFired',
      'Page.loadEventFired',
    ]);
    if (await give(pipe, sessionId, origin, key)) break;
    // The empty document that stands in a window until its own has come.
    await moved;
  }
  await pipe.send('Target.detachFromTarget', { sessionId });
  // The window is Staffdesk's own: it notifies as its settings say, without asking at each launch.
  await pipe
    .send('Browser.setPermission', {
      origin,
      permission: { name: 'notifications' },
      setting: 'granted',
    })
    .catch(() => undefined);
}

async function pageOf(pipe: DevtoolsPipe, origin: string): Promise<string> {
  await pipe.send('Target.setDiscoverTargets', { discover: true });
  for (;;) {
    const changed = pipe.next(['Target.targetCreated', 'Target.targetInfoChanged']);
    const { targetInfos } = (await pipe.send('Target.getTargets')) as { targetInfos: Target[] };
    const page = targetInfos.find(
      ({ type, url }) => type === 'page' && url.startsWith(`${origin}/`),
    );
    if (page) {
      await pipe.send('Target.setDiscoverTargets', { discover: false });
      return page.targetId;
    }
    await changed;
  }
}

/**
 * Leaves the key in the page, which takes it away when it reads it (src/renderer/bridge/entry.ts).
 */
async function give(
  pipe: DevtoolsPipe,
  sessionId: string,
  origin: string,
  key: string,
): Promise<boolean> {
  const leave = `(window.staffdeskKey = ${JSON.stringify(key)}, dispatchEvent(new Event('staffdesk-key')), true)`;
  const expression = `location.origin === ${JSON.stringify(origin)} && ${leave}`;
  // Refused while a document is being replaced.
  const answer = (await pipe
    .send('Runtime.evaluate', { expression, returnByValue: true }, sessionId)
    .catch(() => ({}))) as { result?: { value?: unknown } };
  return answer.result?.value === true;
}
