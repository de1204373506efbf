import type { ApiFailure } from './api-error.ts';
import type { Applied } from './apply-page.ts';
import type { CodedBytes } from './content-coding.ts';

/** What a copy thread is started with. */
export interface CopyStart {
  cachePath: string;
  outboxPath: string;
  /** The account's id at the server, and its key here. */ accountId: string;
  accountKey: string;
}

/**
 * What the desk says to its copy thread. Each slice of work is asked for by itself (`go`), never
 * taken: while the desk writes into the cache it asks for none, so the two never fight over the
 * file.
 */
export type ToCopyThread =
  /** A page's answer as it came, handed over, to be decoded, parsed and kept until `apply`. */
  | { kind: 'read'; page: number; answer: CodedBytes }
  /**
   * Applies a page that was read, and forgets those that were read before it. `baseline`: what
   * every ticket is read through at least (ms).
   */
  | { kind: 'apply'; page: number; baseline: number }
  /** The next slice of the page may be written; `stop`: no more of it. */
  | { kind: 'go'; stop: boolean }
  /** One slice of what waits for the search index. */
  | { kind: 'index' }
  | { kind: 'end' };

export type FromCopyThread =
  | {
      kind: 'read';
      hasMore: boolean;
      nextCursor: string;
      after: string | undefined;
      rows: string[];
    }
  /** It is no page of the feed. */
  | { kind: 'bad-page'; failure: ApiFailure }
  | { kind: 'slice' }
  /** Null: it was stopped before its end. */
  | { kind: 'applied'; applied: Applied | null }
  /** Whether there was something to do. */
  | { kind: 'indexed'; worked: boolean }
  | { kind: 'failed'; during: 'read' | 'apply' | 'index'; message: string; code: string | null };
