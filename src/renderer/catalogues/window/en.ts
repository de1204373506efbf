import type { SessionState } from '../../../contract/bridge.ts';
import { bridgeErrors } from '../../../contract/errors.ts';

/** The words of all over the window, in English. */
export const windowEn = {
  app: 'Staffdesk',
  loading: 'Loading',
  retry: 'Try again',
  closePanel: 'Close panel',
  reload: 'Reload',
  crashed: [
    'This part of the window stopped working',
    'Everything saved is safe. Reload the window to continue.',
  ],
  resizeHint: 'Drag to resize, double-click to reset',
  foldRail: 'Fold the sidebar',
  unfoldRail: 'Unfold the sidebar',
  copied: 'Copied',
  notCopied: {
    title: 'Not copied.',
    body: 'Select the text and copy it yourself.',
  },
  colleague: 'a colleague',
  customer: 'Customer',
  customerNamed: (name: string) => `${name} (customer)`,
  nobody: 'Nobody',
  deactivated: (name: string) => `${name} (deactivated)`,
  ago: (age: string | null) => age ?? 'just now',
  noValue: 'none',
  none: 'none',
  never: 'not yet',
  /**
   * Sentences for errors: what happened, what is safe and what to do. Desk and window share them.
   */
  errors: bridgeErrors,
  /** Why nothing can be saved now. */
  storageFaults: {
    full:
      'The disk is full: nothing new can be saved. What is saved is safe. Free some space, ' +
      'and Staffdesk goes on automatically.',
    'read-only':
      'The data folder cannot be written to: nothing new can be saved. What is saved is ' +
      'safe. Allow it to be changed, and Staffdesk goes on automatically.',
    held:
      'Another program is using the data of Staffdesk. Nothing is lost: what cannot be saved ' +
      'now is saved as soon as that program is done.',
    gone:
      'The data folder was moved or deleted. Nothing is lost while Staffdesk runs. Put the ' +
      'folder back, or make room for it at its place.',
    swapped:
      'A file of the data folder was replaced by another program. Nothing is lost while ' +
      'Staffdesk runs. Close that program; Staffdesk then writes its file again.',
    failed:
      'The disk of the data folder does not work as it should: nothing new can be saved. ' +
      'Check the disk, and keep Staffdesk open until this message is gone.',
  } satisfies Record<NonNullable<NonNullable<SessionState['storage']>['fault']>, string>,
  storageReading: 'You see what was saved last; nothing is sent or received meanwhile.',
} as const;
