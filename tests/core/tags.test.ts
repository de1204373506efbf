import { describe, expect, test } from 'vitest';
import {
  changeTags,
  distinctTags,
  effectiveTags,
  hasTag,
  tagKey,
  tagsTyped,
} from '../../src/core/tags.ts';
import { passes } from '../../src/core/views.ts';

const nfc = 'K\u00E4ufer';
const nfd = 'Ka\u0308ufer';

describe('tags', () => {
  test('that differ in capitals, accents or in how they are composed are one, spelled as it was first', () => {
    expect(
      distinctTags(['Refund', 'refund', 'REFUND', nfd, nfc, nfc.toUpperCase(), 'kaufer']),
    ).toEqual(['Refund', nfd]);
    expect(
      distinctTags(['bank trace', 'bank-trace', 'bank\u2011trace', 'bank\u00ADtrace']),
    ).toEqual(['bank trace', 'bank\u00ADtrace']);
    expect([
      tagKey('C++') === tagKey('C#'),
      tagKey('\u2588') === tagKey('\u2591'),
      tagKey('ÖFFNUNG') === tagKey('öffnung'),
    ]).toEqual([false, false, true]);
  });

  test('are a set: adding what is there changes nothing, and what is taken away goes in every spelling', () => {
    expect(changeTags(['Refund', 'vip'], { add: ['refund', 'VIP', 'new'], remove: [] })).toEqual([
      'Refund',
      'vip',
      'new',
    ]);
    expect(changeTags(['Refund', 'refund', 'vip'], { add: [], remove: ['REFUND'] })).toEqual([
      'vip',
    ]);
    expect(changeTags([nfd], { add: [], remove: [nfc] })).toEqual([]);
    expect(
      effectiveTags(['Refund', 'vip'], { add: ['VIP', 'new'], remove: ['refund', 'gone'] }),
    ).toEqual({ add: ['new'], remove: ['Refund'] });
    // Two people at once: the one adds, the other takes away and adds.
    expect(
      changeTags(changeTags(['a'], { add: ['Refund'], remove: [] }), {
        add: ['refund'],
        remove: ['A'],
      }),
    ).toEqual(['Refund']);
    expect(changeTags(['Refund'], { add: ['refund'], remove: ['Refund'] })).toEqual(['Refund']);
  });

  test.each<[string, string[]]>([
    ['refund, billing', ['refund', 'billing']],
    ['refund', ['Refund']],
    [' two  words ', ['two-words']],
    ['a;b，c、d\u060Ce', ['a', 'b', 'c', 'd', 'e']],
    ['New, NEW, new', ['New']],
    [nfd, [nfc]],
    ['', []],
    [' , ; ', []],
    ['\u200B, \u2800, \u00AD', []],
    ['x'.repeat(41), []],
    ['🦜', ['🦜']],
  ])('are read as they are typed: %j', (text, expected) => {
    expect(tagsTyped(text, text === 'refund' ? ['Refund', 'refund'] : [])).toEqual(expected);
  });

  test('filter a list in every spelling', () => {
    const ticket = {
      status: 'open',
      priority: 'low',
      category: 'other',
      assignee_id: null,
      tags: ['Refund'],
      unread: false,
    };
    expect([
      passes({ tag: ['refund'] }, ticket),
      passes({ tag: ['refunds'] }, ticket),
      hasTag(['Refund'], 'REFUND'),
    ]).toEqual([true, false, true]);
  });
});
