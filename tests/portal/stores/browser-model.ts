import type { Api, NewTicket, OwnMessage } from '../../../src/portal/api/api.ts';
import { ApiFailure, type Failure } from '../../../src/portal/api/failure.ts';
import type { TicketLevel1 } from '../../../src/contract/wire/entities.ts';
import { createConversation, type Conversation } from '../../../src/portal/stores/conversation.ts';
import { createKept, type Kept } from '../../../src/portal/stores/kept.ts';
import { createSession, type Session } from '../../../src/portal/stores/session.ts';
import type { Shelf } from '../../../src/portal/stores/shelf.ts';

/**
 * What becomes of a request: `late`: it has its effect now, and its answer waits; `cut`: the answer
 * is lost; `never`: it does not arrive.
 */
export type Fate = 'answered' | 'late' | 'cut' | 'never' | 'refused';
interface Pending {
  what: string;
  tab: Tab;
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: Error): void;
  isWrite: boolean;
  result?: () => void;
}

export interface Tab {
  name: string;
  page: string;
  alive: boolean;
  account: string | null;
  kept: Kept;
  session: Session;
  conversations: Map<string, Conversation>;
}

const at = '2026-01-01T00:00:00Z';
const fail = (failure: Failure): ApiFailure => new ApiFailure(failure);

/**
 * One server, one browser with tabs, and a scheduler: nothing happens by time, each request waits
 * until its fate is chosen.
 */
export class BrowserModel {
  readonly keyed: boolean;
  readonly tickets: { id: string; owner: string; subject: string; messages: OwnMessage[] }[] = [];
  readonly keys = new Map<string, { content: string; answer: unknown }>();
  readonly stored = new Map<string, string>();
  readonly tabs: Tab[] = [];
  pending: Pending[] = [];
  /** Of the whole browser; on level 1 each tab has its own. */
  private signedIn: string | null = null;
  private events: { from: Tab; key: string }[] = [];
  private ids = 0;

  constructor(keyed: boolean) {
    this.keyed = keyed;
  }

  addTicket(owner: string, subject: string): string {
    const id = this.nextId();
    this.tickets.push({ id, owner, subject, messages: [] });
    return id;
  }

  openTab(name: string, predecessor: string | null): Tab {
    const page = `page${this.nextId()}`;
    const tab = {
      name,
      page,
      alive: true,
      account: null,
      conversations: new Map(),
    } as unknown as Tab;
    tab.kept = createKept(this.shelfOf(tab), predecessor, page);
    tab.session = createSession(this.apiOf(tab), tab.kept, {
      take: () => null,
      clear: () => undefined,
    });
    this.tabs.push(tab);
    return tab;
  }

  /** The page goes; what it has asked may still have its effect, on level 1 at once or never. */
  closeTab(tab: Tab, takesEffect: boolean): void {
    tab.alive = false;
    for (const call of this.pending.filter((one) => one.tab === tab))
      if (!this.keyed && call.isWrite && takesEffect && !call.result) this.effect(call);
    this.pending = this.pending.filter(
      (one) => one.tab !== tab || (this.keyed && one.isWrite && !one.result),
    );
    this.tabs.splice(this.tabs.indexOf(tab), 1);
  }

  conversation(tab: Tab, id: string): Conversation {
    const known = tab.conversations.get(id);
    if (known) return known;
    const made = createConversation(this.apiOf(tab), id, tab.session.work().writer(id));
    tab.conversations.set(id, made);
    return made;
  }

  /** What other tabs hear of the storage. */
  deliverEvents(): void {
    while (this.events.length > 0) {
      const { from, key } = this.events.shift()!;
      for (const tab of this.tabs) if (tab !== from) tab.kept.changed(key);
    }
  }

  decide(call: Pending, fate: Fate): void {
    if (call.result || fate !== 'late') this.pending = this.pending.filter((one) => one !== call);
    if (call.result) {
      call.result();
      return;
    }
    const reject = (failure: Failure): void => {
      if (call.tab.alive) call.reject(new ApiFailure(failure));
    };
    if (fate === 'never') {
      reject({ kind: 'unreachable' });
      return;
    }
    if (fate === 'refused') {
      reject(call.isWrite ? { kind: 'too-much', seconds: 1 } : { kind: 'server' });
      return;
    }
    const result = this.effect(call);
    if (fate === 'late') {
      call.result = result;
      return;
    }
    if (fate === 'cut') reject({ kind: 'unreachable' });
    else result();
  }

  private effect(call: Pending): () => void {
    try {
      const value = call.run();
      return () => {
        if (call.tab.alive) call.resolve(value);
      };
    } catch (error) {
      return () => {
        if (call.tab.alive) call.reject(error as Error);
      };
    }
  }

  endSession(tab: Tab): void {
    tab.account = null;
    tab.conversations.clear();
    tab.session.ended();
  }

  private nextId(): string {
    this.ids += 1;
    return `id${this.ids}`;
  }

  private shelfOf(tab: Tab): Shelf {
    const note = (key: string): void => {
      this.events.push({ from: tab, key });
    };
    const { stored } = this;
    return {
      get length() {
        return stored.size;
      },
      key: (n) => [...stored.keys()][n] ?? null,
      getItem: (key) => stored.get(key) ?? null,
      setItem(key, value) {
        if (stored.get(key) !== value) {
          stored.set(key, value);
          note(key);
        }
      },
      removeItem(key) {
        if (stored.delete(key)) note(key);
      },
    };
  }

  private apiOf(tab: Tab): Api {
    const ask = (
      what: string,
      isWrite: boolean,
      run: (account: string) => unknown,
    ): Promise<never> => {
      const { account } = tab;
      if (account === null) {
        tab.session.ended();
        return Promise.reject(fail({ kind: 'signed-out' }));
      }
      return new Promise<unknown>((resolve, reject) => {
        this.pending.push({ what, tab, isWrite, run: () => run(account), resolve, reject });
      }) as Promise<never>;
    };
    const own = (account: string, id: string) => {
      const ticket = this.tickets.find((one) => one.id === id && one.owner === account);
      if (!ticket) throw fail({ kind: 'not-found', merged: null });
      return ticket;
    };
    const once = <T>(account: string, key: string, content: string, effect: () => T): T => {
      const known = this.keyed ? this.keys.get(`${account} ${key}`) : undefined;
      if (known && known.content !== content) throw fail({ kind: 'key-used' });
      if (known) return known.answer as T;
      const answer = effect();
      this.keys.set(`${account} ${key}`, { content, answer });
      return answer;
    };
    const post = (ticketId: string, message: string, key: string): OwnMessage[] => {
      const messages = this.tickets.find((one) => one.id === ticketId)!.messages;
      messages.push({
        id: this.nextId(),
        ticket_id: ticketId,
        user_id: null,
        staff_id: null,
        message,
        is_internal: false,
        is_staff: false,
        created_at: at,
        ...(this.keyed ? { client_id: key } : {}),
      });
      return messages;
    };
    const row = ({ id, subject }: { id: string; subject: string }): TicketLevel1 => ({
      id,
      subject,
      category: 'other',
      priority: 'medium',
      status: 'open',
      created_at: at,
      updated_at: at,
      resolved_at: null,
      last_message_at: null,
    });
    const enter = (account: string): void => {
      tab.account = account;
      if (this.keyed) this.signedIn = account;
    };
    return {
      capabilities: () => Promise.resolve(null),
      takesKeys: () => this.keyed,
      signIn: (email) => {
        enter(email);
        return Promise.resolve();
      },
      register: () => Promise.reject(new Error('not part of this')),
      resume: () => {
        if (this.signedIn === null) return Promise.resolve(false);
        enter(this.signedIn);
        return Promise.resolve(true);
      },
      signOut: () => {
        const { account } = tab;
        tab.account = null;
        tab.conversations.clear();
        if (this.keyed) {
          this.signedIn = null;
          for (const other of this.tabs)
            if (other !== tab && other.account === account) this.endSession(other);
        }
        return Promise.resolve();
      },
      sessionChanged: () => undefined,
      me: () =>
        Promise.resolve({
          id: tab.account!,
          email: '',
          username: tab.account!,
          full_name: null,
          is_active: true,
          is_superuser: false,
          created_at: at,
          last_login: null,
        }),
      tickets: (count) =>
        ask('list', false, (account) => ({
          rows: this.tickets
            .filter((one) => one.owner === account)
            .toReversed()
            .slice(0, count)
            .map(row),
          more: false,
        })),
      ticket: (id) => ask('ticket', false, (account) => row(own(account, id))),
      messages: (id, count) =>
        ask('messages', false, (account) => ({
          rows: own(account, id).messages.slice(this.keyed ? -count : 0),
          more: false,
        })),
      open: (ticket: NewTicket, key) =>
        ask(`open ${ticket.message}`, true, (account) =>
          once(account, key, JSON.stringify(ticket), () => {
            const id = this.addTicket(account, ticket.subject);
            post(id, ticket.message, key);
            return row({ id, subject: ticket.subject });
          }),
        ),
      write: (id, message, key) =>
        ask(`write ${message}`, true, (account) => {
          own(account, id);
          once(account, key, `${id} ${message}`, () => {
            post(id, message, key);
            return null;
          });
        }),
      close: () => Promise.reject(new Error('not part of this')),
      faq: () => Promise.resolve([]),
      searchFaq: () => Promise.resolve([]),
      events: () => Promise.resolve(null),
    };
  }
}
