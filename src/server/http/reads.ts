import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { createGate } from './gate.ts';
import { problems } from './problem.ts';

/** The most that long responses can use of this process. */
export interface ReadBounds {
  /** Long reads of one account at once; more wait for their turn. */
  perAccount: number;
  waitMs: number;
  /**
   * Bytes of responses that are made and not yet taken by their readers: of one account, and in
   * total.
   */
  unsentPerAccount: number;
  unsent: number;
}

export const defaultReadBounds: ReadBounds = {
  perAccount: 6,
  waitMs: 5_000,
  unsentPerAccount: 32 * 1024 * 1024,
  unsent: 128 * 1024 * 1024,
};

export interface Reads {
  /**
   * Makes a long response for an account. Throws Problem 503 if others take too long, or too much
   * is unread.
   */
  run<T extends Buffer | Readable>(
    accountId: string,
    response: ServerResponse,
    make: () => Promise<T>,
  ): Promise<T>;
}

export function createReads({ perAccount, waitMs, unsentPerAccount, unsent }: ReadBounds): Reads {
  const gate = createGate(Infinity, waitMs, { perKey: perAccount });
  const held = new Map<string, number>();
  let total = 0;

  function release(accountId: string, bytes: number): void {
    total -= bytes;
    const left = (held.get(accountId) ?? 0) - bytes;
    if (left === 0) held.delete(accountId);
    else held.set(accountId, left);
  }

  /**
   * Counts a response until its last byte is sent or its connection is gone. A single one may have
   * any length.
   */
  function hold(accountId: string, response: ServerResponse, bytes: number): void {
    const own = held.get(accountId) ?? 0;
    if (own > 0 && own + bytes > unsentPerAccount) throw problems.tooMany(1);
    if (total > 0 && total + bytes > unsent) throw problems.busy();
    total += bytes;
    held.set(accountId, own + bytes);
    response.once('close', () => {
      release(accountId, bytes);
    });
  }

  return {
    run: (accountId, response, make) =>
      gate.through(async () => {
        const made = await make();
        // A stream is made as fast as it is taken and needs hardly any memory.
        if (Buffer.isBuffer(made)) hold(accountId, response, made.length);
        return made;
      }, accountId),
  };
}
