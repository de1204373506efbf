import { MergedBody } from '../../../contract/api.ts';
import { saysNoTicket } from '../../../core/own-refusal.ts';
import type { WriteDb } from '../sqlite/connection.ts';
import { storeMerge } from '../areas/tickets/merged.ts';
import { markWhole } from '../areas/tickets/threads-partial.ts';
import { ApiError } from './api-error.ts';
import { applyThreadPart } from './apply-thread.ts';
import { currentGeneration, type ReadThrough } from './apply-page.ts';
import type { Auth } from '../areas/session/auth.ts';
import { fromCursor, partsOf } from './long-answers.ts';

export interface WholeThreadsOptions {
  cache: WriteDb;
  auth: Auth;
  readThrough: ReadThrough;
  onChanged: (ticketIds: string[]) => void;
}

/** Brings tickets with all their messages, beside the feed. */
export interface WholeThreads {
  /**
   * Resolves once the ticket is here with its newest messages, with its id or that of the one that
   * took it over; the rest follows. Throws ApiError.
   */
  fetch(ticketId: string): Promise<string>;
  /**
   * Brings these one after the other, as long as the server answers; answers whether all were asked
   * for.
   */
  complete(ticketIds: readonly string[]): Promise<boolean>;
  stop(): Promise<void>;
}

/** A thread that is on its way: its newest part, and all of it. */
interface Coming {
  first: Promise<string>;
  all: Promise<string>;
}

export function createWholeThreads({
  cache,
  auth,
  readThrough,
  onChanged,
}: WholeThreadsOptions): WholeThreads {
  const underWay = new Map<string, Coming>();
  /**
   * The server did not know these, whatever is still here of them: as far as this full copy goes,
   * since the next may be of another role or an older server.
   */
  let gone = { generation: 0, ids: new Set<string>() };
  let wanted: string[] = [];
  let completing: Promise<boolean> | null = null;
  let stopped = false;

  function goneNow(): Set<string> {
    const generation = currentGeneration(cache);
    if (gone.generation !== generation) gone = { generation, ids: new Set() };
    return gone.ids;
  }

  /** From the newest message back, so that a long thread can be read before all of it is here. */
  async function ask(ticketId: string, onFirst: () => void): Promise<string> {
    try {
      const parts = partsOf(
        (cursor) =>
          auth.request('getTicket', {
            params: { id: ticketId },
            query: { order: 'desc', ...fromCursor(cursor) },
          }),
        ({ messages }) => messages.length,
      );
      let settled = 0;
      for await (const thread of parts) {
        if (stopped) return ticketId;
        if (thread.ticket.id !== ticketId)
          throw new ApiError({ kind: 'bad-answer', why: 'another ticket' });
        settled = applyThreadPart(cache, thread, { readThrough, settled });
        onChanged([ticketId]);
        onFirst();
      }
      return ticketId;
    } catch (error) {
      if (
        stopped ||
        !(error instanceof ApiError) ||
        error.failure.kind !== 'status' ||
        !saysNoTicket(error.failure)
      )
        throw error;
      markWhole(cache, [ticketId]);
      const into = MergedBody.safeParse(error.failure.body).data?.merged_into;
      if (into === undefined) throw error;
      storeMerge(cache, ticketId, into);
      return begin(into).first;
    }
  }

  function begin(ticketId: string): Coming {
    const running = underWay.get(ticketId);
    if (running) return running;
    let onFirst = (): void => undefined;
    const arrived = new Promise<string>((done) => {
      onFirst = () => {
        done(ticketId);
      };
    });
    const all = ask(ticketId, onFirst).finally(() => {
      underWay.delete(ticketId);
    });
    const coming = { first: Promise.race([arrived, all]), all };
    // Whoever has seen the first part waits for no more; what fails behind it is asked for again
    // after the next pull.
    all.catch(() => undefined);
    coming.first.catch(() => undefined);
    underWay.set(ticketId, coming);
    return coming;
  }

  async function run(): Promise<boolean> {
    for (let id = wanted.shift(); id !== undefined && !stopped; id = wanted.shift()) {
      try {
        await begin(id).all;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // Any other failure is the pull's to show; what is still wanted is asked for again after
        // the next one that works.
        if (error.failure.kind !== 'status' || !saysNoTicket(error.failure)) return false;
        goneNow().add(id);
      }
    }
    return true;
  }

  return {
    fetch: (ticketId) => begin(ticketId).first,
    complete(ticketIds) {
      const unknown = goneNow();
      wanted = ticketIds.filter((id) => !unknown.has(id));
      if (stopped) return Promise.resolve(false);
      completing ??= run()
        .catch((error: unknown) => {
          console.error('A thread could not be completed', error);
          return false;
        })
        .finally(() => {
          completing = null;
        });
      return completing;
    },
    async stop() {
      stopped = true;
      await Promise.allSettled([completing, ...[...underWay.values()].map(({ all }) => all)]);
    },
  };
}
