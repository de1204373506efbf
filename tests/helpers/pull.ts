import { expect } from 'vitest';
import { SyncPage } from '../../src/contract/wire/api.ts';
import type { Person } from './api.ts';

export type Pulled = Pick<SyncPage, 'tickets' | 'messages' | 'staff' | 'macros' | 'removed'> & {
  cursor: string;
};

/** Reads the feed from a cursor, or a full copy and what follows it, to its end. */
export async function pullAll(person: Person, cursor: string | null, limit = 50): Promise<Pulled> {
  const all: Pulled = {
    tickets: [],
    messages: [],
    staff: [],
    macros: [],
    removed: [],
    cursor: cursor ?? '',
  };
  for (let pages = 0; pages < 500; pages += 1) {
    const { status, body } = await person.call(
      'GET',
      `/support/sync?limit=${limit}${all.cursor === '' ? '' : `&cursor=${encodeURIComponent(all.cursor)}`}`,
    );
    expect(status).toBe(200);
    const page = SyncPage.parse(body);
    all.tickets.push(...page.tickets);
    all.messages.push(...page.messages);
    all.staff.push(...page.staff);
    all.macros.push(...page.macros);
    all.removed.push(...page.removed);
    all.cursor = page.next_cursor;
    if (!page.has_more) return all;
  }
  throw new Error('the feed never ended');
}
