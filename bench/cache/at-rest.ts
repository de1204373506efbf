import { readFileSync } from 'node:fs';
import type { CallInput, CallName, CallOutput, CallResult } from '../../src/contract/bridge.ts';
import { startDeskProgram } from '../../tests/helpers/processes.ts';

/** Long enough for what tidies up behind the last call. */
const restMs = 10_000;
const words = ['withdrawal', 'account', 'refund', 'transfer', 'verification'];
const views = ['mine', 'unassigned', 'open', 'urgent', 'waiting', 'closed', 'all'] as const;

/**
 * Memory in MB of the loopback program, its HTTP server included, after lists, threads and
 * searches; null where the system does not tell it as Linux does.
 */
export async function memoryAtRest(dataDir: string, server: string): Promise<number | null> {
  if (process.platform !== 'linux') return null;
  const program = await startDeskProgram(server, dataDir);
  try {
    const { origin, hash } = new URL(program.readyAt);
    const post = (path: string, body: unknown, session = ''): Promise<Response> =>
      fetch(`${origin}/bridge/${path}`, {
        method: 'POST',
        headers: { origin, 'x-staffdesk-session': session, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const { session } = (await (
      await post('session', { key: hash.slice('#key='.length) })
    ).json()) as { session: string };
    async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      const result = (await (await post('call', { name, input }, session)).json()) as CallResult;
      if (!result.ok) throw new Error(`${name}: ${result.error.sentence}`);
      return result.value as CallOutput<N>;
    }
    for (let round = 0; round < 3; round += 1) {
      const ids: string[] = [];
      for (const view of views) {
        ids.push(
          ...(await call('tickets.list', { view, after: null, limit: 100 })).rows.map(
            ({ id }) => id,
          ),
        );
        await call('views.counts', {});
      }
      for (const ticket_id of ids.slice(0, 200))
        await call('thread.get', { ticket_id, before: null, limit: 100 });
      for (const word of words)
        for (let letters = 2; letters <= 6; letters += 1)
          await call('search.query', { query: word.slice(0, letters), limit: 100 });
    }
    await new Promise((done) => {
      setTimeout(done, restMs);
    });
    const [, kilobytes] =
      /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${program.pid}/status`, 'utf8')) ?? [];
    return (Number(kilobytes) * 1024) / 1e6;
  } finally {
    await program.stop();
  }
}
