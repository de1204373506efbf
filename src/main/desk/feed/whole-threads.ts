import { MergedBody } from '../../../contract/wire/api.ts';
import { saysNoTicket } from '../../../core/own-refusal.ts';
import type { ReadDb, WriteDb } from '../sqlite/connection.ts';
import { storeMerge } from '../areas/tickets/merged.ts';
import { markWhole } from '../areas/tickets/threads-partial.ts';
import { ApiError } from './api-error.ts';
import { applyThreadPart } from './apply-thread.ts';
import { begunCopy, currentGeneration } from './generation.ts';
import type { ReadThrough } from '../areas/tickets/unread.ts';
import type { Auth } from '../areas/session/auth.ts';
import { threadParts } from './servers/staffdesk/thread.ts';

export interface WholeThreadsParts {
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
   * Fetches these one after the other, as long as the server responds; returns whether all were
   * asked for.
   */
  complete(ticketIds: readonly string[]): Promise<boolean>;
  stop(): Promise<void>;
}

/** A thread that is on its way: its newest part, and all of it. */
interface Coming {
  first: Promise<string>;
  all: Promise<string>;
}

export function createWholeThreads(parts: WholeThreadsParts): WholeThreads {
  const { cache } = parts;
  const gone = createGone(cache);
  const underWay = createThreadsUnderWay(parts, () => stopped);
  let wanted: string[] = [];
  let completing: Promise<boolean> | null = null;
  let stopped = false;

  async function run(): Promise<boolean> {
    for (let id = wanted.shift(); id !== undefined && !stopped; id = wanted.shift()) {
      try {
        await underWay.begin(id).all;
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // Any other failure is the pull's to show; what is still wanted is asked for again after
        // the next one that works.
        if (!isNoTicket(error)) return false;
        gone.now().add(id);
      }
    }
    return true;
  }

  return {
    fetch: (ticketId) => underWay.begin(ticketId).first,
    complete(ticketIds) {
      const unknown = gone.now();
      wanted = ticketIds.filter((id) => !unknown.has(id));
      if (stopped) return Promise.resolve(false);
      completing ??= reported(run()).finally(() => {
        completing = null;
      });
      return completing;
    },
    async stop() {
      stopped = true;
      await Promise.allSettled([completing, underWay.ended()]);
    },
  };
}

/** False for a run that failed. */
async function reported(run: Promise<boolean>): Promise<boolean> {
  try {
    return await run;
  } catch (error) {
    console.error('A thread could not be completed', error);
    return false;
  }
}

/** The threads that are on their way, each once. */
function createThreadsUnderWay(parts: WholeThreadsParts, stopped: () => boolean) {
  const threads = new Map<string, Coming>();

  async function ask(ticketId: string, onFirst: () => void): Promise<string> {
    try {
      await readParts(parts, ticketId, stopped, onFirst);
      return ticketId;
    } catch (error) {
      if (stopped() || !isNoTicket(error)) throw error;
      const into = noteGone(parts.cache, ticketId, error);
      if (into === null) throw error;
      return begin(into).first;
    }
  }

  function begin(ticketId: string): Coming {
    const running = threads.get(ticketId);
    if (running) return running;
    const { promise: arrived, resolve } = Promise.withResolvers<string>();
    const onFirst = (): void => {
      resolve(ticketId);
    };
    const all = ask(ticketId, onFirst).finally(() => {
      threads.delete(ticketId);
    });
    const coming = { first: Promise.race([arrived, all]), all };
    // Callers that have seen the first part wait for no more; a part behind it that fails is asked
    // for again after the next pull.
    all.catch(() => undefined);
    coming.first.catch(() => undefined);
    threads.set(ticketId, coming);
    return coming;
  }

  return {
    begin,
    /** Resolves once all that are on their way now are here, or have failed. */
    ended: () => Promise.allSettled([...threads.values()].map(({ all }) => all)),
  };
}

/** Takes a thread over part by part, from the newest back; `onPart` after each. Throws ApiError. */
async function readParts(
  parts: WholeThreadsParts,
  ticketId: string,
  stopped: () => boolean,
  onPart: () => void,
): Promise<void> {
  for (let isRead = false; !isRead;) isRead = await readInOneCopy(parts, ticketId, stopped, onPart);
}

/**
 * False where a full sync began meanwhile: a part from before it may show what has been removed
 * since, of which no page tells.
 */
async function readInOneCopy(
  { cache, auth, readThrough, onChanged }: WholeThreadsParts,
  ticketId: string,
  stopped: () => boolean,
  onPart: () => void,
): Promise<boolean> {
  const copy = begunCopy(cache);
  let settled = 0;
  for await (const thread of threadParts(auth, ticketId)) {
    if (stopped()) return true;
    if (begunCopy(cache) !== copy) return false;
    if (thread.ticket.id !== ticketId)
      throw new ApiError({ kind: 'bad-answer', why: 'another ticket' });
    settled = applyThreadPart(cache, thread, { readThrough, settled });
    onChanged([ticketId]);
    onPart();
  }
  return true;
}

/**
 * The tickets that the server did not know, whatever is still here of them: as far as this full
 * copy goes, since the next may be of another role or an older server.
 */
function createGone(cache: ReadDb): { now: () => Set<string> } {
  let gone = { generation: 0, ids: new Set<string>() };
  return {
    now() {
      const generation = currentGeneration(cache);
      if (gone.generation !== generation) gone = { generation, ids: new Set() };
      return gone.ids;
    },
  };
}

const isNoTicket = (error: unknown): error is ApiError =>
  error instanceof ApiError && error.failure.kind === 'status' && saysNoTicket(error.failure);

/** Nothing more of this ticket comes; returns the one that has taken it over, null for none. */
function noteGone(cache: WriteDb, ticketId: string, { failure }: ApiError): string | null {
  markWhole(cache, [ticketId]);
  const body = failure.kind === 'status' ? failure.body : undefined;
  const into = MergedBody.safeParse(body).data?.merged_into;
  if (into === undefined) return null;
  storeMerge(cache, ticketId, into);
  return into;
}
