import type { SyncPage } from '../../../contract/wire/api.ts';
import { ApiError } from './api-error.ts';
import type { FeedPage } from './pages-ahead.ts';

/** More pages than any server has, at two hundred rows each. */
const mostPages = 20_000;
/**
 * Pages in a row without a new row before a feed is taken for one that only says that there is
 * more.
 */
const mostIdlePages = 20;
/** Rows that are remembered to know them again. */
const mostRemembered = 20_000;

/**
 * Watches that a pull gets on, whatever the server answers: it must end, and the same must not come
 * again and again.
 */
export interface Progress {
  /**
   * Before a page is applied. Throws ApiError 'bad-answer' where it does not get on; then the page
   * is not to be applied.
   */
  check(cursor: string | null, page: FeedPage): void;
}

export function createProgress(): Progress {
  let pages = 0;
  let idle = 0;
  let mark = { cursor: '', at: 1 };
  let seen = new Set<string>();

  /**
   * A cursor that comes again means a circle. One cursor is remembered, renewed ever less often, so
   * that a circle of any length is found.
   */
  function isCircle(cursor: string): boolean {
    if (cursor === mark.cursor) return true;
    if (pages >= mark.at) mark = { cursor, at: 2 * pages };
    return false;
  }

  function bringsNews(rows: readonly string[]): boolean {
    const fresh = rows.filter((row) => !seen.has(row));
    if (seen.size > mostRemembered) seen = new Set();
    for (const row of fresh) seen.add(row);
    return fresh.length > 0;
  }

  return {
    check(cursor, { hasMore, nextCursor, rows }) {
      pages += 1;
      idle = bringsNews(rows) ? 0 : idle + 1;
      if (!hasMore) return;
      if (nextCursor === cursor || isCircle(nextCursor))
        throw new ApiError({ kind: 'bad-answer', why: 'the feed does not move on' });
      if (idle >= mostIdlePages)
        throw new ApiError({ kind: 'bad-answer', why: 'the feed has more and brings nothing' });
      if (pages >= mostPages)
        throw new ApiError({ kind: 'bad-answer', why: 'the feed does not end' });
    },
  };
}

/** The rows of a page, each with its state: a row that comes again unchanged is no news. */
export function rowsOfPage({ tickets, messages, staff, macros, removed }: SyncPage): string[] {
  return [
    ...tickets.map((ticket) => `t ${ticket.id} ${ticket.version} ${ticket.message_count}`),
    ...messages.map((message) => `m ${message.id} ${message.ticket_id}`),
    ...staff.map((member) => `s ${member.id} ${member.name} ${member.role} ${member.is_active}`),
    ...macros.map((macro) => `a ${macro.id} ${macro.version}`),
    ...removed.map((gone) => `r ${gone.kind} ${gone.id}`),
  ];
}
