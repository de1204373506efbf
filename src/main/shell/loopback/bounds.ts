/**
 * How much of the loopback server one program on this computer can take up. Times in milliseconds.
 */
export interface Bounds {
  /** Open connections; above it the oldest of a stranger is cut. */
  connections: number;
  /** For all headers of a request, from the moment that the connection is open. */
  headersMs: number;
  requestMs: number;
  /** Between two requests. */
  keepAliveMs: number;
  /** Without a byte in either direction. An event stream has its heartbeat. */
  silentMs: number;
  /** How often the times above are checked. */
  checkMs: number;
  /**
   * Chromium opens six connections to an address: with more streams than this, calls would wait for
   * ever.
   */
  streamsOfSession: number;
  streams: number;
  /** Of events that a window has not read. */
  unreadBytes: number;
}

export const usualBounds: Bounds = {
  connections: 200,
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 10_000,
  silentMs: 60_000,
  checkMs: 2_000,
  streamsOfSession: 4,
  streams: 40,
  unreadBytes: 4_000_000,
};

/**
 * Another port of 127.0.0.1 can set 180 cookies of 4 kB that a browser sends here as well. They are
 * not read, and must not make the request too large either.
 */
export const maxHeaderBytes = 1024 * 1024;
