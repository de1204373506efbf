import type { SessionState } from '../../contract/bridge.ts';
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
}

/** The session as the window shows it: the account, its state and its server. */
export function sessionState(
  { server, secrets, standIn }: Setting,
  { outbox, storage, atWork, displaced, signInNeeded }: SessionParts,
): SessionState {
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
    elsewhere: workElsewhere(outbox.db, server, work && atWork.whose(), displaced),
    server_changed: displaced !== null,
  };
}
