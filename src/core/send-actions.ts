import type { z } from 'zod';
import type { SendActions } from '../contract/bridge.ts';
import type { MacroActions as Actions } from '../contract/wire/entities.ts';
import { distinctTags, effectiveTags, hasTag } from './tags.ts';

export type MacroActions = z.infer<typeof Actions>;
/** Changes of the ticket that are sent with a message. */
export type TicketAction = SendActions;

/** One change of one field, or one tag: the content of a chip. */
export type SingleAction =
  | {
      kind: 'field';
      field: 'status' | 'priority' | 'category' | 'assignee_id';
      value: string | null;
    }
  | { kind: 'tag'; change: 'add' | 'remove'; tag: string };

const fields = ['status', 'priority', 'category', 'assignee_id'] as const;

export function singleActions(actions: TicketAction): SingleAction[] {
  return [
    ...fields.flatMap((field): SingleAction[] => {
      const value = actions[field];
      return value === undefined ? [] : [{ kind: 'field', field, value }];
    }),
    ...(actions.tags?.add ?? []).map((tag): SingleAction => ({ kind: 'tag', change: 'add', tag })),
    ...(actions.tags?.remove ?? []).map((tag): SingleAction => ({
      kind: 'tag',
      change: 'remove',
      tag,
    })),
  ];
}

/** The actions without one of them. */
export function withoutAction(actions: TicketAction, gone: SingleAction): TicketAction {
  const { tags, ...rest } = actions;
  if (gone.kind === 'field')
    return {
      ...Object.fromEntries(Object.entries(rest).filter(([field]) => field !== gone.field)),
      ...(tags ? { tags } : {}),
    };
  const left = {
    add: tags?.add ?? [],
    remove: tags?.remove ?? [],
    [gone.change]: (tags?.[gone.change] ?? []).filter((tag) => tag !== gone.tag),
  };
  return left.add.length + left.remove.length > 0 ? { ...rest, tags: left } : rest;
}

/** Both together; if they disagree, the later one wins. */
export function joinActions(earlier: TicketAction, later: TicketAction): TicketAction {
  const { tags: before, ...rest } = earlier;
  const { tags: after, ...news } = later;
  const add = [
    ...(before?.add ?? []).filter((tag) => !hasTag(after?.remove ?? [], tag)),
    ...(after?.add ?? []),
  ];
  const remove = [
    ...(before?.remove ?? []).filter((tag) => !hasTag(after?.add ?? [], tag)),
    ...(after?.remove ?? []),
  ];
  return {
    ...rest,
    ...news,
    ...(add.length + remove.length > 0
      ? { tags: { add: distinctTags(add), remove: distinctTags(remove) } }
      : {}),
  };
}

/**
 * The actions that would change this ticket: setting a field to its present value could only
 * conflict.
 */
export function effectiveActions(
  { tags, ...rest }: TicketAction,
  ticket: Readonly<Record<(typeof fields)[number], string | null> & { tags: readonly string[] }>,
): TicketAction {
  const left = effectiveTags(ticket.tags, tags ?? { add: [], remove: [] });
  const news = Object.fromEntries(
    fields.flatMap((field) =>
      rest[field] === undefined || rest[field] === ticket[field] ? [] : [[field, rest[field]]],
    ),
  );
  return { ...news, ...(left.add.length + left.remove.length > 0 ? { tags: left } : {}) };
}
