import type { Ticket } from '../../src/contract/wire/entities.ts';
import { maya } from '../../tests/helpers/filled-cache.ts';

/** Ids that are not in the order of anything, as real ones. */
export function listedId(n: number): string {
  const mixed = ((n * 2_654_435_761) % 4_294_967_296).toString(16);
  return `${mixed.padStart(8, '0')}-0000-4000-9000-${String(n).padStart(12, '0')}`;
}

/**
 * Tickets of a year, an eighth of them active, with every field spread as filters meet it; the same
 * ones each time.
 */
export function listedTickets(count: number): Ticket[] {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const staff = [maya, ...Array.from({ length: 11 }, (_, i) => listedId(9_000_000 + i))];
  const now = Date.now();
  return Array.from({ length: count }, (_, i) => {
    const at = new Date(now - Math.floor(random() * 3e10)).toISOString();
    return {
      id: listedId(i + 1),
      subject: `Question number ${i + 1} about an order`,
      category: pick(['account', 'trading', 'funding', 'technical', 'billing', 'other']),
      priority: pick(['low', 'medium', 'medium', 'medium', 'high', 'urgent']),
      status:
        random() < 0.125
          ? pick(['open', 'in_progress', 'waiting'])
          : pick(['resolved', 'closed', 'closed']),
      created_at: at,
      updated_at: at,
      resolved_at: null,
      last_message_at: at,
      requester: {
        id: listedId(1_000_000 + (i % 5_000)),
        name: 'Dana Okafor',
        email: 'dana@customer.test',
      },
      assignee_id: random() < 0.3 ? null : pick(staff),
      tags: random() < 0.2 ? [pick(['bank', 'vip', 'bug', 'export'])] : [],
      snoozed_until: random() < 0.01 ? new Date(now + 1e9).toISOString() : null,
      version: 1,
      message_count: 3,
      last_message: {
        preview: 'Where is my order? I have been waiting for days.',
        is_staff: random() < 0.5,
      },
    };
  });
}
