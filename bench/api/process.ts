import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

const Ready = z.object({ port: z.number() });
const Usage = z.object({ cpuMs: z.number(), rssMb: z.number() });
/** A process's processor time since its start, and its peak memory. */
export type Usage = z.infer<typeof Usage>;

export interface ApiProcess {
  server: string;
  usage: () => Promise<Usage>;
  stop: () => Promise<void>;
}

/**
 * Starts the API on a database, in a process of its own. Rejects when it ends before it listens; it
 * has then said why.
 */
export async function startApiProcess(databaseUrl: string): Promise<ApiProcess> {
  const child = fork(join(import.meta.dirname, 'server.ts'), [databaseUrl]);
  const ended = new Promise<void>((done) => {
    child.on('exit', () => {
      done();
    });
  });
  const { port } = Ready.parse(await Promise.race([nextMessage(child), ended]));
  return {
    server: `http://127.0.0.1:${port}`,
    async usage() {
      const answer = nextMessage(child);
      child.send('usage');
      return Usage.parse(await answer);
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((done) => {
    child.once('message', done);
  });
}
