import type { SessionState, SyncState } from '../../contract/bridge.ts';
import { BridgeError } from '../../contract/errors.ts';
import { abilitiesOf } from '../../core/abilities.ts';
import { keepDraft, type DraftOwner } from './areas/compose/draft-saves.ts';
import { sqliteVersion } from './areas/settings/storage-figures.ts';
import type { StorageGuard } from './areas/settings/storage-guard.ts';
import type { AtWork } from './at-work.ts';
import type { ServerTime } from './feed/server-time.ts';
import type { Calls, DeskCallName } from './handlers.ts';
import type { Asked, LiveQueries } from './live-queries.ts';
import type { SigningIn } from './signing-in.ts';
import type { WriteDb } from './sqlite/connection.ts';
import packageFile from '../../../package.json' with { type: 'json' };

interface DeskCallParts {
  atWork: AtWork;
  signingIn: SigningIn;
  session: () => SessionState;
  guard: Pick<StorageGuard, 'state' | 'look'>;
  outboxDb: WriteDb;
  time: Pick<ServerTime, 'now'>;
  live: Pick<LiveQueries, 'watch' | 'end' | 'asking' | 'by'>;
}

const noSync: SyncState = {
  phase: 'signed-out',
  waiting: 0,
  held: 0,
  not_sent: 0,
  last_sync_at: null,
  reason: null,
  tickets_cached: 0,
  kept_days: null,
  next_attempt_in: null,
  abilities: abilitiesOf(null, []),
};

export function deskCalls(parts: DeskCallParts): Calls<DeskCallName> {
  const { atWork, signingIn, session, guard, outboxDb, live } = parts;
  return {
    'session.get': session,
    'session.signIn': signingIn.signIn,
    'session.signOut': signingIn.signOut,
    'session.takeOver': ({ key }) => signingIn.takeWorkOver(key),
    'sync.get': () => syncState(parts),
    'sync.retry'() {
      const { fault, reading } = guard.state();
      if (fault !== null) guard.look();
      // Copies give way to the files first, and sync begins with them.
      if (!reading) atWork.here().sync.retry();
      return {};
    },
    'draft.save': (input) => keepDraft(draftOwner(parts, input.account), input),
    async 'storage.clear'() {
      await atWork.renewCache();
      return {};
    },
    'about.get': () => ({
      version: packageFile.version,
      sqlite: sqliteVersion(outboxDb),
      node: process.versions.node,
      electron: process.versions['electron'] ?? null,
    }),
    'window.front'({ ticket_id, focused }) {
      atWork.now()?.front(ticket_id, focused);
      return {};
    },
    'live.watch': (asked) => watchSoon(parts, asked),
    'live.end'({ ended }) {
      live.end(ended);
      return {};
    },
  };
}

function syncState({ atWork, guard }: Pick<DeskCallParts, 'atWork' | 'guard'>): SyncState {
  const work = atWork.now();
  if (!work) return noSync;
  return { ...work.sync.state(), ...(guard.state().reading ? { phase: 'offline' } : {}) };
}

/** Waits where the cache is being renewed: nobody has signed out. */
function watchSoon(
  { atWork, live }: Pick<DeskCallParts, 'atWork' | 'live'>,
  asked: Asked,
): unknown {
  const opening = atWork.opening();
  if (opening === null) return live.watch(asked);
  const window = live.asking();
  return opening.then(() => live.by(window, () => live.watch(asked)));
}

/**
 * The owner of a draft that a window saves: a window that has not heard of a sign-out yet still
 * has texts of the previous account.
 */
function draftOwner(
  { atWork, outboxDb, time }: Pick<DeskCallParts, 'atWork' | 'outboxDb' | 'time'>,
  accountId: string | undefined,
): DraftOwner {
  if (accountId === undefined || accountId === atWork.now()?.account.id) {
    const { own, ...desk } = atWork.here().drafts;
    return { own, now: time.now(), desk };
  }
  const key = atWork.keyOf(accountId);
  if (key === undefined) throw new BridgeError('not-signed-in');
  return { own: { db: outboxDb, key }, now: time.now(), desk: null };
}
