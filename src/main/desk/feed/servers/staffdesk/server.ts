import type { Operation } from '../../../../../core/operation.ts';
import { dropEndedKeyedTries, noteKeyedTry } from '../../../areas/outbox/keyed-tries.ts';
import type { Outcome } from '../../../areas/outbox/outcome.ts';
import { dropEndedKnownVersions, leastVersion } from '../../../areas/tickets/known-versions.ts';
import { readMeta } from '../../../sqlite/meta.ts';
import { pullToEnd } from '../../pull.ts';
import { adoptLevel } from '../known.ts';
import type { ConnectParts, Server } from '../server.ts';
import { createLive } from './live.ts';
import { pagesOf } from './pages.ts';
import { createOlderAnswers, dispatch } from './send.ts';

/** Our own server: it has a feed and an event stream, and knows operations by their keys. */
export function connectStaffdesk(parts: ConnectParts): Server & Required<Pick<Server, 'watch'>> {
  const { auth, data, witnesses, workingSet, copyThread, clock, stopped, on } = parts;
  const { cache, own } = data;
  dropEndedKeyedTries(own.db);
  dropEndedKnownVersions(own.db);
  const olderAnswers = createOlderAnswers();

  /**
   * Written down first: to a server that later shows itself as one without keys it does not go
   * again.
   */
  function send(operation: Operation): Promise<Outcome> {
    noteKeyedTry(own.db, operation.id);
    return dispatch(
      {
        auth,
        witness: witnesses.of(operation.id),
        notBefore: leastVersion(own.db, operation.id, readMeta(cache, 'copy')),
        olderAnswers,
      },
      operation,
    );
  }

  return {
    async pull(said) {
      if (said) adoptLevel(cache, said);
      workingSet.prepare();
      await pullToEnd({
        data,
        pages: pagesOf(auth),
        copyFrom: workingSet.copyFrom,
        copyThread,
        clock,
        stopped,
        onPage: on.page,
      });
    },
    send,
    watch: (listener) => createLive(auth, clock, listener),
  };
}
