import type { Readable } from 'node:stream';

export interface WireRequest {
  method: string;
  /** Scheme, host, path and query. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string | undefined;
  /** The answer's body is wanted as a stream: the event stream. */
  stream: boolean;
  /**
   * Milliseconds until the caller gives up; 0 for never. The transport that carries the request
   * enforces it.
   */
  timeoutMs: number;
  signal: AbortSignal | undefined;
}
export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Readable;
}

/**
 * Carries one HTTP exchange in place of the network, for a simulation (R15). Rejects when no answer
 * comes.
 */
export type Transport = (request: WireRequest) => Promise<WireAnswer>;
