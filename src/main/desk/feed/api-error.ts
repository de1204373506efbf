import type { Trouble } from '../../../core/trouble.ts';

/** Why a request gave no usable answer. The engine decides by kind alone. */
export type ApiFailure =
  /** No connection, or it broke before an answer came. */
  | { kind: 'unreachable'; trouble?: Trouble }
  /**
   * An answer that is not the support API's own: a captive portal, a cut body, a wrong type (R7).
   */
  | { kind: 'bad-answer'; why: string; status?: number; trouble?: Trouble }
  /**
   * No session: sign-in is needed before anything goes out. `deactivated`: the server says that the
   * account is off.
   */
  | { kind: 'signed-out'; deactivated?: boolean }
  /** An error in the API's own shape. */
  | { kind: 'status'; status: number; detail: string; retryAfterMs: number | null; body: unknown };

export class ApiError extends Error {
  readonly failure: ApiFailure;
  constructor(failure: ApiFailure, cause?: unknown) {
    super(
      failure.kind === 'status' ? `${failure.status} ${failure.detail}` : failure.kind,
      cause === undefined ? undefined : { cause },
    );
    this.name = 'ApiError';
    this.failure = failure;
  }
}

/** An answer beyond what this desk takes. */
export const tooLarge: ApiFailure = {
  kind: 'bad-answer',
  why: 'longer than an answer may be',
  trouble: 'answer-too-large',
};

/**
 * The code of an error, then those of what is behind it: where several addresses were tried there
 * are several.
 */
export function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const behind = error instanceof AggregateError ? error.errors : [error.cause];
  return [...own, ...behind.flatMap(codesOf)];
}
