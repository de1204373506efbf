import type { OutboxItem } from '../../src/contract/bridge.ts';
import { minute } from '../../src/core/time.ts';
import type { Entry } from './ledger.ts';
import type { Machine } from './machine.ts';
import type { Actor } from './model/rows.ts';
import { deskView, difference, serverView, type View } from './replica.ts';
import { accountOn, outboxOf, type Person, type World } from './world.ts';
import { customerLooks } from './act.ts';
import { signIn } from './sign-in.ts';
import { comeHome } from './troubles.ts';

/**
 * After the last fault, and after what Retry-After and back-off allow a client, everything is idle
 * within this.
 */
const idleWithinMs = 2 * minute;
const lookEveryMs = 2_000;

/**
 * Faults stop; agents sign in where they are asked to; time passes until all is idle. Then
 * everything must be as it should.
 */
export async function comeToRest(world: World): Promise<void> {
  for (const machine of world.machines) {
    machine.line.heal();
    machine.breakStorage(null);
    machine.crashAfterWrites(Infinity);
    machine.recover();
    // What lies under its name is what a desk works with once it is started again.
    if (world.swapped.has(machine)) await machine.restart();
  }
  await comeHome(world);
  for (const end of world.stragglers.splice(0)) end();
  const healed = world.time.now();
  for (const machine of world.machines) {
    for (const person of visitors(world, machine)) await settleAs(world, machine, person, healed);
  }
  // Once more: what one desk has sent since, the others must have too.
  for (const machine of world.machines) await settleAs(world, machine, null, healed);
  for (const customer of world.customers) customerLooks(world, customer);
  everyOperationIsSomewhere(world);
}

/**
 * Who still has something waiting on this machine, and last who is to stay: the one signed in now,
 * else anyone.
 */
function visitors(world: World, machine: Machine): Person[] {
  const current = accountOn(machine)?.id ?? null;
  const waiting = new Set(
    [...world.ledger.entries.values()]
      .filter((e) => e.machine === machine.name && e.state === 'open')
      .map((e) => e.account),
  );
  const others = world.agents.filter((a) => waiting.has(a.id) && a.id !== current);
  const stays = world.agents.find((a) => a.id === current) ?? others.pop() ?? world.agents[0];
  return [...others, ...(stays ? [stays] : [])];
}

function mayWork(world: World, person: Person): boolean {
  return world.model.state().users.get(person.id)?.role !== 'customer';
}

type Standing = { kind: 'idle' } | { kind: 'busy'; why: string };

/** Whether this person works there with the own server. */
const sitsAt = (machine: Machine, person: Person): boolean =>
  machine.at === 'home' && accountOn(machine)?.id === person.id;

/** Tries to sign a person in who is not at work yet. False when it did not work. */
async function bringIn(machine: Machine, person: Person | null): Promise<boolean> {
  if (!person || sitsAt(machine, person)) return true;
  await machine.call('session.signOut', {});
  await signIn(machine, person);
  return sitsAt(machine, person);
}

/**
 * Brings a person to a machine (null: whoever is there) and waits until their desk is idle and
 * equal to the server.
 */
async function settleAs(
  world: World,
  machine: Machine,
  person: Person | null,
  healed: number,
): Promise<void> {
  if (person && !sitsAt(machine, person) && !mayWork(world, person)) return;
  const look = async (): Promise<Standing> =>
    (await bringIn(machine, person))
      ? standingOf(world, machine)
      : { kind: 'busy', why: 'lets nobody in' };
  await bringIn(machine, person);
  const start = Math.max(healed, world.time.now());
  const deadline = (): number =>
    Math.max(start, ...world.machines.map((m) => m.line.permittedUntil())) + idleWithinMs;
  await letGo(machine);
  let standing = await look();
  while (standing.kind === 'busy' && world.time.now() < deadline()) {
    await world.time.runUntil(world.time.now() + lookEveryMs);
    standing = await look();
  }
  if (standing.kind === 'busy')
    world.ledger.violate(
      standing.why.startsWith('differs') ? 'replicas equal' : 'idle in time',
      `${machine.name} ${standing.why}`,
    );
}

/**
 * Replies that a kill has left in their undo window: their author, asked at the start, wants them
 * to go.
 */
async function letGo(machine: Machine): Promise<void> {
  for (const item of outboxOf(machine))
    if (item.state === 'held') await machine.call('compose.release', { operation_id: item.id });
}

async function standingOf(world: World, machine: Machine): Promise<Standing> {
  const session = machine.look('session.get', {});
  if (!session) return { kind: 'busy', why: 'does not answer' };
  const { account, state } = session;
  const person = world.agents.find((a) => a.id === account?.id);
  if (!account || !person) return { kind: 'idle' };
  // Until it hears who is there, it shows the work for the server that was there.
  if (machine.at !== 'home') return { kind: 'busy', why: 'works for another server' };
  if (state === 'sign-in-needed') {
    // Who is no agent any more cannot sign in again; what they wrote waits in sight.
    if (!mayWork(world, person)) return { kind: 'idle' };
    await signIn(machine, person);
    return { kind: 'busy', why: 'wants a sign-in again and again' };
  }
  const sync = machine.look('sync.get', {});
  if (!sync) return { kind: 'busy', why: 'does not answer' };
  const items = machine.look('outbox.list', {});
  if (!items) return { kind: 'busy', why: 'does not answer' };
  world.ledger.shown(machine.name, account.id, items, world.model.state());
  const free = waitingFreely(items);
  if (sync.phase !== 'live' || free.length > 0)
    return {
      kind: 'busy',
      why: `is ${sync.phase} with ${free.length} waiting: ${free.map((item) => `${item.kind} ${item.id}`).join(', ')}`,
    };
  const shown = deskView(machine, world.hub.serverNow());
  const role = world.model.state().users.get(account.id)?.role ?? 'customer';
  const actor: Actor = { id: account.id, role, sessionId: '' };
  const told = world.level === 1 ? messagesOnly : everything;
  const differing = shown
    ? difference(told(serverView(world.model, actor, shown)), told(shown.view))
    : ['no view'];
  return differing.length === 0
    ? { kind: 'idle' }
    : { kind: 'busy', why: `differs: ${differing.join(' | ')}` };
}

const everything = (view: View): View => view;
/** A server of level 1 names nobody, and what it does not say the desk leaves open. */
const messagesOnly = (view: View): View => view.filter((line) => line.startsWith('message'));

/**
 * Operations that nothing holds back: what stands behind a parked one of its ticket waits for the
 * agent with it (R4).
 */
function waitingFreely(items: readonly OutboxItem[]): OutboxItem[] {
  const held = new Set<string>();
  return items.filter((item) => {
    if (item.state === 'not-sent') held.add(item.ticket_id);
    return !held.has(item.ticket_id);
  });
}

/**
 * Made for the other server by somebody who has not been there since: it may never have been
 * looked at, and waits until they are there again.
 */
const waitsElsewhere = (world: World, { id, account, machine }: Entry): boolean =>
  account.startsWith('away:') &&
  world.machines.some((one) => one.name === machine && one.keeps(id));

/**
 * What has not been settled or discarded must still be in sight, parked; who cannot sign in any
 * more keeps theirs waiting.
 */
function everyOperationIsSomewhere(world: World): void {
  for (const entry of world.ledger.entries.values()) {
    if (entry.state !== 'open') continue;
    const owner = world.agents.find((a) => a.id === entry.account);
    if (owner && !mayWork(world, owner)) continue;
    if (!world.ledger.inSight(entry.id) && !waitsElsewhere(world, entry))
      world.ledger.violate(
        'nothing lost',
        `${entry.kind} ${entry.id} of ${entry.machine} is neither at the server nor in sight`,
      );
  }
  // What a server that went back has forgotten is offered again to whoever sits there.
  for (const entry of world.ledger.forgotten(world.model.state())) {
    const machine = world.machines.find((m) => m.name === entry.machine);
    const owner = world.agents.find((a) => a.id === entry.account);
    if (!machine || accountOn(machine)?.id !== entry.account || !owner || !mayWork(world, owner))
      continue;
    if (!world.ledger.inSight(entry.id))
      world.ledger.violate(
        'offered again',
        `${entry.kind} ${entry.id} of ${entry.machine} was forgotten by the server and is not offered again`,
      );
  }
}
