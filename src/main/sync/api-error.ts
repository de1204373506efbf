/** Why a request gave no usable answer. The engine decides by kind alone. */
export type ApiFailure =
  /** No connection, or it broke before an answer came. */
  | { kind: 'unreachable' }
  /** An answer that is not the support API's own: a captive portal, a cut body, a wrong type (R7). */
  | { kind: 'bad-answer'; why: string; status?: number }
  /** No session: sign-in is needed before anything goes out. */
  | { kind: 'signed-out' }
  /** An error in the API's own shape. */
  | { kind: 'status'; status: number; detail: string; retryAfterMs: number | null; body: unknown };

export class ApiError extends Error {
  readonly failure: ApiFailure;
  constructor(failure: ApiFailure, cause?: unknown) {
    super(failure.kind === 'status' ? `${failure.status} ${failure.detail}` : failure.kind, cause === undefined ? undefined : { cause });
    this.name = 'ApiError';
    this.failure = failure;
  }
}

/** The failure behind any thrown value; a bug of ours is thrown on. */
export function failureOf(error: unknown): ApiFailure {
  if (error instanceof ApiError) return error.failure;
  throw error;
}

/** Why an answer beyond what this desk takes is a bad one. */
export const tooLarge = 'too large';

export const isTooLarge = ({ failure }: ApiError): boolean => failure.kind === 'bad-answer' && failure.why === tooLarge;
