import { describe, expect, test, vi } from 'vitest';
import { BridgeError } from '../../src/contract/errors.ts';
import { createDesk, type Desk } from '../../src/renderer/bridge/client.ts';
import { coalesce } from '../../src/renderer/kit/coalesce.ts';
import { createComposer } from '../../src/renderer/areas/compose/composer-store.ts';
import { createToasts } from '../../src/renderer/toasts.ts';
import { dayHeading, shortTime, shortTimeInText } from '../../src/renderer/kit/format.ts';
import { splitLinks } from '../../src/core/links.ts';
import { isLoopbackHost } from '../../src/core/loopback-host.ts';

const ticket = '00000000-0000-4000-8000-000000000001';

/** A desk whose answers the test decides. */
function fakeDesk(answer: (name: string, input: unknown) => Promise<unknown>): Desk {
  return createDesk({
    shell: 'electron',
    call: async (name, input) => {
      try {
        return { ok: true, value: await answer(name, input) };
      } catch (error) {
        return {
          ok: false,
          error: (error instanceof BridgeError ? error : new BridgeError('internal')).toShape(),
        };
      }
    },
    on: () => () => undefined,
  });
}

describe('the composer', () => {
  test('clears only after the desk has the message, and keeps the text when it is refused', async () => {
    let refuse = true;
    const composer = createComposer(
      fakeDesk((name) =>
        name === 'compose.send' && refuse
          ? Promise.reject(new BridgeError('disk-full'))
          : Promise.resolve(name === 'compose.send' ? { operation_id: ticket, held_ms: 0 } : {}),
      ),
      createToasts(),
    );
    composer.type(ticket, 'reply', 'Dear Dana');
    await composer.send(ticket, 'reply', null);
    expect(composer.text(ticket, 'reply')).toBe('Dear Dana');
    refuse = false;
    await composer.send(ticket, 'reply', null);
    expect(composer.text(ticket, 'reply')).toBe('');
  });

  test('keeps reply and note of each ticket apart', () => {
    const composer = createComposer(
      fakeDesk(() => Promise.resolve({})),
      createToasts(),
    );
    composer.type(ticket, 'reply', 'to the customer');
    composer.type(ticket, 'note', 'to colleagues');
    composer.type('00000000-0000-4000-8000-000000000002', 'reply', 'elsewhere');
    expect([composer.text(ticket, 'reply'), composer.text(ticket, 'note')]).toEqual([
      'to the customer',
      'to colleagues',
    ]);
  });

  test('keeps what was typed while a send was under way', async () => {
    let finish: (value: unknown) => void = () => undefined;
    const composer = createComposer(
      fakeDesk((name) =>
        name === 'compose.send'
          ? new Promise((done) => {
              finish = done;
            })
          : Promise.resolve({}),
      ),
      createToasts(),
    );
    composer.type(ticket, 'reply', 'first');
    const sending = composer.send(ticket, 'reply', null);
    composer.type(ticket, 'reply', 'first and more');
    finish({ operation_id: ticket, held_ms: 0 });
    await sending;
    expect(composer.text(ticket, 'reply')).toBe('first and more');
  });

  test('does not put an old draft over what was typed since', () => {
    const composer = createComposer(
      fakeDesk(() => Promise.resolve({})),
      createToasts(),
    );
    composer.type(ticket, 'reply', 'newer');
    composer.restore(
      ticket,
      [{ ticket_id: ticket, kind: 'reply', text: 'older', saved_at: 1, actions: {} }],
      { asked: 0 },
    );
    expect(composer.text(ticket, 'reply')).toBe('newer');
  });

  test('saves while typing goes on, and at once when asked', async () => {
    vi.useFakeTimers();
    try {
      const saved: unknown[] = [];
      const composer = createComposer(
        fakeDesk((name, input) => {
          if (name === 'draft.save') saved.push(input);
          return Promise.resolve({ saved_at: 1 });
        }),
        createToasts(),
      );
      for (let i = 1; i <= 6; i += 1) {
        composer.type(ticket, 'reply', 'x'.repeat(i));
        await vi.advanceTimersByTimeAsync(100);
      }
      expect(saved.length).toBeGreaterThanOrEqual(2);
      composer.type(ticket, 'reply', 'the end');
      void composer.flush();
      expect(saved.at(-1)).toMatchObject({ text: 'the end' });
    } finally {
      vi.useRealTimers();
    }
  });
});

test('a burst of refreshes costs one question under way and one after it', async () => {
  let runs = 0;
  let finish: () => void = () => undefined;
  const refresh = coalesce(() => {
    runs += 1;
    return new Promise((done) => {
      finish = done;
    });
  });
  for (let i = 0; i < 100; i += 1) refresh();
  expect(runs).toBe(1);
  finish();
  await vi.waitFor(
    () => {
      expect(runs).toBe(2);
    },
    { timeout: 120_000 },
  );
  finish();
  await Promise.resolve();
  expect(runs).toBe(2);
});

test('an answer or event of the wrong shape never reaches a store', async () => {
  const desk = fakeDesk(() => Promise.resolve({ rows: 'not rows' }));
  await expect(
    desk.call('tickets.list', { view: 'all', after: null, limit: 1 }),
  ).rejects.toMatchObject({ code: 'internal' });
});

describe('links in customer text', () => {
  const hrefs = (text: string) =>
    splitLinks(text).flatMap((part) => (part.kind === 'link' ? [part.href] : []));
  test('are web and mail addresses', () => {
    expect(hrefs('see https://example.com/a?b=c and mail me@example.com.')).toEqual([
      'https://example.com/a?b=c',
      'mailto:me@example.com',
    ]);
  });
  test('of any other kind stay plain text, and every character is kept', () => {
    const hostile = [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      'ftp://example.com/x',
      'ws://example.com',
      'blob:https://example.com/x',
      'chrome://settings',
      'about:blank',
      'intent://x#Intent;end',
      'ms-word:ofe|u|https://example.com',
      'smb://host/share',
      'ssh://host',
      'tel:+1',
      'sms:+1',
      'steam://run/1',
      'view-source:https://example.com',
      'app://staffdesk/index.html',
      'staffdesk://ticket/x',
      'x-apple:y',
      'search-ms:query',
      '\\\\host\\share',
      '//example.com/x',
      'https://user:pass@example.com/',
    ];
    for (const text of hostile) {
      for (const href of hrefs(text)) expect(href, text).toMatch(/^(https?:\/\/(?!.*@)|mailto:)/);
      expect(
        splitLinks(text)
          .map((part) => part.text)
          .join('').length,
        text,
      ).toBeGreaterThanOrEqual(text.length);
    }
  });
  test.each([
    '127.0.0.1',
    '127.0.0.1:8080',
    '127.1',
    '127.8.9.10',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '0.0.0.0',
    '0',
    '１２７.0.0.1',
    '127。0。0。1',
    '127.0.0.1.',
    'localhost',
    'LOCALHOST:3000',
    'localhost.',
    'localhost..',
    'app.localhost',
    'a.b.localhost.',
    'localhost.localdomain',
    'ip6-localhost',
    'ⓛocalhost',
    'local\u00adhost',
    '[::1]',
    '[::1]:9000',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    '[::ffff:0:127.0.0.1]',
    '[::ffff:0.0.0.0]',
  ])("to the agent's own computer stay text: %s", (host) => {
    for (const text of [
      `http://${host}/#key=x`,
      `https://${host}/a?b`,
      `look at http://${host}`,
      `${host}/x`,
      `http:${host}`,
      `http:///${host}`,
    ]) {
      for (const href of hrefs(text))
        expect(isLoopbackHost(new URL(href).hostname), `${text} -> ${href}`).toBe(false);
      expect(
        splitLinks(text)
          .map((part) => part.text)
          .join(''),
        text,
      ).toBe(text);
    }
    expect(isLoopbackHost(new URL(`http://${host}/`).hostname)).toBe(true);
  });
  test.each([
    '128.0.0.1',
    '1.127.0.0',
    'localhost.example.com',
    'notlocalhost',
    '127.0.0.1.example.com',
    '[2001:db8::1]',
    '[::ffff:8.8.8.8]',
    '[2002:808:808::]',
    '10.0.0.1',
  ])('to another computer are none of its own: %s', (host) => {
    expect(isLoopbackHost(new URL(`http://${host}/`).hostname)).toBe(false);
  });
  test('that imitate another host are shown as what they are', () => {
    const [link] = splitLinks('https://аpple.com/login');
    expect(link).toMatchObject({ kind: 'link', text: expect.stringContaining('xn--') });
  });
  test('are elements of the page, so that a huge text has 500 of them at most', () => {
    expect(hrefs('https://example.com '.repeat(5_000))).toHaveLength(500);
  });
});

describe('times in the list', () => {
  const now = new Date(2026, 10, 23, 15, 0).getTime();
  test.each([
    [new Date(2026, 10, 23, 9, 38), '09:38'],
    [new Date(2026, 10, 22, 23, 59), 'Yesterday'],
    [new Date(2026, 10, 20, 8, 0), 'Fri'],
    [new Date(2026, 9, 12, 8, 0), '12 Oct'],
    [new Date(2025, 9, 12, 8, 0), '12 Oct 2025'],
    [new Date(2026, 10, 23, 15, 1), '15:01'],
  ])('%s is %s', (at, text) => {
    expect(shortTime(at.getTime(), now)).toBe(text);
    expect(shortTimeInText(at.getTime(), now)).toBe(text.replace('Yesterday', 'yesterday'));
  });
  test('days have headings', () => {
    expect(dayHeading(now, now)).toBe('Today');
    expect(dayHeading(new Date(2026, 10, 19).getTime(), now)).toBe('Thursday 19 November');
  });
});
