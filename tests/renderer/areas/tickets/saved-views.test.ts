import { expect, test } from 'vitest';
import type { SettingsChange } from '../../../../src/contract/bridge.ts';
import { createDesk } from '../../../../src/renderer/bridge/client.ts';
import { createInbox } from '../../../../src/renderer/areas/tickets/list/inbox.ts';
import { createSavedViews } from '../../../../src/renderer/areas/tickets/views/saved-views-store.ts';
import { createSettings } from '../../../../src/renderer/areas/settings/settings-store.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';

test('a name that nobody can see makes no view, and a view keeps the name that it has; others are one line', async () => {
  const saved: SettingsChange[] = [];
  const desk = createDesk({
    shell: 'electron',
    on: () => () => undefined,
    call: (name, input) => {
      if (name === 'settings.set') saved.push(input as SettingsChange);
      return Promise.resolve({
        ok: true,
        value: name === 'tickets.list' ? { rows: [], next: null, first: 0, total: 0 } : {},
      });
    },
  });
  const toasts = createToasts();
  const views = createSavedViews({
    desk,
    toasts,
    settings: createSettings(desk, toasts),
    inbox: createInbox(desk, toasts),
  });
  for (const name of ['', '\u200B\u2800', ' \u3164 ']) {
    views.save(name);
    views.rename('0199d7a0-0000-7000-8000-000000000001', name);
  }
  expect(saved).toEqual([]);
  views.save(' Ka\u0308ufer\u000Btoday ');
  await Promise.resolve();
  expect(saved).toMatchObject([{ saved_views: [{ name: 'Käufer today' }] }]);
});
