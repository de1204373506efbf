import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  asElectron,
  createFakeElectron,
  FakeContents,
  fakeEvent,
  type FakeElectron,
} from './fake-electron.ts';

let fake: FakeElectron;
let guards: typeof import('../../../../src/main/shell/electron/guards.ts');

beforeEach(async () => {
  fake = createFakeElectron();
  vi.resetModules();
  vi.doMock('electron', () => fake.module);
  guards = await import('../../../../src/main/shell/electron/guards.ts');
});

function guarded(): FakeContents {
  const contents = new FakeContents();
  guards.guardContents(asElectron(contents));
  return contents;
}

const hostile = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,<script>1</script>',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'file://server/share/run.exe',
  'smb://server/share',
  'ftp://example.com/',
  'ms-msdt:/id PCWDiagnostic',
  'search-ms:query=x',
  'ms-officecmd:{}',
  'tel:+1900',
  'ssh://host',
  'app://staffdesk/index.html',
  'chrome://settings',
  'view-source:https://example.com',
  'blob:https://example.com/1',
  'about:blank',
  'https://support.example.com@evil.test/',
  'https://user:secret@evil.test/',
  'https:\\\\evil.test',
  'https://exa\u202emple.com/',
  'java\nscript:alert(1)',
  'mailto:a@b.test?attach=/etc/passwd',
  'mailto:?attachment=/etc/passwd',
  'mailto:',
  'http://',
  'not a link',
  '',
  '//evil.test/x',
  'https://example.com/"&calc.exe',
];

describe('links to the outside', () => {
  test.each(hostile)('a link that is not plainly web or mail is not opened: %j', (link) => {
    expect(guarded().openHandler?.({ url: link })).toEqual({ action: 'deny' });
    expect(fake.opened).toEqual([]);
  });

  test('a link of more than 2,000 characters is not opened', () => {
    expect(guards.outsideAddress(`https://example.com/${'a'.repeat(2_000)}`)).toBeNull();
  });

  test.each([
    'https://example.com/a?b=c#d',
    'http://127.0.0.1:3000/',
    'mailto:dana@customer.test',
    'mailto:dana@customer.test?subject=Hello',
  ])('a web page or mail address opens outside, never in a window: %s', (link) => {
    expect(guarded().openHandler?.({ url: link })).toEqual({ action: 'deny' });
    expect(fake.opened).toEqual([link]);
  });

  test('what is opened is the parsed address, not the text that came in', () => {
    expect(guards.outsideAddress('HTTPS://Example.COM/../a')).toBe('https://example.com/a');
  });
});

describe('a page stays where it is', () => {
  test.each(['will-navigate', 'will-frame-navigate'])(
    '%s is prevented for every address but the page itself',
    (name) => {
      const contents = guarded();
      for (const url of [
        'https://example.com/',
        'file:///etc/passwd',
        'app://staffdesk/other.html',
        'app://staffdesk.evil/index.html',
        'app://evil/index.html',
        'about:blank',
        'data:text/html,x',
        '',
      ]) {
        const event = fakeEvent({ url });
        contents.emit(name, event);
        expect([url, event.prevented]).toEqual([url, true]);
      }
      const reload = fakeEvent({ url: 'app://staffdesk/index.html#ticket' });
      contents.emit(name, reload);
      expect(reload.prevented).toBe(false);
    },
  );

  test('every redirect and every webview is prevented', () => {
    const contents = guarded();
    for (const name of ['will-redirect', 'will-attach-webview']) {
      const event = fakeEvent({ url: 'app://staffdesk/index.html' });
      contents.emit(name, event);
      expect([name, event.prevented]).toEqual([name, true]);
    }
  });
});

describe('permissions', () => {
  const names = [
    'media',
    'geolocation',
    'notifications',
    'midi',
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'openExternal',
    'usb',
    'serial',
    'hid',
    'local-network',
    'unknown',
  ];

  test.each(names)('%s is denied whether asked or checked', (name) => {
    guards.guardSession(asElectron(fake.session));
    const answer = vi.fn<(granted: boolean) => void>();
    fake.session.handlers['request']?.({}, name, answer, {});
    expect(answer).toHaveBeenCalledExactlyOnceWith(false);
    expect(fake.session.handlers['check']?.(null, name, 'app://staffdesk', {})).toBe(false);
  });

  test('no device, no screen and no download is given', () => {
    guards.guardSession(asElectron(fake.session));
    expect(fake.session.handlers['device']?.({ deviceType: 'usb' })).toBe(false);
    const streams = vi.fn<(streams: object) => void>();
    fake.session.handlers['display']?.({}, streams);
    expect(streams).toHaveBeenCalledExactlyOnceWith({});
    const download = fakeEvent();
    fake.session.emit('will-download', download);
    expect(download.prevented).toBe(true);
  });
});
