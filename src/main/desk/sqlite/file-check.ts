import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** A look at a whole database file on another thread. */
export interface FileCheck {
  /**
   * False when the file is damaged. True also when the look was stopped or could not be made: then
   * nothing is known against it.
   */
  sound: Promise<boolean>;
  stop(): void;
}

/**
 * Reads the complete file, which took 85 s for a gigabyte on a busy machine, so never on the
 * thread that serves the window.
 */
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const Database = require(workerData.sqlite);
  const db = new Database(workerData.path, { readonly: true });
  parentPort.postMessage(db.pragma('quick_check(1)', { simple: true }));
  db.close();`;

/** Runs SQLite's quick_check on a file that others go on using. */
export function checkFile(path: string): FileCheck {
  const worker = new Worker(program, {
    eval: true,
    workerData: { path, sqlite: createRequire(import.meta.url).resolve('better-sqlite3') },
  });
  worker.unref();
  const sound = new Promise<boolean>((done) => {
    worker.on('message', (verdict) => {
      done(verdict === 'ok');
    });
    worker.on('error', (error) => {
      done(!isDamage(error));
    });
    worker.on('exit', () => {
      done(true);
    });
  });
  return {
    sound,
    stop: () => {
      void worker.terminate();
    },
  };
}

/**
 * Whether SQLite says that a file is not what it should be. Errors of a worker lose their class, so
 * they are read by shape.
 */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    /^SQLITE_(CORRUPT|NOTADB)/.test(error.code)
  );
}
