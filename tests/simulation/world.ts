import type { Account, OutboxItem } from '../../src/contract/bridge.ts';
import { addMessage, openTicket } from './model/domain.ts';
import { createChance, type Chance } from './chance.ts';
import { createEventHub, type EventHub } from './event-hub.ts';
import { createKept, type Kept } from './kept.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createMachine, type FolderCopy, type Machine } from './machine.ts';
import type { State } from './model/state.ts';
import { awayInstallation, createLine, type Site } from './network.ts';
import { createServerModel, type ModelAnswer, type ServerModel } from './server-model.ts';
import type { Trace } from './trace.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';

export interface Person {
  id: string;
  email: string;
  role: 'agent' | 'customer' | 'colleague';
  token: string;
}

/** Everything that one history happens in. */
export interface World {
  time: VirtualTime;
  /** What the own server can do. */
  level: 1 | 2;
  model: ServerModel;
  hub: EventHub;
  machines: Machine[];
  agents: Person[];
  customers: Person[];
  /** Staff who work with another program, straight at the API. */
  colleague: Person;
  ledger: Ledger;
  trace: Trace;
  backups: State[];
  /** Transactions of other programs that have not ended. */
  stragglers: (() => void)[];
  kept: Kept;
  /** Tickets that somebody has put to sleep. */
  snoozed: Set<string>;
  /** The last copy of each machine's data folder. */
  folders: Map<string, FolderBackup>;
  /** Machines whose open file was swapped. */
  swapped: Set<Machine>;
  /** Another server with a copy of the data, made when it is first met. */
  away: () => Site;
  /** A text that nobody has written yet. */
  newText(kind: string): string;
  /** A request straight to the server, signed in anew where needed. */
  api(person: Person, method: string, path: string, body?: unknown, key?: string): ModelAnswer;
}

/** A copy of a data folder, and what it must bring back. */
export interface FolderBackup {
  copy: FolderCopy;
  made: ReadonlySet<string>;
  kept: Kept;
}

export const password = 'correct horse battery';
export const noteCanary = 'for-staff-only';
const startedAt = Date.UTC(2026, 2, 27, 9, 0, 0);

/** Of eight servers one is of level 1. */
const levelOf = (seed: number): 1 | 2 => (seed % 8 === 0 ? 1 : 2);

/**
 * At every fourth server a page is full so soon that conversations are cut, as at any other those
 * of a hundred megabytes.
 */
const smallPages = (seed: number): { pageBytes?: number } =>
  seed % 4 === 1 ? { pageBytes: 2_500 } : {};

/**
 * Builds the world of a seed in `dir`: 3 desks, 3 agents, 2 customers with tickets, a colleague;
 * nobody has signed in yet.
 */
export function createWorld(seed: number, dir: string, trace: Trace): World {
  const time = createVirtualTime();
  const ids = createChance(seed, 'ids');
  const level = levelOf(seed);
  const serverNow = (): number => startedAt + time.now();
  const ledger = createLedger(level, serverNow);
  const hub: EventHub = createEventHub(time, () => model, serverNow);
  const model: ServerModel = createServerModel({
    now: serverNow,
    newId: ids.uuid,
    place: smallPages(seed),
    onCommit: hub.committed,
    onEffect: ledger.took,
  });
  const person = (role: Person['role'], n: number): Person => {
    const email = `${role}${n}@example.test`;
    return {
      id: model.addUser({
        email,
        name: `${role} ${n}`,
        role: role === 'customer' ? 'customer' : 'staff',
        password,
      }),
      email,
      role,
      token: '',
    };
  };
  const agents = [1, 2, 3].map((n) => person('agent', n));
  const customers = [1, 2].map((n) => person('customer', n));
  const colleague = person('colleague', 1);
  let texts = 0;
  const newText = (kind: string): string => `${kind} text number ${(texts += 1)}`;
  seedTickets(model, customers, newText, ids);
  seedOldTickets(model, customers, newText, ids);
  const home: Site = { model, hub, level };
  const machines = [1, 2, 3].map((n) => {
    const name = `desk${n}`;
    const line = createLine({
      name,
      time,
      chance: createChance(seed, `line ${n}`),
      home,
      trace,
      violate: ledger.violate,
    });
    const onExit = (error: unknown): void => {
      ledger.violate('no exit', `${name} ends: ${inWords(error)}`);
    };
    const machine = createMachine({
      name,
      home: dir,
      time,
      chance: createChance(seed, `desk ${n}`),
      line,
      trace,
      startedAt,
      onExit,
    });
    line.knows({
      waiting: () => outboxOf(machine).map((item) => item.id),
      shownMessage: () => anyShown(machine),
    });
    return machine;
  });
  let staging: Site | null = null;
  const away = (): Site => {
    staging ??= createCopy(model, serverNow, time, ids, ledger);
    for (const { line } of machines) line.meet(staging);
    return staging;
  };
  return {
    away,
    level,
    time,
    model,
    hub,
    machines,
    agents,
    customers,
    colleague,
    ledger,
    trace,
    backups: [],
    stragglers: [],
    kept: createKept(),
    snoozed: new Set(),
    folders: new Map(),
    swapped: new Set(),
    newText,
    api(who, method, path, body, key) {
      const ask = (): ModelAnswer =>
        model.handle({
          method,
          path,
          body: body === undefined ? undefined : JSON.stringify(body),
          headers: {
            authorization: `Bearer ${who.token}`,
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
        });
      const first = who.token === '' ? null : ask();
      if (first && first.status !== 401) return first;
      const login = model.handle({
        method: 'POST',
        path: '/auth/login',
        headers: {},
        body: JSON.stringify({ email: who.email, password }),
      });
      // A model's own answer to a login.
      who.token = (login.body as { access_token: string }).access_token;
      return ask();
    },
  };
}

/** A staging server: the same people and tickets, from a dump of now, with or without its name. */
function createCopy(
  model: ServerModel,
  now: () => number,
  time: VirtualTime,
  ids: Chance,
  ledger: Ledger,
): Site {
  const hub: EventHub = createEventHub(time, () => copy, now);
  const copy: ServerModel = createServerModel({
    now,
    newId: ids.uuid,
    place: { serverId: awayInstallation, cluster: 1_000 },
    onCommit: hub.committed,
    onEffect: ledger.tookAway,
  });
  copy.restore(model.backup());
  return { model: copy, hub, level: 2 };
}

function seedTickets(
  model: ServerModel,
  customers: Person[],
  newText: (kind: string) => string,
  ids: Chance,
): void {
  for (const customer of customers) {
    for (let i = 0; i < 3; i += 1) {
      model.write((tx, state) => {
        openTicket(
          {
            state,
            tx,
            actor: { id: customer.id, role: 'customer', sessionId: '' },
            key: null,
            newId: ids.uuid,
          },
          {
            subject: newText('subject'),
            category: 'funding',
            priority: 'medium',
            message: newText('customer'),
          },
        );
      });
    }
  }
}

/** So long ago that a desk which keeps the shortest time does not keep them. */
const hourMicros = 3_600 * 1_000_000;
const oldMicros = 200 * 24 * hourMicros;

function seedOldTickets(
  model: ServerModel,
  customers: Person[],
  newText: (kind: string) => string,
  ids: Chance,
): void {
  for (const customer of customers) {
    for (let i = 0; i < 2; i += 1) {
      model.write((tx, state) => {
        const writing = {
          state,
          tx,
          actor: { id: customer.id, role: 'customer' as const, sessionId: '' },
          key: null,
          newId: ids.uuid,
        };
        const ticket = openTicket(writing, {
          subject: newText('old subject'),
          category: 'other',
          priority: 'low',
          message: newText('customer'),
        });
        for (let n = 0; n < 4; n += 1) addMessage(writing, ticket.id, newText('customer'));
        const createdAt = ticket.createdAt - oldMicros;
        const thread = state.threads.get(ticket.id) ?? [];
        for (const [n, id] of thread.entries()) {
          const message = state.messages.get(id);
          if (message) message.createdAt = createdAt + n * hourMicros;
        }
        const at = createdAt + (thread.length - 1) * hourMicros;
        tx.updateTicket(ticket, {
          status: 'closed',
          createdAt,
          updatedAt: at,
          resolvedAt: at,
          lastMessageAt: at,
        });
      });
    }
  }
}

/**
 * Who is signed in on a machine, also where the server wants a new sign-in; null when nobody is.
 */
export function accountOn(machine: Machine): Account | null {
  return machine.look('session.get', {})?.account ?? null;
}

/** What the ledger calls an account: one of another server is another one, whatever its id. */
export const accountName = (machine: Machine, id: string): string =>
  machine.at === 'home' ? id : `away:${id}`;

/** The server that a machine works with. */
export const siteOf = (world: World, machine: Machine): ServerModel =>
  machine.at === 'home' ? world.model : world.away().model;

export function outboxOf(machine: Machine): OutboxItem[] {
  return machine.look('outbox.list', {}) ?? [];
}

/** The last message of the last ticket of its list. */
function anyShown(machine: Machine): string | null {
  const ticket = machine.look('tickets.list', { view: 'all', after: null, limit: 30 })?.rows.at(-1);
  const thread =
    ticket && machine.look('thread.get', { ticket_id: ticket.id, before: null, limit: 1 });
  return thread?.messages.find((message) => message.delivery === null)?.id ?? null;
}

/** An error with the place that threw it. */
export function inWords(error: unknown): string {
  return error instanceof Error
    ? `${error.message} ${
        error.stack
          ?.split('\n')
          .slice(1, 9)
          .map((line) => line.trim())
          .join(' ') ?? ''
      }`
    : String(error);
}

/** Where something waits, a fault can do harm: one of those machines, else any. */
export function pickWaiting(machines: readonly Machine[], chance: Chance): Machine {
  const waiting = machines.filter((machine) =>
    outboxOf(machine).some((item) => item.state !== 'not-sent'),
  );
  return chance.pick(waiting.length > 0 ? waiting : machines);
}

export const draftKey = (machine: Machine, account: string, ticket: string, kind: string): string =>
  [machine.name, account, ticket, kind].join(' ');
