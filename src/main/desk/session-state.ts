import type { SessionState, StartPlace, WorkElsewhere } from '../../contract/bridge.ts';
import type { StandIn } from './areas/session/auth.ts';
import { workElsewhere } from './areas/session/elsewhere.ts';
import type { SecretStore } from './areas/session/secrets.ts';
import type { AtWork } from './at-work.ts';
import type { OutboxFile } from './sqlite/outbox-file.ts';

interface Setting {
  server: string;
  secrets: Pick<SecretStore, 'kind'>;
  standIn: StandIn | null;
}

interface SessionParts {
  outbox: OutboxFile;
  storage: SessionState['storage'];
  atWork: AtWork;
  /** The server that was here before another one answered at its address. */
  displaced: string | null;
  signInNeeded: boolean;
  /** True where the data folder is why something failed; the session is told again afterwards. */
  noticed: (error: unknown) => boolean;
}

/** The session as the window shows it: the account, its state and its server. */
export function sessionState(
  { server, secrets, standIn }: Setting,
  parts: SessionParts,
): SessionState {
  const { outbox, storage, atWork, displaced, signInNeeded } = parts;
  const { salvage } = outbox;
  const work = atWork.now();
  const signedIn = signInNeeded ? 'sign-in-needed' : 'signed-in';
  return {
    state: work ? signedIn : 'signed-out',
    account: work?.account ?? null,
    server,
    secret_store: secrets.kind,
    demo_email: standIn?.email ?? null,
    salvage: salvage && {
      recovered: salvage.operations,
      damaged: salvage.damaged,
      file: salvage.file,
    },
    storage,
    elsewhere: elsewhereNow(server, parts),
    server_changed: displaced !== null,
    place: placeNow(parts),
  };
}

/** None while the folder cannot be read: the window begins as it would the first time. */
function placeNow({ atWork, noticed }: SessionParts): StartPlace | null {
  try {
    return atWork.now()?.place() ?? null;
  } catch (error) {
    if (!noticed(error)) throw error;
    return null;
  }
}

/**
 * None while the folder cannot be read: whether somebody has signed in or out can be told all the
 * same.
 */
function elsewhereNow(
  server: string,
  { outbox, atWork, displaced, noticed }: SessionParts,
): WorkElsewhere[] {
  const mine = atWork.now() && atWork.whose();
  try {
    return workElsewhere(outbox.db, server, mine, displaced);
  } catch (error) {
    if (!noticed(error)) throw error;
    return [];
  }
}
