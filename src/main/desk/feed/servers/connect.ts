import type { Operation } from '../../../../core/operation.ts';
import type { Outcome } from '../../areas/outbox/outcome.ts';
import type { KindName } from './kind.ts';
import { kindOf, knownKind } from './known.ts';
import { connectLevel1 } from './level1/server.ts';
import { createRecogniser } from './recognise.ts';
import type { ConnectParts, Server } from './server.ts';
import { connectStaffdesk } from './staffdesk/server.ts';

/** The server of an account, of whichever kind it has shown itself. */
export interface Servers {
  /**
   * Brings the cache up to the server. Returns the server of the kind that was found, null when
   * stopped before. Throws ApiError.
   */
  pull(): Promise<Server | null>;
  send(operation: Operation): Promise<Outcome>;
  /** The server may have been upgraded: the next pull asks for its level. */
  askAgain(): void;
  watch: NonNullable<Server['watch']>;
  find: NonNullable<Server['find']>;
}

export function connectServers(parts: ConnectParts): Servers {
  const { auth, data, clock, stopped } = parts;
  const staffdesk = connectStaffdesk(parts);
  const level1 = connectLevel1(parts);
  const ofKind: Readonly<Record<KindName, Server>> = { staffdesk, level1 };
  const recogniser = createRecogniser(auth, data.cache, clock);
  return {
    async pull() {
      const said = await recogniser.look();
      if (stopped()) return null;
      const server = ofKind[said ? kindOf(said) : knownKind(data.cache)];
      await server.pull(said);
      return server;
    },
    send: (operation) => ofKind[knownKind(data.cache)].send(operation),
    askAgain: recogniser.forget,
    watch: staffdesk.watch,
    // Also after an upgrade: these operations were sent without keys.
    find: level1.find,
  };
}
