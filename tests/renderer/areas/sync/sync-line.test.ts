import { afterEach, describe, expect, test } from 'vitest';
import type { OutboxItem, SyncState } from '../../../../src/contract/bridge.ts';
import { bubbleText } from '../../../../src/renderer/areas/outbox/why.ts';
import { syncLine, syncText } from '../../../../src/renderer/areas/sync/sync-line.ts';
import { de } from '../../../../src/renderer/catalogues/de.ts';
import { en } from '../../../../src/renderer/catalogues/en.ts';
import { setCatalogue } from '../../../../src/renderer/texts.ts';

type Phase = SyncState['phase'];
type Item = Pick<OutboxItem, 'id' | 'kind' | 'state' | 'held_ms'>;

const item = (state: Item['state'], more: Partial<Item> = {}): Item => ({
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'reply',
  state,
  held_ms: null,
  ...more,
});
const held = item('held', { held_ms: 9_000 });
const leftAtQuit = item('held');
const queued = item('queued');
const sending = item('sending', { kind: 'note' });
const stopped = item('not-sent');
const change = item('queued', { kind: 'change' });
const stoppedChange = item('not-sent', { kind: 'change' });

afterEach(() => {
  setCatalogue(en);
});

describe('the sync line', () => {
  test.each<[Phase, Item[], english: string, german: string]>([
    ['signed-out', [], 'Signed out', 'Abgemeldet'],
    ['starting', [], 'Connecting', 'Verbindet'],
    ['starting', [held, queued], 'Connecting, 2 to send', 'Verbindet, 2 zu senden'],
    ['first-sync', [], 'First sync, 1,200 tickets', 'Erster Abgleich, 1,200 Tickets'],
    ['catching-up', [], 'Catching up', 'Holt auf'],
    ['catching-up', [queued], 'Catching up, 1 to send', 'Holt auf, 1 zu senden'],
    ['live', [], 'Live', 'Aktuell'],
    ['live', [held], 'Live, 1 sends in 9 s', 'Aktuell, 1 wird in 9 s gesendet'],
    ['live', [held, held], 'Live, 2 send within 9 s', 'Aktuell, 2 werden binnen 9 s gesendet'],
    ['live', [sending], 'Live, 1 sending', 'Aktuell, 1 wird gesendet'],
    ['live', [queued, queued], 'Live, 2 to send', 'Aktuell, 2 zu senden'],
    ['live', [stopped], 'Live, 1 not sent', 'Aktuell, 1 nicht gesendet'],
    ['live', [leftAtQuit], 'Live, 1 not sent', 'Aktuell, 1 nicht gesendet'],
    [
      'live',
      [held, queued, sending, stopped],
      'Live, 1 sends in 9 s, 1 sending, 1 to send, 1 not sent',
      'Aktuell, 1 wird in 9 s gesendet, 1 wird gesendet, 1 zu senden, 1 nicht gesendet',
    ],
    ['live', [change, stoppedChange], 'Live', 'Aktuell'],
    ['offline', [], 'Offline', 'Offline'],
    ['offline', [held, queued, sending, queued], 'Offline, 4 to send', 'Offline, 4 zu senden'],
    [
      'offline',
      [queued, stopped],
      'Offline, 1 to send, 1 not sent',
      'Offline, 1 zu senden, 1 nicht gesendet',
    ],
    ['offline', [change], 'Offline', 'Offline'],
    ['sign-in-needed', [], 'Sign-in needed', 'Anmeldung nötig'],
    ['sign-in-needed', [held], 'Sign-in needed, 1 to send', 'Anmeldung nötig, 1 zu senden'],
  ])('%s with %o', (phase, items, english, german) => {
    const sync = { phase, tickets_cached: 1_200 };
    expect(syncText(sync, items, 9)).toBe(english);
    setCatalogue(de);
    expect(syncText(sync, items, 9)).toBe(german);
  });

  test('says no seconds where no window is known, and keeps them apart to be left unread', () => {
    const live = { phase: 'live', tickets_cached: 0 } as const;
    expect(syncText(live, [held], null)).toBe('Live, 1 to send');
    expect(syncLine(live, [held, queued], 9)).toEqual({
      before: 'Live, 1 sends',
      seconds: ' in 9 s',
      after: ', 1 to send',
      notSent: '',
    });
  });
});

describe('the bubble of a message', () => {
  const phases = (...names: Phase[]): Phase[] => names;
  test.each<[OutboxItem['state'], number | null, Phase[], english: string, german: string]>([
    [
      'held',
      9,
      phases('live', 'catching-up', 'first-sync'),
      'Sending in 9 s',
      'Wird in 9 s gesendet',
    ],
    [
      'held',
      9,
      phases('offline'),
      "Sends when you're back online",
      'Wird gesendet, sobald Sie wieder online sind',
    ],
    [
      'held',
      9,
      phases('sign-in-needed'),
      'Sends after you sign in',
      'Wird nach Ihrer Anmeldung gesendet',
    ],
    [
      'held',
      null,
      phases('live', 'offline'),
      'Not sent: Staffdesk was closed',
      'Nicht gesendet: Staffdesk wurde beendet',
    ],
    ['sending', null, phases('live', 'catching-up'), 'Sending', 'Wird gesendet'],
    ['queued', null, phases('live', 'catching-up', 'starting'), 'To send', 'Noch zu senden'],
    [
      'queued',
      null,
      phases('offline'),
      "Sends when you're back online",
      'Wird gesendet, sobald Sie wieder online sind',
    ],
    ['not-sent', null, phases('live', 'offline'), 'Not sent', 'Nicht gesendet'],
  ])('%s, %s s left, %o', (state, left, names, english, german) => {
    for (const phase of names) {
      const sync = { phase } as SyncState;
      setCatalogue(en);
      expect(bubbleText(state, null, sync, left)).toBe(english);
      setCatalogue(de);
      expect(bubbleText(state, null, sync, left)).toBe(german);
    }
  });

  test('says that it waits for a reply that needs the agent, with or without the server', () => {
    for (const phase of ['live', 'offline'] as const)
      expect(bubbleText('queued', { behind: true }, { phase } as SyncState, null)).toBe(
        'Blocked by a reply that needs your review',
      );
  });
});
