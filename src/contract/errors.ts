import { z } from 'zod';

/**
 * Every error that can reach the window: what happened and what is safe (`sentence`), and what to
 * do (`remedy`). Nothing else is shown, so no raw code, stack or JSON can reach the screen.
 */
export const bridgeErrors = {
  'invalid-input': {
    sentence: 'That input cannot be used.',
    remedy: 'Check the highlighted value and try again.',
  },
  'not-signed-in': {
    sentence: 'You are not signed in.',
    remedy: 'Sign in to continue. Drafts and unsent replies are kept.',
  },
  'wrong-credentials': {
    sentence: 'Wrong email or password.',
    remedy: 'Check both and try again, or ask an administrator to reset your password.',
  },
  'not-staff': {
    sentence: 'This account is a customer account.',
    remedy: 'Sign in with a staff account.',
  },
  'too-many-attempts': {
    sentence: 'Too many sign-in attempts.',
    remedy: 'Wait a minute, then try again.',
  },
  unreachable: {
    sentence: 'The support server cannot be reached.',
    remedy: "Check the network. Everything you do is kept and sent when you're back online.",
  },
  'unexpected-answer': {
    sentence: 'Something between here and the support server gave an answer that is not its own.',
    remedy:
      'A Wi-Fi sign-in page is the usual cause: open a web page, sign in there, then try again.',
  },
  'server-error': {
    sentence: 'The support server had a problem.',
    remedy: 'Nothing is lost. Try again in a moment.',
  },
  'name-not-found': {
    sentence: 'The name of the support server is not known on this network.',
    remedy: "Check the network or the VPN, and the server's address. Everything you do is kept.",
  },
  'connection-refused': {
    sentence: 'The support server is not running at its address.',
    remedy:
      'Wait a little, or tell its administrator. Everything you do is kept and sent once it is back.',
  },
  'timed-out': {
    sentence: 'The support server did not answer in time.',
    remedy: 'Check the network. Everything you do is kept, and sent once it answers.',
  },
  'bad-certificate': {
    sentence: 'The certificate of the support server cannot be trusted, so nothing was sent to it.',
    remedy:
      'You may be on a network that reads along: try another one, or tell the ' +
      'administrator of the server. Everything you do is kept.',
  },
  'certificate-date': {
    sentence: "The certificate of the support server is not valid at this computer's date.",
    remedy:
      'Check the date and time of this computer. If they are right, tell the administrator ' +
      'of the server. Everything you do is kept.',
  },
  'proxy-sign-in': {
    sentence: 'The proxy of this network wants a sign-in.',
    remedy:
      "Set the proxy's user and password in the system, or ask who looks after the network. Everything you do is kept.",
  },
  'odd-answer': {
    sentence: 'The support server gave an answer that Staffdesk does not understand.',
    remedy:
      'Staffdesk tries again. If this lasts, tell the administrator of the server: the two may ' +
      'not fit together. Everything you do is kept.',
  },
  'answer-too-large': {
    sentence: 'The support server sent more at once than Staffdesk takes.',
    remedy: 'Tell the administrator of the server. Everything you do is kept.',
  },
  'wrong-address': {
    sentence: 'There is no support server at this address.',
    remedy:
      'Check the address that Staffdesk was started with, or ask the administrator: the ' +
      'server may have moved. Everything you do is kept.',
  },
  'rate-limited': {
    sentence: 'Too many requests to the support server.',
    remedy: 'Retrying shortly. Everything you do is kept.',
  },
  'account-deactivated': {
    sentence: 'This account was deactivated.',
    remedy:
      'Ask an administrator, or sign in with another account. Drafts and unsent replies are kept.',
  },
  'ticket-not-found': {
    sentence: 'This ticket is no longer here.',
    remedy: 'It may have been deleted or merged. Choose another ticket.',
  },
  'ticket-closed': { sentence: 'This ticket is closed.', remedy: 'Reopen it to reply.' },
  'operation-not-found': {
    sentence: 'That is no longer waiting to be sent.',
    remedy: 'Look at the ticket: it may have been sent in the meantime.',
  },
  'not-undoable': {
    sentence: 'This can no longer be undone.',
    remedy:
      'It was sent, or something newer builds on it: undo that first, or change the ticket itself.',
  },
  'bulk-too-large': {
    sentence: 'That is more than 10,000 tickets at once.',
    remedy: 'Narrow the view with a filter, then do it in parts.',
  },
  'disk-full': {
    sentence: 'Not saved: the disk is full.',
    remedy: 'Free some space, then try again. Your text is still here.',
  },
  'storage-failed': {
    sentence: 'Not saved: the local database refused the change.',
    remedy: 'Your text is still here. Copy it, then restart Staffdesk.',
  },
  'storage-read-only': {
    sentence: 'Not saved: the data folder of Staffdesk cannot be written to.',
    remedy:
      'Allow it to be changed, or check the disk. Your text is still here, and Staffdesk ' +
      'goes on as soon as it can write.',
  },
  'storage-held': {
    sentence: 'Not saved: another program is using the data of Staffdesk.',
    remedy: 'Wait until it is done, as with a backup, then try again. Your text is still here.',
  },
  'storage-gone': {
    sentence: 'Not saved: the data folder of Staffdesk was moved, deleted or replaced.',
    remedy:
      'Put it back, or make room for it at its place: Staffdesk writes it again. Your text is still here.',
  },
  'not-supported': {
    sentence: 'This server cannot do that.',
    remedy: 'Ask its administrator for an upgrade.',
  },
  refused: {
    sentence: 'The request did not come from the Staffdesk window.',
    remedy: 'Open Staffdesk again.',
  },
  'shell-gone': {
    sentence: 'Staffdesk is not running any more.',
    remedy: 'Start it again and go on in its new window. Everything saved so far is kept.',
  },
  'window-stale': {
    sentence: 'Staffdesk was started again, and this window is no longer connected to it.',
    remedy:
      'Copy what you are typing, close this window and go on in the new one. Everything saved so far is kept.',
  },
  'too-many-windows': {
    sentence: 'Staffdesk is open in too many windows, so this one does not show new messages.',
    remedy: 'Close some of the others.',
  },
  internal: {
    sentence: 'Something went wrong inside Staffdesk.',
    remedy: 'Nothing that was saved is lost. Try again, or restart Staffdesk.',
  },
} as const satisfies Record<string, { sentence: string; remedy: string }>;

export type BridgeErrorCode = keyof typeof bridgeErrors;
export const BridgeErrorCode = z.enum(
  Object.keys(bridgeErrors) as [BridgeErrorCode, ...BridgeErrorCode[]],
);

export const BridgeErrorShape = z.object({
  code: BridgeErrorCode,
  sentence: z.string(),
  remedy: z.string(),
  retry_after: z.number().optional().describe('seconds'),
});
export type BridgeErrorShape = z.infer<typeof BridgeErrorShape>;

/** Thrown in the desk and rethrown in the window. `message` is for logs, never for the screen. */
export class BridgeError extends Error {
  readonly code: BridgeErrorCode;
  readonly retryAfter: number | undefined;
  constructor(
    code: BridgeErrorCode,
    options: { message?: string; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(
      options.message ?? code,
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.name = 'BridgeError';
    this.code = code;
    this.retryAfter = options.retryAfter;
  }
  toShape(): BridgeErrorShape {
    return {
      code: this.code,
      ...bridgeErrors[this.code],
      ...(this.retryAfter === undefined ? {} : { retry_after: this.retryAfter }),
    };
  }
}
