/**
 * Why a call to the support API did not work, in the few kinds that a customer can do something
 * about.
 */
export type Failure =
  /** No answer, or one that is not the API's: no network, a sign-in page of a Wi-Fi. */
  | { kind: 'unreachable' }
  | { kind: 'signed-out' }
  /** `merged`: the conversation goes on in that ticket. */
  | { kind: 'not-found'; merged: string | null }
  | { kind: 'closed' }
  | { kind: 'taken' }
  | { kind: 'wrong-credentials' }
  | { kind: 'deactivated' }
  | { kind: 'slow-down'; seconds: number | null }
  /** The customer has written more than is taken in a time. */
  | { kind: 'too-much'; seconds: number | null }
  | { kind: 'too-long' }
  /** The first try of the same is not done yet. */
  | { kind: 'in-progress' }
  /** The key of this request stands for an earlier one with another content. */
  | { kind: 'key-used' }
  /** `says`: in the server's own words, where it has any. */
  | { kind: 'invalid'; fields: string[]; says: string | null }
  | { kind: 'server' };

/** Thrown by every call that does not work. */
export class ApiFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.name = 'ApiFailure';
    this.failure = failure;
  }
}

/** What any error means to the customer; one that is not the API's is a fault of this page. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ApiFailure) return error.failure;
  console.error(error);
  return { kind: 'server' };
}

/**
 * The server said no to what was to be written, so it has not been taken; after any other failure
 * it may have been.
 */
export function isRefusal({ kind }: Failure): boolean {
  return kind === 'closed' || kind === 'not-found' || kind === 'invalid' || kind === 'too-long';
}
