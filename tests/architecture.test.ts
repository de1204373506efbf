import { globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  areaOf,
  findCircles,
  findViolations,
  loadedBy,
  rules,
  specifiers,
} from './helpers/import-rules.ts';

const top = join(import.meta.dirname, '..');

const paths = globSync('src/**/*.{ts,tsx}', { cwd: top });
const files = new Map(
  paths.map((path) => [path.split(sep).join('/'), readFileSync(join(top, path), 'utf8')]),
);

test('no source file imports what its place does not allow', () => {
  expect(files.size).toBeGreaterThan(50);
  expect(findViolations(files)).toEqual([]);
});

/**
 * The areas that an area may know, on each side. A new pair is a decision: ask first whether what it needs belongs to the
 * area itself, to the feed, or to src/core.
 */
const areasKnown: Record<string, string> = {
  'src/main/desk/compose': 'outbox settings tickets triage',
  'src/main/desk/notices': 'outbox tickets',
  'src/main/desk/outbox': 'compose tickets triage',
  'src/main/desk/search': 'compose outbox session tickets triage',
  'src/main/desk/session': 'compose outbox triage',
  'src/main/desk/settings': 'outbox tickets',
  'src/main/desk/tickets': 'compose outbox search session settings triage',
  'src/main/desk/triage': 'outbox settings tickets',
  'src/renderer/compose': 'session tickets triage',
  'src/renderer/palette': 'compose outbox settings',
  'src/renderer/settings': 'notices',
  'src/renderer/tickets': 'compose outbox presence search session settings triage',
  'src/renderer/triage': 'tickets',
  'src/server/macros': 'people',
  'src/server/messages': 'people tickets',
  'src/server/presence': 'tickets',
  'src/server/search': 'tickets',
  'src/server/tickets': 'messages people',
};

test('an area knows the areas that are listed for it, and no other', () => {
  const known = new Map<string, Set<string>>();
  for (const [path, source] of files) {
    const area = areaOf(path);
    const others = specifiers(path, source).map((specifier) =>
      areaOf(join(path, '..', specifier).split(sep).join('/')),
    );
    for (const other of others) {
      if (area === undefined || other === undefined || other === area) continue;
      known.set(area, (known.get(area) ?? new Set()).add(other.slice(other.lastIndexOf('/') + 1)));
    }
  }
  expect(
    Object.fromEntries(
      [...known].map(([area, others]) => [area, [...others].toSorted().join(' ')]),
    ),
  ).toEqual(areasKnown);
});

test('no line of src, scripts or bench, the data of the demo included, is longer than 120 characters', () => {
  const texts = globSync('{src,scripts,bench}/**/*.{ts,tsx,mjs,mts,css,html,json,sql,svg}', {
    cwd: top,
  });
  expect(texts.length).toBeGreaterThan(400);
  const tooLong = texts.flatMap((path) =>
    readFileSync(join(top, path), 'utf8')
      .split('\n')
      .flatMap((line, at) => ([...line].length > 120 ? [`${path}:${at + 1}`] : [])),
  );
  expect(tooLong).toEqual([]);
});

test('a function of the window names the parts that it needs, eight at most', () => {
  const own = [...files].filter(([path]) => path.startsWith('src/renderer/'));
  expect(own.flatMap(([path, source]) => bagsIn(path, source))).toEqual([]);
  const eight = [...'abcdefgh'].map((name) => `  ${name}: Store;`).join('\n');
  expect(
    [
      'function show(parts: Composed): void {}',
      'const show = ({ inbox }: Stores) => inbox;',
      `interface ShowParts {\n${eight}\n  /** Why. */\n  i: (id: string) => void;\n}`,
    ].map((source) => bagsIn('src/renderer/navigation.ts', source).length),
  ).toEqual([1, 1, 1]);
  expect(bagsIn('src/renderer/navigation.ts', `interface ShowParts {\n${eight}\n}`)).toEqual([]);
});

test('no circles: no file needs itself to be understood, through others or their types', () => {
  expect(findCircles(files)).toEqual([]);
  const circle = new Map([
    ['src/a.ts', "import { b } from './b.ts';"],
    ['src/b.ts', "import type { C } from './c.ts';"],
    ['src/c.ts', "export * from './a.ts';"],
    ['src/d.ts', "import './a.ts';"],
  ]);
  expect(findCircles(circle)).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts']]);
});

/** Where one hands all parts of the window to a function, or more than eight. */
function bagsIn(path: string, source: string): string[] {
  const isPicked = path === 'src/renderer/stores-context.tsx';
  const whole = isPicked ? [] : (source.match(/: (?:Composed|Stores|Workspace)\b/g) ?? []);
  const wide = [...source.matchAll(/interface (\w*Parts)\b[^{]*\{\n([^]*?)\n\}/g)].filter(
    ([, , members = '']) => (members.match(/^ {2}\w+\??:/gm) ?? []).length > 8,
  );
  return [...whole, ...wide.map(([, name]) => name ?? '')].map((bag) => `${path} ${bag}`);
}

/** The members of an interface, those that it extends included. */
function membersOf(name: string, source: string): number {
  const found = new RegExp(`interface ${name}(?: extends (\\w+))? \\{\\n([\\s\\S]*?)\\n\\}`).exec(
    source,
  );
  if (!found) return 0;
  const [, base, body = ''] = found;
  const own = body.match(/^ {2}\w+\??[:(]/gm)?.length ?? 0;
  return own + (base === undefined ? 0 : membersOf(base, source));
}

test('no part of the desk is handed more than eight named parts', () => {
  const wide = [...files]
    .filter(([path]) => path.startsWith('src/main/desk/'))
    .flatMap(([path, source]) =>
      [...source.matchAll(/interface (\w*Parts)\b/g)].map(([, name = '']) => ({
        path,
        name,
        members: membersOf(name, source),
      })),
    );
  expect(wide.length).toBeGreaterThan(30);
  expect(wide.filter(({ members }) => members > 8)).toEqual([]);
  const source =
    'interface A {\n  a: 1;\n  b(): void;\n}\ninterface BParts extends A {\n  c?: 1;\n}';
  expect(membersOf('BParts', source)).toBe(3);
});

/** One import that breaks each rule, in the rules' order. */
const planted: [rule: string, file: string, source: string][] = [
  [
    'src/contract imports only zod',
    'src/contract/bridge.ts',
    "import { at } from '../core/time.ts';",
  ],
  [
    'src/core imports only src/contract, zod',
    'src/core/views.ts',
    "import { readFileSync } from 'node:fs';",
  ],
  [
    'src/preload imports only src/contract, electron',
    'src/preload/index.ts',
    "import { x } from '../core/time.ts';",
  ],
  [
    'src/main never imports src/renderer, src/server, src/portal',
    'src/main/desk/areas/tickets/list.ts',
    "import type { Route } from '../../../../server/http/route.ts';",
  ],
  [
    'src/server never imports src/main, src/preload, src/renderer',
    'src/server/app.ts',
    "export * from '../main/clock.ts';",
  ],
  [
    'src/renderer never imports src/main, src/preload, src/server, src/portal',
    'src/renderer/areas/session/session-store.ts',
    "type Desk = import('../../../main/desk/desk.ts').Desk;",
  ],
  [
    'src/portal never imports src/main, src/preload, src/server, src/renderer',
    'src/portal/main.ts',
    "const x = await import('../server/app.ts');",
  ],
  [
    'src/renderer never imports electron, better-sqlite3 or node:*',
    'src/renderer/app.tsx',
    "import 'path';",
  ],
  [
    'src/portal never imports electron, better-sqlite3 or node:*',
    'src/portal/main.ts',
    'const fs = await import(`node:fs`);',
  ],
  [
    'src/main/desk/sqlite never imports src/main/desk/feed, src/main/desk/desk.ts, src/main/desk/signed-in.ts, src/main/shell, src/main/index.ts, src/main/loopback.ts',
    'src/main/desk/sqlite/open.ts',
    "import { pull } from '../feed/pull.ts';",
  ],
  [
    'src/main/desk/feed never imports src/main/desk/desk.ts, src/main/shell, src/main/index.ts, src/main/loopback.ts',
    'src/main/desk/feed/pull.ts',
    "import type { Desk } from '../desk.ts';",
  ],
  [
    'src/main/desk/areas never imports src/main/desk/feed/servers/staffdesk, src/main/desk/feed/servers/level1',
    'src/main/desk/areas/outbox/settle.ts',
    "import { readLevel1Thread } from '../../feed/servers/level1/thread.ts';",
  ],
  [
    'src/main/desk never imports src/main/shell, src/main/index.ts, src/main/loopback.ts',
    'src/main/desk/desk.ts',
    "import { handleCall } from '../shell/bridge/handle.ts';",
  ],
  [
    'src/main/shell never imports src/main/index.ts, src/main/loopback.ts',
    'src/main/shell/electron/window.ts',
    "import '../../index.ts';",
  ],
  [
    'electron only in src/main/index.ts, src/main/shell/electron, src/preload',
    'src/main/desk/areas/notices/notifier.ts',
    "import { Notification } from 'electron/main';",
  ],
  [
    'better-sqlite3 only in src/main/desk/sqlite',
    'src/main/desk/areas/tickets/list.ts',
    "const Database = require('better-sqlite3');",
  ],
  [
    'axios only in src/main/desk/feed/api-client.ts, src/portal',
    'src/main/desk/feed/pull.ts',
    "import axios from 'axios';",
  ],
  [
    'src/renderer/kit never imports src/renderer/areas, src/renderer/keys, src/contract',
    'src/renderer/kit/button.tsx',
    "import type { TicketRow } from '../../contract/bridge.ts';",
  ],
];

describe('a planted violation is found', () => {
  test('every rule has one', () => {
    expect(planted.map(([rule]) => rule)).toEqual(rules.map((rule) => rule.name));
  });

  test.each(planted)('%s', (rule, file, source) => {
    expect(findViolations(new Map([[file, source]])).map((found) => found.rule)).toContain(rule);
  });

  test.each([
    ['src/main/shell/electron/window.ts', "import { app } from 'electron';"],
    ['src/main/index.ts', "import { app } from 'electron';"],
    ['src/preload/index.ts', "import { callNames } from '../contract/bridge.ts';"],
    ['src/main/desk/sqlite/open.ts', "import Database from 'better-sqlite3';"],
    [
      'src/renderer/areas/tickets/list/rows.tsx',
      "import { row } from './row.tsx'; import { Button } from '../../../kit/button.tsx';",
    ],
    ['src/server/app.ts', "import { status } from '../core/overlay.ts'; import fs from 'node:fs';"],
    [
      'src/main/desk/areas/tickets/list.ts',
      "// import axios from 'axios';\nconst text = \"import axios from 'axios'\";",
    ],
  ])('what the rules allow is not reported: %s', (file, source) => {
    expect(findViolations(new Map([[file, source]]))).toEqual([]);
  });
});

/** So that nothing of it can hold the thread of the window (decision 0036). */
test.each(['src/main/index.ts', 'src/main/loopback.ts'])(
  '%s runs without databases and network: they are on the thread that it starts',
  (entry) => {
    const loaded = [...loadedBy(entry, files)];
    expect(loaded).toContain('src/main/shell/bridge/desk-thread.ts');
    expect(loaded).toContain('src/contract/errors.ts');
    expect(
      loaded.filter((path) =>
        /^(src\/main\/desk\/(sqlite|feed|desk\.ts|areas\/(?!session\/secrets))|better-sqlite3|axios)/.test(
          path,
        ),
      ),
    ).toEqual([]);
    expect([...loadedBy('src/main/desk.ts', files)]).toEqual(
      expect.arrayContaining(['better-sqlite3', 'axios', 'src/main/desk/desk.ts']),
    );
  },
);

test('every way to name a module is read', () => {
  const source =
    "import a from './a'; import type { b } from './b'; import './c'; export { d } from './d'; export * from './e'; void import('./f'); void import(`./g`); type H = import('./h').H; require('./i');";
  expect(specifiers('x.ts', source).toSorted()).toEqual([
    './a',
    './b',
    './c',
    './d',
    './e',
    './f',
    './g',
    './h',
    './i',
  ]);
  expect(specifiers('x.ts', source, 'values').toSorted()).toEqual([
    './a',
    './c',
    './d',
    './e',
    './f',
    './g',
    './i',
  ]);
});

test('nothing but the demo is made of chance that somebody could foretell: ids and keys least of all', () => {
  expect(
    [...files]
      .filter(
        ([path, source]) =>
          path.startsWith('src/') &&
          !path.startsWith('src/server/demo/') &&
          source.includes('Math.random'),
      )
      .map(([path]) => path),
  ).toEqual([]);
});
