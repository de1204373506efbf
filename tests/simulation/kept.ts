import { isActive } from '../../src/core/views.ts';
import type { Machine } from './machine.ts';
import { accountOn, draftKey, type World } from './world.ts';

/**
 * What a desk keeps for days, by machine and account: no clock but the server's may take any of it
 * away, and no history is that long.
 */
export interface Kept {
  /** What composers hold, by machine, account, ticket and kind; null where a kill left it open. */
  drafts: Map<string, string | null>;
  /** Texts that were taken out of a composer, by the same key. */
  versions: Map<string, Set<string>>;
  /** What agents have discarded, by machine and account. */
  bin: Map<string, Set<string>>;
}

export function createKept(): Kept {
  return { drafts: new Map(), versions: new Map(), bin: new Map() };
}

/** What stands in one composer. An emptied one leaves a version behind. */
export function keepDraft({ drafts, versions }: Kept, key: string, text: string | null): void {
  const before = drafts.get(key);
  if (text === '' && before) versions.set(key, new Set([...(versions.get(key) ?? []), before]));
  drafts.set(key, text);
}

export function keepDiscarded({ bin }: Kept, machine: Machine, account: string, id: string): void {
  const key = `${machine.name} ${account}`;
  bin.set(key, new Set([...(bin.get(key) ?? []), id]));
}

/** What of it lies on one machine, for a copy of its data folder. */
export function keptOn(kept: Kept, machine: Machine): Kept {
  const own = <T>(map: Map<string, T>): Map<string, T> =>
    new Map([...map].filter(([key]) => key.startsWith(`${machine.name} `)));
  const copied = (map: Map<string, Set<string>>): Map<string, Set<string>> =>
    new Map([...own(map)].map(([key, set]) => [key, new Set(set)]));
  return { drafts: own(kept.drafts), versions: copied(kept.versions), bin: copied(kept.bin) };
}

/** Whether anything of it is still there is open. */
export function forgetKept(kept: Kept, machine: Machine): void {
  for (const map of [kept.drafts, kept.versions, kept.bin])
    for (const key of map.keys()) if (key.startsWith(`${machine.name} `)) map.delete(key);
}

/** The machine's data folder went back to a copy. */
export function setKeptBack(kept: Kept, machine: Machine, copy: Kept): void {
  forgetKept(kept, machine);
  // A copy may be put back twice.
  const before = keptOn(copy, machine);
  for (const [key, text] of before.drafts) kept.drafts.set(key, text);
  for (const [key, texts] of before.versions) kept.versions.set(key, texts);
  for (const [key, ids] of before.bin) kept.bin.set(key, ids);
}

/**
 * The composers of whoever is signed in hold what was typed last, and what they took out of them or
 * discarded is still there.
 */
export function everythingIsKept(world: World): void {
  for (const machine of world.machines) {
    const account = accountOn(machine)?.id;
    if (account === undefined) continue;
    for (const [key, text] of world.kept.drafts)
      if (text !== null) draftIsKept(world, machine, account, key, text);
    for (const [key, texts] of world.kept.versions)
      versionsAreKept(world, machine, account, key, texts);
    binIsKept(world, machine, account);
  }
}

function draftIsKept(
  world: World,
  machine: Machine,
  account: string,
  key: string,
  text: string,
): void {
  const [name, owner, ticket = '', kind] = key.split(' ');
  if (name !== machine.name || owner !== account) return;
  const thread = machine.look('thread.get', { ticket_id: ticket, before: null, limit: 1 });
  if (!thread) return;
  const found = thread.drafts.find((d) => d.kind === kind)?.text ?? '';
  if (found !== text)
    world.ledger.violate(
      'drafts kept',
      `${draftKey(machine, account, ticket, kind ?? '')} holds "${found}", not "${text}"`,
    );
}

function versionsAreKept(
  world: World,
  machine: Machine,
  account: string,
  key: string,
  texts: ReadonlySet<string>,
): void {
  const [name, owner, ticket = '', kind] = key.split(' ');
  if (name !== machine.name || owner !== account) return;
  const found =
    machine.look('draft.versions', {
      ticket_id: ticket,
      kind: kind === 'note' ? 'note' : 'reply',
    }) ?? [];
  for (const text of texts) {
    if (!found.some((version) => version.text === text))
      world.ledger.violate('nothing aged away', `"${text}" is not in the versions of ${key}`);
  }
}

function binIsKept(world: World, machine: Machine, account: string): void {
  const wanted = world.kept.bin.get(`${machine.name} ${account}`);
  if (!wanted) return;
  const found = new Set(machine.look('outbox.bin', {})?.map((item) => item.id));
  for (const id of wanted)
    if (!found.has(id))
      world.ledger.violate('nothing aged away', `${id} is not in the bin of ${machine.name}`);
}

/** A second for the `Date` header, and a request's way. */
const clockToleranceMs = 10_000;

/**
 * A ticket whose snooze has not ended sleeps, whatever this machine's clock or anybody's `Date`
 * header says.
 */
export function nobodyIsWoken(world: World, machine: Machine): void {
  for (const ticket of world.snoozed) {
    const shown = machine.look('thread.get', { ticket_id: ticket, before: null, limit: 1 })?.ticket;
    const until = shown?.snoozed_until ?? null;
    if (!shown || until === null || until <= world.hub.serverNow() + clockToleranceMs) continue;
    // What is resolved neither sleeps nor wakes.
    if (shown.snooze?.state === 'asleep' || !isActive(shown.status)) continue;
    world.ledger.violate(
      'nothing woken',
      `${machine.name} shows ${ticket} awake, which sleeps until ${new Date(until).toISOString()}`,
    );
  }
}
