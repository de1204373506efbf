/** Why a call to the support API did not work, in the few kinds that a customer can do something about. */
export type Failure =
  /** No answer, or one that is not the API's: no network, a sign-in page of a Wi-Fi. */
  | { kind: 'unreachable' }
  | { kind: 'signed-out' }
  /** `merged`: the conversation goes on in that ticket. */
  | { kind: 'not-found'; merged: string | null }
  | { kind: 'closed' }
  | { kind: 'taken' }
  | { kind: 'wrong-credentials' }
  | { kind: 'slow-down'; seconds: number | null }
  /** The customer has written more than is taken in a time. */
  | { kind: 'too-much'; seconds: number | null }
  | { kind: 'too-long' }
  | { kind: 'invalid'; fields: string[] }
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
