import { fuzzyRank } from '../../../../core/fuzzy.ts';
import { untilReply } from '../../../../core/snooze.ts';
import { parseWhen, snoozePresets } from '../../../../core/snooze-words.ts';
import { texts } from '../../../texts.ts';
import { fullTime, nearTime } from '../../../kit/format.ts';
import type { Choice } from './choice.ts';

/** The time that is typed in plain words first, then what is asked for most. */
export function snoozeChoices(query: string, now: number, asleep: boolean): Choice[] {
  const typed = parseWhen(query, now);
  const until = (at: number): Choice['change'] => ({ snoozed_until: new Date(at).toISOString() });
  const presets: Choice[] = [
    ...snoozePresets(now).map(({ id, at }) => ({
      id,
      label: texts.snooze.presets[id],
      hint: nearTime(at, now),
      change: until(at),
    })),
    { id: 'reply', label: texts.snooze.untilReplyOption, change: until(untilReply) },
    ...(asleep ? [{ id: 'wake', label: texts.snooze.wake, change: { snoozed_until: null } }] : []),
  ];
  const named = fuzzyRank(query, presets, (choice) => choice.label).map(({ item, at }) => ({
    ...item,
    at,
  }));
  return typed === null
    ? named
    : [{ id: 'typed', label: fullTime(typed), hint: query.trim(), change: until(typed) }, ...named];
}
