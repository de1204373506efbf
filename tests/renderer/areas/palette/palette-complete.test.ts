import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ticketSorts, viewIds } from '../../../../src/contract/bridge.ts';
import { ticketPriorities, ticketStatuses } from '../../../../src/contract/wire/entities.ts';
import { commandSource } from '../../../../src/renderer/areas/palette/palette-sources.ts';
import { settingsSections } from '../../../../src/renderer/areas/settings/settings-store.ts';
import { de } from '../../../../src/renderer/catalogues/de.ts';
import { en } from '../../../../src/renderer/catalogues/en.ts';
import type { Command } from '../../../../src/renderer/keys/command.ts';
import { texts } from '../../../../src/renderer/texts.ts';
import { quietWindow } from '../../../helpers/quiet-window.ts';

const top = join(import.meta.dirname, '../../../..');
const made = quietWindow();
const { commands } = made;

test('every command is an entry of the palette while it can be run, except for the palette itself', () => {
  const always = commands.map((command): Command => ({ ...command, available: () => true }));
  const source = commandSource({ ...made, commands: always });
  const entries = source.kind === 'list' ? source.items() : [];
  const ids = commands.map(({ id }) => id).filter((id) => id !== 'palette');
  expect(entries.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  for (const entry of entries) expect(entry.label, entry.id).not.toBe('');
});

test('every function that makes commands is asked for them', () => {
  const composition = readFileSync(join(top, 'src/renderer/composition.ts'), 'utf8');
  const makers = globSync('src/renderer/{keys,areas}/**/*.{ts,tsx}', { cwd: top }).flatMap((path) =>
    [
      ...readFileSync(join(top, path), 'utf8').matchAll(
        /export function ((?!create)\w+Commands)\(/g,
      ),
    ].map(([, name = '']) => name),
  );
  expect(makers.length).toBeGreaterThan(10);
  expect(makers.filter((name) => !composition.includes(`...${name}(`))).toEqual([]);
});

test('every command has synonyms in both languages, and says its choice on one line', () => {
  const ids = commands.map(({ id }) => id).toSorted();
  expect(Object.keys(en.synonyms).toSorted()).toEqual(ids);
  expect(Object.keys(de.synonyms).toSorted()).toEqual(ids);
  const choosing = commands.filter(({ choices }) => choices !== undefined).map(({ id }) => id);
  for (const { chosen } of [en, de])
    expect(Object.keys(chosen).toSorted()).toEqual(choosing.toSorted());
});

test('what menus and segments choose among, the palette chooses among too', () => {
  const labels = (id: Command['id']): string[] =>
    (commands.find((one) => one.id === id)?.choices?.known() ?? []).map(({ label }) => label);
  const { themes, densities, languages } = texts.appearance;
  const { presets, untilReplyOption } = texts.snooze;
  const expected: [Command['id'], readonly (string | undefined)[]][] = [
    ['status', ticketStatuses.map((status) => texts.status[status])],
    ['priority', ticketPriorities.map((priority) => texts.priority[priority])],
    ['sort', ticketSorts.map((sort) => texts.list.sorts[sort])],
    ['view', viewIds.map((view) => texts.views[view])],
    ['settingsPage', settingsSections.map((section) => texts.settingsSections[section])],
    ['theme', Object.values(themes)],
    ['density', Object.values(densities)],
    ['language', Object.values(languages)],
  ];
  for (const [id, all] of expected) expect(labels(id).toSorted(), id).toEqual(all.toSorted());
  expect([...Object.values(presets), untilReplyOption]).toEqual(
    expect.arrayContaining(labels('snooze')),
  );
});
