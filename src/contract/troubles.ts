/**
 * Reasons why the desk cannot reach its server, as they are reported to the agent. Each has its
 * words in the catalogues: what happened, what it means, what to do. `retry`: it can pass without
 * help and is tried again. `agent`: somebody has to do something first; it is tried again all the
 * same, since nothing reports when they have.
 */
export const troubles = {
  unreachable: 'retry',
  'name-not-found': 'agent',
  'connection-refused': 'retry',
  'timed-out': 'retry',
  'bad-certificate': 'agent',
  'certificate-date': 'agent',
  'proxy-sign-in': 'agent',
  'unexpected-answer': 'agent',
  'odd-answer': 'retry',
  'answer-too-large': 'agent',
  'wrong-address': 'agent',
  'server-error': 'retry',
  'rate-limited': 'retry',
  'account-deactivated': 'agent',
  'storage-failed': 'agent',
} as const satisfies Record<string, 'retry' | 'agent'>;
export type Trouble = keyof typeof troubles;
