import { describe, expect, test } from 'vitest';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../../src/contract/wire/entities.ts';
import { followUp, generateDemo } from '../../../src/server/demo/generate.ts';

const anchor = new Date('2026-03-18T15:20:00Z');
const options = { seed: 20_251_123, tickets: 2_000, customers: 900, anchor };
const demo = generateDemo(options);
const tickets = [...demo.tickets];
const open = tickets.filter((t) => t.status !== 'closed' && t.status !== 'resolved');
const messages = tickets.flatMap((t) => t.messages);

describe('the demo', () => {
  test('is the same for the same seed and another for another', () => {
    expect([...generateDemo(options).tickets]).toEqual(tickets);
    expect([...generateDemo({ ...options, seed: 1 }).tickets][0]?.id).not.toBe(tickets[0]?.id);
  });

  test('has 2,000 tickets, about 14,000 messages, 6 agents, 900 customers with an address of their own', () => {
    expect(tickets).toHaveLength(2_000);
    expect(messages.length).toBeGreaterThan(13_000);
    expect(messages.length).toBeLessThan(15_500);
    expect(demo.staff).toHaveLength(6);
    expect(new Set(demo.customers.map((c) => c.email)).size).toBe(900);
    expect(
      [...demo.staff, ...demo.customers].filter((u) => u.can_sign_in).map((u) => u.email),
    ).toEqual(
      expect.arrayContaining([
        'maya@staffdesk.test',
        'alex@staffdesk.test',
        'jonas@staffdesk.test',
        'priya@staffdesk.test',
        'dana@customer.test',
        'omar@customer.test',
      ]),
    );
  });

  test('has an inbox of a size that a shift has: some for Maya, some for nobody, few urgent, few snoozed', () => {
    const maya = demo.staff[0]?.id;
    expect(open.length).toBeGreaterThan(150);
    expect(open.length).toBeLessThan(280);
    expect(open.filter((t) => t.assignee_id === maya).length).toBeGreaterThanOrEqual(12);
    expect(open.filter((t) => t.assignee_id === null).length).toBeGreaterThanOrEqual(20);
    expect(open.filter((t) => t.priority === 'urgent').length).toBeGreaterThanOrEqual(4);
    expect(open.filter((t) => t.snoozed_until !== null).length).toBeGreaterThanOrEqual(4);
    expect(new Set(tickets.map((t) => t.status))).toEqual(new Set(ticketStatuses));
  });

  test('keeps every rule of the database', () => {
    for (const t of tickets) {
      expect(t.subject.length).toBeGreaterThanOrEqual(5);
      expect(t.subject.length).toBeLessThanOrEqual(200);
      expect(ticketCategories).toContain(t.category);
      expect(ticketPriorities).toContain(t.priority);
      expect(t.messages[0]?.author_id).toBe(t.requester_id);
      expect(t.messages[0]?.text.length).toBeGreaterThanOrEqual(10);
      for (const [i, m] of t.messages.entries()) {
        expect(m.text.length).toBeGreaterThanOrEqual(m.is_staff ? 1 : 5);
        expect(m.text.includes('\u0000') || !m.text.isWellFormed()).toBe(false);
        expect(m.created_at.getTime()).toBeGreaterThanOrEqual(
          t.messages[i - 1]?.created_at.getTime() ?? t.created_at.getTime(),
        );
        expect(m.created_at.getTime()).toBeLessThanOrEqual(anchor.getTime());
        expect(m.is_internal && !m.is_staff).toBe(false);
      }
      expect(t.resolved_at !== null).toBe(t.status === 'resolved' || t.status === 'closed');
    }
    expect(new Set([...tickets, ...messages].map((x) => x.id)).size).toBe(
      tickets.length + messages.length,
    );
  });

  test('has statuses that fit their threads', () => {
    for (const t of open) {
      const said = t.messages.filter((m) => !m.is_internal);
      expect([t.id, said.at(-1)?.is_staff, said.some((m) => m.is_staff)]).toEqual([
        t.id,
        t.status === 'in_progress',
        t.status !== 'open',
      ]);
    }
  });

  test('speaks at least ten scripts and languages, and holds hostile text', () => {
    const all = messages.map((m) => m.text).join('\n');
    for (const script of ['Arabic', 'Han', 'Hiragana', 'Devanagari', 'Thai', 'Cyrillic'])
      expect(all).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    for (const word of [
      'Guten Tag',
      'Buenos días',
      'Bonjour',
      'Olá',
      'Dzień dobry',
      'Xin chào',
      '<script',
      'javascript:',
      '\u202e',
    ])
      expect(all).toContain(word);
    expect(Math.max(...messages.map((m) => m.text.length))).toBeGreaterThan(50_000);
  });

  test('does not repeat itself: apart from short phrases and the few texts of the rarer languages, texts are rarely repeated', () => {
    const seen = new Map<string, number>();
    for (const { text } of messages)
      if (text.length > 60 && /^[\x20-\x7e\s]+$/.test(text))
        seen.set(text, (seen.get(text) ?? 0) + 1);
    expect(Math.max(...seen.values())).toBeLessThanOrEqual(40);
    expect([...seen.values()].filter((n) => n > 10).length).toBeLessThan(20);
  });

  test('comes in small sizes too', () => {
    for (const n of [1, 10])
      expect([...generateDemo({ ...options, tickets: n, customers: 10 }).tickets]).toHaveLength(n);
  });
});

test('live traffic writes in the language of its ticket', () => {
  const said = (first_message: string) =>
    followUp(() => 0.5, { subject: 'x', category: 'funding', first_message });
  expect(said('出金がまだ届いていません。')).toMatch(/\p{Script=Hiragana}/u);
  expect(said('Where is my withdrawal? It has been three days.')).toMatch(/^[\x20-\x7e]+$/);
});
