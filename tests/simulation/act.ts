import type { CallInput, OutboxItem } from '../../src/contract/bridge.ts';
import {
  ticketCategories,
  ticketPriorities,
  ticketStatuses,
} from '../../src/contract/wire/entities.ts';
import { day, hour, minute } from '../../src/core/time.ts';
import { createChance, type Chance } from './chance.ts';
import { wireFaults, type WireFault } from './faults.ts';
import { keepDiscarded, keepDraft } from './kept.ts';
import type { Entry } from './ledger.ts';
import { type Outcome, type Machine } from './machine.ts';
import { signIn } from './sign-in.ts';
import type { Deed, Step, StepKind, Trouble } from './steps.ts';
import {
  breakDisk,
  comeHome,
  copyFolder,
  restoreBoth,
  goAway,
  restoreFolder,
  swapFile,
  takeKey,
} from './troubles.ts';
import {
  accountName,
  accountOn,
  draftKey,
  noteCanary,
  outboxOf,
  pickWaiting,
  type Person,
  type World,
} from './world.ts';

/** Answers in a few words what was done, for the trace and for the shrunk list. */
type Act = (world: World, chance: Chance) => Promise<string> | string;

/** Carries out one step of a history. */
export async function act(world: World, step: Step): Promise<string> {
  const chance = createChance(step.seed, step.kind);
  if (isWireFault(step.kind)) return armFault(world, chance, step.kind);
  const done = await acts[step.kind](world, chance);
  return `${step.kind}: ${done}`;
}

function isWireFault(kind: StepKind): kind is WireFault {
  return Object.hasOwn(wireFaults, kind);
}

function armFault(world: World, chance: Chance, kind: WireFault): string {
  const machine = chance.pick(world.machines);
  const made = wireFaults[kind](chance, (inMs) =>
    new Date(world.hub.serverNow() + inMs).toUTCString(),
  );
  const armed = Array.isArray(made) ? made : [made];
  for (const one of armed) machine.line.arm(one);
  return `${kind}: ${machine.name} ${armed.map(({ target, times, fault }) => `${target} x${times} ${JSON.stringify(fault)}`).join(', ')}`;
}

interface Seat {
  machine: Machine;
  account: string;
}

/** A machine where somebody is signed in; null when the picked one has nobody. */
function seat(world: World, chance: Chance): Seat | null {
  const machine = chance.pick(world.machines);
  const account = accountOn(machine);
  return account ? { machine, account: accountName(machine, account.id) } : null;
}

/** People meet on the ticket that is talked about now. */
const hotShare = 0.35;

function ticketOn(machine: Machine, chance: Chance): string | null {
  const rows = machine.look('tickets.list', { view: 'all', after: null, limit: 30 })?.rows ?? [];
  if (rows.length === 0) return null;
  return chance.pick(chance.flip(hotShare) ? rows.slice(0, 1) : rows).id;
}

interface Place extends Seat {
  ticket: string;
}
function place(world: World, chance: Chance): Place | null {
  const found = seat(world, chance);
  const ticket = found ? ticketOn(found.machine, chance) : null;
  return found && ticket ? { ...found, ticket } : null;
}

/** A ticket where this agent has begun to write. */
function draftOn(world: World, { machine, account }: Place): string | null {
  const begun = [...world.kept.drafts].find(
    ([key, text]) => text && key.startsWith(`${machine.name} ${account} `),
  );
  return begun?.[0].split(' ')[2] ?? null;
}

/** Books what a command answered: accepted, refused at once, or cut off by a kill. */
function book(
  world: World,
  { machine, account, ticket }: Place,
  kind: OutboxItem['kind'],
  text: string | null,
  outcome: Outcome<{ operation_id: string }>,
  more: Pick<Entry, 'until' | 'fields'> = {},
): string {
  const entry = { machine: machine.name, account, ticket, kind, text, ...more };
  if (outcome.kind === 'value') world.ledger.accepted({ ...entry, id: outcome.value.operation_id });
  if (outcome.kind === 'killed') world.ledger.uncertain(entry);
  return `${machine.name} ${ticket} ${outcome.kind === 'value' ? outcome.value.operation_id : outcome.kind === 'error' ? outcome.code : 'killed'}`;
}

async function write(world: World, chance: Chance, kind: 'reply' | 'note'): Promise<string> {
  const where = place(world, chance);
  if (!where) return 'nobody';
  const text = kind === 'note' ? `${world.newText(kind)} ${noteCanary}` : world.newText(kind);
  const outcome = await where.machine.call('compose.send', { ticket_id: where.ticket, kind, text });
  const key = draftKey(where.machine, where.account, where.ticket, kind);
  if (outcome.kind === 'value') world.kept.drafts.delete(key);
  if (outcome.kind === 'killed' && world.kept.drafts.has(key)) world.kept.drafts.set(key, null);
  return book(world, where, kind, text, outcome);
}

async function change(
  world: World,
  chance: Chance,
  make: (world: World, chance: Chance) => CallInput<'triage.change'>['change'],
): Promise<string> {
  const where = place(world, chance);
  if (!where) return 'nobody';
  const wanted = make(world, chance);
  return `${JSON.stringify(wanted)} ${book(world, where, 'change', null, await where.machine.call('triage.change', { ticket_id: where.ticket, change: wanted }), { fields: Object.keys(wanted).filter((field) => field !== 'tags') })}`;
}

function someFields(
  world: World,
  chance: Chance,
): {
  status?: (typeof ticketStatuses)[number];
  priority?: (typeof ticketPriorities)[number];
  category?: (typeof ticketCategories)[number];
  assignee_id?: string | null;
} {
  switch (chance.between(0, 3)) {
    case 0:
      return { priority: chance.pick(ticketPriorities) };
    case 1:
      return { category: chance.pick(ticketCategories), priority: chance.pick(ticketPriorities) };
    // Now and then somebody who is not staff, which the server refuses.
    case 2:
      return {
        assignee_id: chance.pick([
          null,
          ...world.agents.map((a) => a.id),
          world.colleague.id,
          ...(chance.flip(0.1) ? world.customers.map((c) => c.id) : []),
        ]),
      };
    default:
      return { status: chance.pick(ticketStatuses) };
  }
}

const tagNames = ['vip', 'refund', 'bug', 'again'];

function parked(machine: Machine): OutboxItem[] {
  return outboxOf(machine).filter((item) => item.state === 'not-sent');
}

/**
 * A conflicted change is sent again as a new operation: it is the one that the outbox did not show
 * before.
 */
async function retryParked(world: World, chance: Chance): Promise<string> {
  const found = seat(world, chance);
  const items = found ? parked(found.machine) : [];
  if (!found || items.length === 0) return 'nothing';
  const item = chance.pick(items);
  const replaced = item.reason === 'conflict' || item.reason === 'lost';
  // Of what a server without keys may still have, the agent takes the risk.
  if ((item.reason === 'lost' || item.reason === 'unknown-outcome') && item.text !== null)
    world.ledger.mayRepeat(item.text);
  const outcome = await found.machine.call('outbox.retry', { operation_id: item.id });
  const after = found.machine.look('outbox.list', {});
  // As unknown as after a kill, where a disk lets nobody look.
  if (outcome.kind === 'killed' || (outcome.kind === 'value' && replaced && !after)) {
    world.ledger.uncertain({
      machine: found.machine.name,
      account: found.account,
      ticket: item.ticket_id,
      kind: item.kind,
      text: item.text,
      replaces: item.id,
    });
    world.ledger.discarded(item.id);
    return outcome.kind;
  }
  const successor =
    replaced && outcome.kind === 'value'
      ? after?.find((i) => i.ticket_id === item.ticket_id && !world.ledger.entries.has(i.id))
      : undefined;
  if (successor) world.ledger.replaced(item.id, successor.id);
  return `${found.machine.name} ${item.id} ${successor?.id ?? ''}`;
}

async function discard(world: World, chance: Chance): Promise<string> {
  const found = seat(world, chance);
  const items = found ? parked(found.machine) : [];
  if (!found || items.length === 0) return 'nothing';
  const item = chance.pick(items);
  const outcome = await found.machine.call('outbox.discard', { operation_id: item.id });
  if (outcome.kind !== 'error') world.ledger.discarded(item.id);
  if (outcome.kind === 'value') keepDiscarded(world.kept, found.machine, found.account, item.id);
  return `${found.machine.name} ${item.id}`;
}

async function signOut(world: World, chance: Chance): Promise<string> {
  const found = seat(world, chance);
  if (!found) return signIn(chance.pick(world.machines), chance.pick(world.agents));
  await found.machine.call('session.signOut', {});
  return found.machine.name;
}

async function changeUser(world: World, chance: Chance): Promise<string> {
  const machine = chance.pick(world.machines);
  await machine.call('session.signOut', {});
  return signIn(machine, chance.pick(world.agents));
}

async function keep(world: World, chance: Chance, days: 30 | 'all'): Promise<string> {
  const found = seat(world, chance);
  if (found) await found.machine.call('settings.set', { keep_closed_days: days });
  return found?.machine.name ?? 'nobody';
}

function anyTicket(world: World, chance: Chance): string | null {
  const rows = [...world.model.state().tickets.values()].toSorted(
    (a, b) => b.updatedAt - a.updatedAt,
  );
  if (rows.length === 0) return null;
  return chance.pick(chance.flip(hotShare) ? rows.slice(0, 1) : rows).id;
}

function byApi(
  world: World,
  chance: Chance,
  who: Person,
  make: (ticket: string) => [method: string, path: string, body?: unknown],
): string {
  const ticket = anyTicket(world, chance);
  if (!ticket) return 'no ticket';
  const [method, path, body] = make(ticket);
  return `${who.email} ${path} ${world.api(who, method, path, body).status}`;
}

const ownTickets = (world: World, customer: Person): string[] =>
  [...world.model.state().tickets.values()]
    .filter((t) => t.userId === customer.id)
    .map((t) => t.id);

/** Everything that a customer can read, searched for what only staff may. */
export function customerLooks(world: World, customer: Person): void {
  const paths = [
    '/support/tickets',
    '/support/sync?limit=1000',
    ...ownTickets(world, customer).flatMap((id) => [
      `/support/tickets/${id}`,
      `/support/tickets/${id}/messages`,
    ]),
  ];
  for (const path of paths) {
    const text = JSON.stringify(world.api(customer, 'GET', path).body);
    if (text.includes(noteCanary))
      world.ledger.violate('no note to a customer', `${customer.email} read a note in ${path}`);
  }
}

function deleteTicket(world: World, chance: Chance): string {
  const id = anyTicket(world, chance);
  const row = id === null ? undefined : world.model.state().tickets.get(id);
  if (!row || world.model.state().tickets.size < 4) return 'none';
  world.model.write((tx) => {
    tx.deleteTicket(row);
  });
  world.ledger.ticketDeleted(row.id);
  return row.id;
}

function deleteMessage(world: World, chance: Chance): string {
  const rows = [...world.model.state().messages.values()];
  if (rows.length === 0) return 'none';
  const row = chance.pick(rows);
  world.model.write((tx, state) => {
    tx.deleteMessage(row);
    // Whoever deletes by hand also corrects the ticket: the feed does not bring a ticket for a
    // message that is gone.
    const ticket = state.tickets.get(row.ticketId);
    if (ticket)
      tx.updateTicket(ticket, { publicMessages: ticket.publicMessages - (row.internal ? 0 : 1) });
  });
  return row.id;
}

/**
 * Another program takes its place in the order of transactions and writes, but commits only later.
 */
function beginStraggler(world: World, chance: Chance): string {
  const ticket = anyTicket(world, chance);
  if (!ticket || world.stragglers.length > 1) return 'none';
  const [id, text] = [chance.uuid(), `${world.newText('straggler')} ${noteCanary}`];
  const staffId = world.colleague.id;
  const { end } = world.model.begin((tx, state) => {
    if (state.tickets.has(ticket))
      tx.insertMessage({
        id,
        ticketId: ticket,
        userId: null,
        staffId,
        text,
        internal: true,
        createdAt: tx.clock(),
        clientId: null,
        mentions: [],
      });
  });
  world.stragglers.push(end);
  return ticket;
}

function endStraggler(world: World): string {
  world.stragglers.shift()?.();
  return `${world.stragglers.length} left`;
}

function setRole(world: World, person: Person, role: 'customer' | 'staff'): string {
  const row = world.model.state().users.get(person.id);
  if (!row || row.role === role) return 'as before';
  world.model.write((tx) => {
    tx.updateUser(row, { role });
  });
  world.hub.sessionsChanged();
  return `${person.email} ${role}`;
}

/**
 * To an older state: as a dump into the cluster that runs, whose transactions count on, or with the
 * whole cluster.
 */
function restoreServer(world: World, chance: Chance): string {
  if (world.backups.length === 0) return 'no backup';
  for (const end of world.stragglers.splice(0)) end();
  const backup = chance.pick(world.backups);
  const before = world.model.state();
  const into = chance.flip(0.5) ? 'same cluster' : 'another cluster';
  world.model.restore(backup, into);
  world.ledger.restored(before, world.model.state());
  world.hub.cut(null);
  return `to transaction ${backup.nextXid}, ${into}`;
}

async function pass(world: World, ms: number): Promise<string> {
  await world.time.runUntil(world.time.now() + ms);
  return `${ms} ms`;
}

const acts: Record<Deed | Trouble, Act> = {
  reply: (w, c) => write(w, c, 'reply'),
  note: (w, c) => write(w, c, 'note'),
  change: (w, c) => change(w, c, someFields),
  tags: (w, c) =>
    change(w, c, () => ({
      tags: { add: [c.pick(tagNames)], remove: c.flip(0.5) ? [c.pick(tagNames)] : [] },
    })),
  async snooze(w, c) {
    const where = place(w, c);
    if (!where) return 'nobody';
    const until = w.hub.serverNow() + c.pick([hour, 8 * hour, 2 * day, 9 * day]);
    const snooze = c.flip(0.2) ? null : new Date(until).toISOString();
    const outcome = await where.machine.call('triage.change', {
      ticket_id: where.ticket,
      change: { snoozed_until: snooze },
    });
    if (snooze !== null) w.snoozed.add(where.ticket);
    const booked = book(w, where, 'change', null, outcome, {
      fields: ['snoozed_until'],
      ...(snooze === null ? {} : { until }),
    });
    // One that is over before it can go is taken off by another change.
    if (snooze !== null && outcome.kind === 'value')
      w.ledger.uncertain({
        machine: where.machine.name,
        account: where.account,
        ticket: where.ticket,
        kind: 'change',
        text: null,
        replaces: outcome.value.operation_id,
      });
    return `${snooze} ${booked}`;
  },
  async close(w, c) {
    const where = place(w, c);
    return where
      ? book(
          w,
          where,
          'close',
          null,
          await where.machine.call('triage.close', { ticket_id: where.ticket }),
        )
      : 'nobody';
  },
  async reopen(w, c) {
    const where = place(w, c);
    return where
      ? book(
          w,
          where,
          'reopen',
          null,
          await where.machine.call('triage.reopen', { ticket_id: where.ticket }),
        )
      : 'nobody';
  },
  async draft(w, c) {
    const where = place(w, c);
    if (!where) return 'nobody';
    const kind = c.pick(['reply', 'note'] as const);
    // What is taken out of a composer again is kept for a while.
    const begun = c.flip(0.5) ? draftOn(w, where) : null;
    if (begun) where.ticket = begun;
    const text = begun !== null || c.flip(0.1) ? '' : w.newText('draft');
    const outcome = await where.machine.call('draft.save', { ticket_id: where.ticket, kind, text });
    const key = draftKey(where.machine, where.account, where.ticket, kind);
    if (outcome.kind !== 'error') keepDraft(w.kept, key, outcome.kind === 'killed' ? null : text);
    return `${where.machine.name} ${where.ticket} ${kind}`;
  },
  async 'mark read'(w, c) {
    const where = place(w, c);
    if (where) await where.machine.call('thread.markRead', { ticket_id: where.ticket });
    return where?.ticket ?? 'nobody';
  },
  'retry parked': retryParked,
  discard,
  'sign out': signOut,
  'change user': changeUser,
  'keeps less': (w, c) => keep(w, c, 30),
  'keeps all': (w, c) => keep(w, c, 'all'),
  async 'opens by link'(w, c) {
    const machine = c.pick(w.machines);
    const ticket = anyTicket(w, c);
    return ticket
      ? `${machine.name} ${ticket} ${(await machine.call('thread.fetch', { ticket_id: ticket })).kind}`
      : 'no ticket';
  },
  async 'look again'(w, c) {
    const machine = c.pick(w.machines);
    await machine.call('sync.retry', {});
    return machine.name;
  },
  'customer writes'(w, c) {
    const customer = c.pick(w.customers);
    const own = ownTickets(w, customer);
    return own.length === 0
      ? 'no ticket'
      : String(
          w.api(customer, 'POST', `/support/tickets/${c.pick(own)}/messages`, {
            message: w.newText('customer'),
          }).status,
        );
  },
  'customer opens': (w, c) =>
    String(
      w.api(c.pick(w.customers), 'POST', '/support/tickets', {
        subject: w.newText('subject'),
        category: c.pick(ticketCategories),
        message: w.newText('customer'),
      }).status,
    ),
  'customer closes': (w, c) =>
    byApi(w, c, c.pick(w.customers), (id) => ['POST', `/support/tickets/${id}/close`]),
  'customer looks'(w, c) {
    const customer = c.pick(w.customers);
    customerLooks(w, customer);
    return customer.email;
  },
  'colleague changes': (w, c) =>
    byApi(w, c, w.colleague, (id) => [
      'PATCH',
      `/support/tickets/${id}`,
      c.flip(0.3) ? { subject: w.newText('subject') } : someFields(w, c),
    ]),
  'colleague notes': (w, c) =>
    byApi(w, c, w.colleague, (id) => [
      'POST',
      `/support/tickets/${id}/notes`,
      { message: `${w.newText('note')} ${noteCanary}` },
    ]),
  'colleague closes': (w, c) =>
    byApi(w, c, w.colleague, (id) => [
      'POST',
      `/support/tickets/${id}/${c.pick(['close', 'reopen'])}`,
    ]),
  'colleague renames'(w, c) {
    const person = c.pick([...w.agents, w.colleague]);
    const row = w.model.state().users.get(person.id);
    const name = w.newText('name');
    if (row)
      w.model.write((tx) => {
        tx.updateUser(row, { name });
      });
    return person.email;
  },
  'ticket deleted': deleteTicket,
  'message deleted': deleteMessage,
  'straggler begins': beginStraggler,
  'straggler ends': endStraggler,
  backup(w) {
    w.backups.push(w.model.backup());
    if (w.backups.length > 3) w.backups.shift();
    return `at transaction ${w.model.state().nextXid}`;
  },
  'seconds pass': (w, c) => pass(w, c.between(1_000, 30_000)),
  'minutes pass': (w, c) => pass(w, c.between(1, 12) * minute),
  'an hour passes': (w) => pass(w, hour),
  'network down'(w, c) {
    const machine = c.pick(w.machines);
    machine.line.setDown(true);
    return machine.name;
  },
  async 'network down for hours'(w, c) {
    const machine = c.pick(w.machines);
    machine.line.setDown(true);
    await pass(w, c.between(1, 3) * hour);
    return machine.name;
  },
  'network up'(w, c) {
    const machine = c.pick(w.machines);
    machine.line.setDown(false);
    return machine.name;
  },
  'session revoked'(w, c) {
    const person = c.pick(w.agents);
    for (const session of w.model.state().sessions.values())
      if (session.userId === person.id) session.revoked = true;
    w.hub.sessionsChanged();
    return person.email;
  },
  'stream drops'(w, c) {
    const line = c.flip(0.3) ? null : c.pick(w.machines).name;
    w.hub.cut(line);
    return line ?? 'all';
  },
  'event burst'(w, c) {
    const events = c.pick([20, 500, 3_000]);
    w.hub.burst(events);
    return String(events);
  },
  'clock jumps'(w, c) {
    const machine = pickWaiting(w.machines, c);
    const ms = c.pick([-40 * day, -3 * day, -day, -hour, hour, day, 3 * day, 40 * day]);
    machine.jumpClock(ms);
    return `${machine.name} ${ms} ms`;
  },
  crash(w, c) {
    const machine = c.pick(w.machines);
    machine.crash();
    return machine.name;
  },
  'crash while writing'(w, c) {
    const machine = c.pick(w.machines);
    const writes = c.between(1, 25);
    machine.crashAfterWrites(writes);
    return `${machine.name} after ${writes} writes`;
  },
  async restart(w, c) {
    const machine = c.pick(w.machines);
    await machine.restart();
    return machine.name;
  },
  'role lost': (w, c) => setRole(w, c.pick(w.agents), 'customer'),
  'role back'(w) {
    return w.agents.map((agent) => setRole(w, agent, 'staff')).join(', ');
  },
  'server restored': restoreServer,
  'folder copied': copyFolder,
  'folder restored': restoreFolder,
  'both restored': (w, c) => restoreBoth(w, c, restoreServer),
  'file swapped': swapFile,
  'disk refuses': breakDisk,
  'disk works'(w, c) {
    const machine = c.pick(w.machines);
    machine.breakStorage(null);
    return machine.name;
  },
  'key taken': takeKey,
  'another server': goAway,
  async 'own server again'(w) {
    await comeHome(w);
    return w.machines.map((machine) => machine.name).join(', ');
  },
};
