import { MergedBody } from '../../contract/api.ts';
import { saysNoTicket } from '../../core/own-refusal.ts';
import type { WriteDb } from '../db/open.ts';
import { storeMerge } from '../db/merged.ts';
import { markWhole } from '../db/threads-partial.ts';
import { ApiError } from './api-error.ts';
import { applyWholeThread } from './apply-thread.ts';
import type { ReadThrough } from './apply-page.ts';
import { currentGeneration } from './apply-page.ts';
import type { Auth } from './auth.ts';

export interface WholeThreadsOptions { cache: WriteDb; auth: Auth; readThrough: ReadThrough; onChanged: (ticketIds: string[]) => void }

/** Brings tickets with all their messages, beside the feed. */
export interface WholeThreads {
  /** Resolves once the ticket is here, with its id or that of the one that took it over. Throws ApiError. */
  fetch(ticketId: string): Promise<string>;
  /** Brings these one after the other, as long as the server answers; answers whether all were asked for. */
  complete(ticketIds: readonly string[]): Promise<boolean>;
  stop(): Promise<void>;
}

export function createWholeThreads({ cache, auth, readThrough, onChanged }: WholeThreadsOptions): WholeThreads {
  const underWay = new Map<string, Promise<string>>();
  /** The server did not know these, whatever is still here of them: as far as this full copy goes, since the next may be of another role or an older server. */
  let gone = { generation: 0, ids: new Set<string>() };
  let wanted: string[] = [];
  let completing: Promise<boolean> | null = null;
  let stopped = false;

  function goneNow(): Set<string> {
    const generation = currentGeneration(cache);
    if (gone.generation !== generation) gone = { generation, ids: new Set() };
    return gone.ids;
  }

  async function ask(ticketId: string): Promise<string> {
    try {
      const thread = await auth.request('getTicket', { params: { id: ticketId } });
      if (thread.ticket.id !== ticketId) throw new ApiError({ kind: 'bad-answer', why: 'another ticket' });
      if (stopped) return ticketId;
      applyWholeThread(cache, thread, readThrough);
      onChanged([ticketId]);
      return ticketId;
    } catch (error) {
      if (stopped || !(error instanceof ApiError) || error.failure.kind !== 'status' || !saysNoTicket(error.failure)) throw error;
      markWhole(cache, [ticketId]);
      const into = MergedBody.safeParse(error.failure.body).data?.merged_into;
      if (into === undefined) throw error;
      storeMerge(cache, ticketId, into);
      return fetch(into);
    }
  }

  function fetch(ticketId: string): Promise<string> {
    const running = underWay.get(ticketId) ?? ask(ticketId).finally(() => { underWay.delete(ticketId); });
    underWay.set(ticketId, running);
    return running;
  }

  async function run(): Promise<boolean> {
    for (let id = wanted.shift(); id !== undefined && !stopped; id = wanted.shift()) {
      try {
        await fetch(id);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // Any other failure is the pull's to show; what is still wanted is asked for again after the next one that works.
        if (error.failure.kind !== 'status' || !saysNoTicket(error.failure)) return false;
        goneNow().add(id);
      }
    }
    return true;
  }

  return {
    fetch,
    complete(ticketIds) {
      const gone = goneNow();
      wanted = ticketIds.filter((id) => !gone.has(id));
      if (stopped) return Promise.resolve(false);
      completing ??= run()
        .catch((error: unknown) => {
          console.error('A thread could not be completed', error);
          return false;
        })
        .finally(() => { completing = null; });
      return completing;
    },
    async stop() {
      stopped = true;
      await Promise.allSettled([completing, ...underWay.values()]);
    },
  };
}
