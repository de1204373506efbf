import type { OutboxItem } from '../../src/contract/bridge.ts';
import type { Effect, State } from './model/state.ts';

/**
 * An operation that a desk has accepted: from now on it must reach the server once, or stand where
 * its agent sees it.
 */
export interface Entry {
  id: string;
  machine: string;
  account: string;
  ticket: string;
  kind: OutboxItem['kind'];
  text: string | null;
  /**
   * When the snooze ends that it sets (ms), where it sets one: a server refuses one that is over.
   */
  until?: number;
  /** Which fields a change sets; tags are a set and clash with nothing. */
  fields?: string[];
  order: number;
  state: 'open' | 'settled' | 'discarded';
  /** What may rightly have undone it at the server. */
  excuse: 'rolled back' | 'ticket deleted' | 'folder restored' | null;
}

type Maybe = Pick<Entry, 'machine' | 'account' | 'ticket' | 'kind' | 'text'> & {
  replaces?: string;
};

interface Violation {
  check: string;
  detail: string;
}

/** Who did what, as seen from outside the desks, and the rules that hold at every moment. */
export interface Ledger {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly violations: readonly Violation[];
  violate(check: string, detail: string): void;
  accepted(entry: Omit<Entry, 'order' | 'state' | 'excuse'>): void;
  /**
   * The machine died while it accepted: the operation may exist or not, in place of the one that it
   * `replaces`.
   */
  uncertain(entry: Maybe): void;
  discarded(id: string): void;
  /** The agent sends a text again that the server has confirmed and lost. */
  mayRepeat(text: string): void;
  /** The agent sent this one again as a new operation, which takes its place. */
  replaced(id: string, by: string): void;
  /** What the outbox of an account on a machine shows now. */
  shown(machine: string, account: string, items: readonly OutboxItem[], state: State): void;
  took(effect: Effect): void;
  /** The same at another server. */
  tookAway(effect: Effect): void;
  /** Whether the outbox showed this operation when it was looked at last. */
  inSight(id: string): boolean;
  ticketDeleted(ticketId: string): void;
  /** The server went back: what it forgot is excused. */
  restored(before: State, after: State): void;
  /** What this machine has accepted so far: what a copy of its data folder holds now. */
  madeOn(machine: string): ReadonlySet<string>;
  /**
   * Its data folder went back to a copy that holds these: what came later is gone with it, what had
   * left comes back.
   */
  folderRestored(machine: string, held: ReadonlySet<string>): void;
  /**
   * Confirmed messages that the server has forgotten by going back, as far as it still has their
   * tickets.
   */
  forgotten(state: State): Entry[];
  /** How many accepted operations the server has forgotten by going back. */
  rolledBack(): number;
}

/**
 * `level`: a server of level 1 is told no keys, so an operation is known by its text. `now`: the
 * server's time in ms.
 */
export function createLedger(level: 1 | 2, now: () => number): Ledger {
  const entries = new Map<string, Entry>();
  const violations: Violation[] = [];
  const maybes: Maybe[] = [];
  const effects = new Map<string, number>();
  const texts = new Map<string, number>();
  const lastOrder = new Map<string, number>();
  const seen = new Set<string>();
  const repeatable = new Set<string>();
  const byText = new Map<string, string>();
  const resent = new Set<string>();
  /** What may stand in an outbox again since its folder went back. */
  const revived = new Set<string>();
  /** What a server that went back has forgotten at some time. */
  const forgottenOnce = new Set<string>();
  let order = 0;

  const violate = (check: string, detail: string): void => {
    violations.push({ check, detail });
  };
  /**
   * Which later ones must not take effect before it, and where it counts as a later one itself:
   * notes and changes of other fields may go past what stands still.
   */
  function lanesOf({ machine, account, ticket, kind, fields = [] }: Entry): {
    waitsOn: string[];
    holds: string[];
  } {
    const lane = (name: string): string => `${machine} ${account} ${ticket} ${name}`;
    const all = lane('all');
    if (kind === 'note') return { waitsOn: [all, lane('note')], holds: [lane('note')] };
    const touched = (kind === 'close' || kind === 'reopen' ? ['status'] : fields).map(lane);
    return { waitsOn: [all, ...touched], holds: kind === 'change' ? touched : [all, ...touched] };
  }
  const describe = (entry: Entry): string =>
    `${entry.kind} ${entry.id} of ${entry.machine} on ticket ${entry.ticket}`;

  function add(entry: Omit<Entry, 'order' | 'state' | 'excuse'>): void {
    order += 1;
    entries.set(entry.id, { ...entry, order, state: 'open', excuse: null });
    if (level === 1 && entry.text !== null) byText.set(entry.text, entry.id);
  }

  /** Somebody else's key of the same name is another key. */
  const slotOf = (account: string, id: string): string => `${account} ${id}`;
  const effectsOf = (entry: Entry): number => effects.get(slotOf(entry.account, entry.id)) ?? 0;

  /** The names of an account at the two servers. */
  const elsewhere = (account: string): string =>
    account.startsWith('away:') ? account.slice('away:'.length) : `away:${account}`;

  function took({ key: told, text, actorId }: Effect): void {
    const key = told ?? byText.get(text ?? '') ?? null;
    const owner = key === null ? undefined : entries.get(key)?.account;
    if (owner === elsewhere(actorId))
      violate('own server', `what ${owner} made under ${key} took effect at another server`);
    if (text !== null) {
      texts.set(text, (texts.get(text) ?? 0) + 1);
      if ((texts.get(text) ?? 0) > 1)
        violate('nothing twice', `the text "${text}" took effect again`);
    }
    if (key === null) return;
    const slot = slotOf(actorId, key);
    effects.set(slot, (effects.get(slot) ?? 0) + 1);
    if ((effects.get(slot) ?? 0) > 1 && told !== null)
      violate('nothing twice', `the key ${key} took effect again`);
    const entry = entries.get(key);
    if (!entry || entry.account !== actorId || entry.state === 'discarded') return;
    const { waitsOn, holds } = lanesOf(entry);
    if (waitsOn.some((lane) => entry.order < (lastOrder.get(lane) ?? 0)))
      violate('order per ticket', `${describe(entry)} took effect after a later one`);
    for (const lane of holds) lastOrder.set(lane, Math.max(entry.order, lastOrder.get(lane) ?? 0));
  }

  /**
   * What had gone out before the agent asked for this one again cannot wait for it; what still
   * waits can.
   */
  function letPass(again: Entry): void {
    for (const lane of lanesOf(again).waitsOn)
      lastOrder.set(lane, Math.min(lastOrder.get(lane) ?? 0, again.order - 1));
  }

  /** Whether the server has answered this operation for good, so that it may leave the outbox. */
  function isSettled(entry: Entry, state: State): boolean {
    if (effectsOf(entry) > 0 || entry.excuse !== null || (entry.until ?? Infinity) <= now())
      return true;
    if (entry.kind !== 'close') return false;
    if (level === 1)
      return (
        (state.tickets.get(entry.ticket)?.status ?? 'closed') === 'closed' ||
        state.effects.some(
          ({ route, ticketId }) => route === 'closeTicket' && ticketId === entry.ticket,
        )
      );
    // Closing what is closed already is refused, and what the agent wanted.
    return state.keys.get(`${entry.account.replace('away:', '')} ${entry.id}`)?.status === 404;
  }

  function replace(id: string, by: string): void {
    const entry = entries.get(id);
    if (!entry) return;
    entry.state = 'discarded';
    const again: Entry = { ...entry, id: by, state: 'open', excuse: null };
    entries.set(by, again);
    resent.add(by);
    letPass(again);
  }

  function adopt(machine: string, account: string, item: OutboxItem): boolean {
    // The newest: what was not there when its desk was opened again never will be.
    const i = maybes.findLastIndex(
      (m) =>
        m.machine === machine &&
        m.account === account &&
        m.ticket === item.ticket_id &&
        m.kind === item.kind &&
        m.text === item.text,
    );
    if (i < 0) return false;
    const [{ replaces } = {}] = maybes.splice(i, 1);
    if (replaces !== undefined && entries.has(replaces)) replace(replaces, item.id);
    else
      add({
        id: item.id,
        machine,
        account,
        ticket: item.ticket_id,
        kind: item.kind,
        text: item.text,
      });
    // Without keys it may have arrived before anybody could see it here.
    if (level === 1 && item.text !== null && (texts.get(item.text) ?? 0) > 0)
      effects.set(slotOf(account, item.id), 1);
    return true;
  }

  return {
    entries,
    violations,
    violate,
    took,
    tookAway: (effect) => {
      took({ ...effect, actorId: elsewhere(effect.actorId) });
    },
    accepted: add,
    uncertain(entry) {
      maybes.push(entry);
    },
    discarded(id) {
      const entry = entries.get(id);
      if (entry) entry.state = 'discarded';
    },
    mayRepeat(text) {
      repeatable.add(text);
      texts.delete(text);
    },
    replaced: replace,
    shown(machine, account, items, state) {
      const ids = new Set(items.map((item) => item.id));
      for (const id of ids) seen.add(id);
      for (const item of items) {
        const entry = entries.get(item.id);
        if (!entry) {
          if (!adopt(machine, account, item))
            violate(
              'own outbox',
              `${machine} shows ${item.kind} ${item.id}, which ${account} has not made there`,
            );
        } else if (entry.account !== account || entry.machine !== machine) {
          violate('own outbox', `${machine} shows ${describe(entry)} to ${account}`);
        } else if (revived.delete(item.id)) {
          entry.state = 'open';
          if (entry.excuse === 'rolled back') entry.excuse = null;
        }
      }
      for (const entry of entries.values()) {
        if (
          entry.state !== 'open' ||
          entry.machine !== machine ||
          entry.account !== account ||
          ids.has(entry.id)
        )
          continue;
        entry.state = 'settled';
        seen.delete(entry.id);
        if (!isSettled(entry, state))
          violate(
            'nothing lost',
            `${describe(entry)} left the outbox, and the server does not have it`,
          );
      }
    },
    inSight: (id) => seen.has(id),
    ticketDeleted(ticketId) {
      for (const entry of entries.values())
        if (entry.ticket === ticketId) entry.excuse ??= 'ticket deleted';
    },
    restored(before, after) {
      const kept = new Set(after.effects.map(({ key, actorId }) => slotOf(actorId, key ?? '')));
      for (const { key, actorId } of before.effects) {
        const entry = key === null || kept.has(slotOf(actorId, key)) ? undefined : entries.get(key);
        if (entry?.account !== actorId) continue;
        entry.excuse = 'rolled back';
        forgottenOnce.add(entry.id);
      }
      for (const entry of entries.values())
        if (
          entry.kind === 'close' &&
          !kept.has(slotOf(entry.account, entry.id)) &&
          before.keys.has(`${entry.account} ${entry.id}`)
        )
          entry.excuse = 'rolled back';
      const away = [...effects].filter(([slot]) => slot.startsWith('away:'));
      for (const map of [effects, texts, lastOrder]) map.clear();
      for (const [slot, count] of away) effects.set(slot, count);
      // Each was judged when it took effect: what the agent sent again may rightly stand behind
      // later ones.
      const judged = violations.length;
      for (const effect of after.effects) took(effect);
      violations.length = judged;
      for (const id of resent) {
        const entry = entries.get(id);
        if (entry && effectsOf(entry) === 0) letPass(entry);
      }
      // Also one whose message was deleted before the backup was made: the agent has sent it again
      // all the same.
      for (const text of repeatable) texts.delete(text);
    },
    madeOn: (machine) =>
      new Set(
        [...entries.values()].filter((entry) => entry.machine === machine).map((entry) => entry.id),
      ),
    folderRestored(machine, held) {
      for (const entry of entries.values()) {
        if (entry.machine !== machine) continue;
        if (!held.has(entry.id)) {
          entry.state = 'discarded';
          entry.excuse = 'folder restored';
          continue;
        }
        revived.add(entry.id);
        if (effectsOf(entry) > 0) continue;
        // The copy may be of before that, and have it as confirmed.
        if (forgottenOnce.has(entry.id)) entry.excuse = 'rolled back';
        resent.add(entry.id);
        letPass(entry);
      }
    },
    forgotten: (state) =>
      [...entries.values()].filter(
        (entry) =>
          entry.excuse === 'rolled back' &&
          entry.state === 'settled' &&
          effectsOf(entry) === 0 &&
          (entry.kind === 'reply' || entry.kind === 'note') &&
          state.tickets.has(entry.ticket),
      ),
    rolledBack: () =>
      [...entries.values()].filter(
        (entry) =>
          entry.excuse === 'rolled back' && effectsOf(entry) === 0 && entry.state === 'settled',
      ).length,
  };
}
