import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ticket } from '../../../../../src/contract/wire/entities.ts';
import { openTestDesk, tempDir, type TestDesk } from '../../../../helpers/desk.ts';
import { fillDataFolder, nowhere } from '../../../../helpers/filled-cache.ts';

const id = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
const at = '2026-11-02T10:00:00.000Z';
const people = [
  ['Dána Okafor', 'dana@customer.test'],
  ['Omar Haddad', 'omar@customer.test'],
  ['Nguyễn Thị Minh Anh', 'minh@customer.test'],
  ['Jürgen Müller-Lüdenscheidt', 'jm@customer.test'],
];
const tickets = people.map(([name = '', email = ''], n): Ticket => ({
  id: id(n + 1),
  subject: `Ticket ${n}`,
  category: 'account',
  priority: 'medium',
  status: 'open',
  created_at: at,
  updated_at: at,
  resolved_at: null,
  last_message_at: at,
  requester: { id: id(900 + n), name, email },
  assignee_id: null,
  tags: [],
  snoozed_until: null,
  version: 1,
  message_count: 1,
  last_message: { preview: 'p', is_staff: false },
}));
const home = tempDir();
let desk: TestDesk;

beforeAll(() => {
  fillDataFolder(home.dir, tickets);
  desk = openTestDesk(home.dir, nowhere);
});
afterAll(async () => {
  await desk.desk.close();
  home.remove();
});

const find = async (query: string) =>
  (await desk.call('customers.find', { query, limit: 5 })).customers.map(({ name }) => name);

test.each([
  ['dana', 'Dána Okafor'],
  ['oka', 'Dána Okafor'],
  ['dana oka', 'Dána Okafor'],
  ['omar@customer', 'Omar Haddad'],
  ['minh', 'Nguyễn Thị Minh Anh'],
  ['okafro', 'Dána Okafor'],
  ['dnaa', 'Dána Okafor'],
  ['dana okafro', 'Dána Okafor'],
  ['hadad', 'Omar Haddad'],
  ['nguyn', 'Nguyễn Thị Minh Anh'],
  ['ludenschiedt', 'Jürgen Müller-Lüdenscheidt'],
])('%s finds %s, with a slip of the finger where nothing else is found', async (query, name) => {
  expect(await find(query)).toEqual([name]);
});

test.each(['zzzz', 'kaofor', 'dana haddad', '"', '  '])('%s finds nobody', async (query) => {
  expect(await find(query)).toEqual([]);
});
