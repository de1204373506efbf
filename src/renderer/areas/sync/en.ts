import type { SyncDetail, SyncState } from '../../../contract/bridge.ts';

/** The words of the state of the sync, in English. */
export const syncEn = {
  syncLabel: 'Sync',
  sync: {
    signedOut: 'Signed out',
    starting: 'Connecting',
    firstSync: (tickets: string) => `First sync, ${tickets} tickets`,
    catchingUp: 'Catching up',
    live: 'Live',
    offline: 'Offline',
    signIn: 'Sign-in needed',
  },
  /** Counts of messages behind the state, by their own. */
  unsent: {
    sends: (n: number, count: string) => (n === 1 ? `${count} sends` : `${count} send`),
    /** Follows that, and changes each second. */
    sendsIn: (n: number, seconds: number) =>
      n === 1 ? ` in ${seconds} s` : ` within ${seconds} s`,
    /** Follows that, where the verb has a second part. */
    sendsEnd: '',
    sending: (count: string) => `${count} sending`,
    toSend: (count: string) => `${count} to send`,
    notSent: (count: string) => `${count} not sent`,
  },
  /** Why the desk is offline, for a person, where that is said more briefly than as an error. */
  offlineReasons: {
    unreachable: 'The server cannot be reached. Everything you do is kept.',
    'unexpected-answer':
      'Something else answers in place of the server, perhaps a Wi-Fi sign-in page.',
    'server-error': 'The server has a problem. Everything you do is kept.',
    'rate-limited': 'Too many requests: retrying shortly. Everything you do is kept.',
    'storage-failed':
      'The files of Staffdesk on this computer cannot be read or written. The disk may be ' +
      'full, or another program may hold them. It is tried again.',
  } satisfies Partial<Record<NonNullable<SyncState['reason']>, string>>,
  everyMinute: 'Checks every minute',
  synced: (time: string) => `Synced ${time}`,
  tryNow: 'Try now',
  syncDetails: 'Sync details',
  syncLast: 'Last sync',
  syncStream: 'Live updates',
  syncLag: 'Latency',
  syncFailures: 'Failed attempts',
  syncNext: 'Next attempt',
  syncOldest: 'Waiting since',
  syncRebuilt: 'Rebuilt',
  syncNotSent: 'Not sent',
  syncCached: 'Tickets on this computer',
  streams: {
    connected: 'Connected',
    lost: 'Not connected',
    unsupported: 'Not offered by this server',
  } satisfies Record<SyncDetail['stream'], string>,
  inSeconds: (n: number) => (n <= 0 ? 'now' : `in ${n} s`),
} as const;
