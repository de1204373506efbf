import type { ApiFailure } from './api-error.ts';
import type { Applied } from './apply-page.ts';
import type { CodedBytes } from './content-coding.ts';
import type { Doubt } from './page-check.ts';

/** The workerData of a copy thread. */
export interface CopyStart {
  cachePath: string;
  outboxPath: string;
  /** The account's id at the server, and its key here. */ accountId: string;
  accountKey: string;
}

/** Calls of the desk to its copy thread. None of them throws: an error loses its code on the way. */
export interface CopyCalls {
  /** Decodes, parses and keeps a page until `apply`. Its bytes are handed over. */
  read(page: number, answer: CodedBytes): Said<PageRead>;
  /** Why a page that was read cannot be true; null where nothing that is here speaks against it. */
  doubt(page: number): Said<Doubt | null>;
  /**
   * Applies a page that was read, and forgets those that were read before it; null when the desk
   * stopped it before its end. `baseline`: every ticket is read through at least to here (ms).
   */
  apply(page: number, baseline: number): Promise<Said<Applied | null>>;
  /** Indexes one slice of the rows that wait for the search; false when none did. */
  index(): Said<boolean>;
  end(): void;
}

/** Calls of the copy thread to its desk. */
export interface CopyHost {
  /**
   * Asked before each slice of a page, and returned at the desk's leisure: while the desk writes
   * into the cache it returns nothing, so the two never fight over the file. False: no more of this
   * page.
   */
  mayGoOn(): boolean;
}

/** Properties of a page that the desk needs, which has not seen the page itself. */
export interface PageRead {
  hasMore: boolean;
  nextCursor: string;
  after: string | undefined;
  rows: string[];
}

/** `failure`: the answer is no page of the feed. `code`: of SQLite, where it has one. */
export type Said<T> =
  | { value: T }
  | { failure: ApiFailure }
  | { error: { message: string; code: string | null } };
