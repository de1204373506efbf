import { BrowserModel, type Fate, type Tab } from './browser-model.ts';

const accounts = ['dana', 'omar'] as const;
const fates: Fate[] = ['answered', 'answered', 'answered', 'late', 'cut', 'never', 'refused'];

/** Mulberry32: one seed, one history. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Everything that has been asked has run as far as it can. */
export const settled = (): Promise<void> =>
  new Promise((done) => {
    setImmediate(done);
  });

const wordsIn = (text: string): string[] => text.match(/w\d{4}w/g) ?? [];

interface Word {
  account: string;
  /** Erased by its author, or removed at a sign-out that was agreed to. */ gone: boolean;
}

/**
 * One history: what people and the network do, chosen by a seed, and what must be true after each
 * step.
 */
export class History {
  readonly pick: (below: number) => number;
  readonly model: BrowserModel;
  readonly trace: string[] = [];
  /** What a text has become that it must not. */
  readonly faults: string[] = [];
  readonly words = new Map<string, Word>();
  readonly ticketOf = new Map<string, string>();

  constructor(seed: number) {
    this.pick = random(seed);
    this.model = new BrowserModel(this.pick(2) === 0);
    for (const account of accounts)
      this.ticketOf.set(account, this.model.addTicket(account, `The ticket of ${account}`));
    for (const name of ['A', 'B']) this.model.openTab(name, null);
  }

  one<T>(of: readonly T[]): T {
    return of[this.pick(of.length)]!;
  }
  word(account: string): string {
    const made = `w${String(this.words.size).padStart(4, '0')}w`;
    this.words.set(made, { account, gone: false });
    return made;
  }
  erase(text: string): void {
    for (const found of wordsIn(text)) this.words.get(found)!.gone = true;
  }
  ticket(tab: Tab): string {
    return this.ticketOf.get(tab.account!)!;
  }

  /** As a person types: behind what is there, before it, or all anew. */
  edited(tab: Tab, before: string): string {
    const added = this.word(tab.account!);
    switch (this.pick(6)) {
      case 0:
        return `${added} ${before}`;
      case 1:
        this.erase(before);
        return added;
      case 2:
        return `${before}\n\n    ${added}`;
      default:
        return before === '' ? added : `${before} ${added}`;
    }
  }

  async step(): Promise<void> {
    const { model } = this;
    const tab = this.one(model.tabs);
    const { account } = tab;
    if (account === null) {
      await this.enter(tab);
      return;
    }
    const kind = this.pick(24);
    this.opened(tab);
    const writer = model.conversation(tab, this.ticket(tab)).writer;
    const draft = tab.session.work().newTicket();
    if (kind < 5) this.note(tab, `writes ${JSON.stringify(this.write(tab))}`);
    else if (kind < 8) {
      this.note(tab, 'sends');
      void model.conversation(tab, this.ticket(tab)).send();
    } else if (kind < 14) this.network();
    else if (kind < 16) this.fillIn(tab);
    else if (kind < 18) {
      this.note(tab, 'opens the ticket');
      void draft.send();
    } else if (kind === 18) {
      this.note(tab, 'composes');
      writer.compose(this.pick(2) === 0);
    } else if (kind === 19) {
      this.note(tab, 'reads');
      void model.conversation(tab, this.ticket(tab)).loader.load();
    } else if (kind === 20) await this.reload(tab);
    else if (kind === 21) {
      this.note(tab, 'sign-in ends');
      model.endSession(tab);
    } else if (kind === 22) this.tabs(tab);
    else await this.signOut(tab);
  }

  note(tab: Tab, what: string): void {
    this.trace.push(`${tab.name} ${what}`);
  }

  async enter(tab: Tab): Promise<void> {
    const account = this.pick(4) === 0 ? 'omar' : 'dana';
    this.note(tab, `signs in as ${account}`);
    // In one browser of level 2 the latest sign-in is everybody's: a tab of somebody else ends with
    // it.
    if (this.model.keyed)
      for (const other of this.model.tabs)
        if (other.account !== null && other.account !== account) this.model.endSession(other);
    await tab.session.signIn(account, '');
  }

  write(tab: Tab): string {
    const { writer } = this.model.conversation(tab, this.ticket(tab));
    const text = this.edited(tab, writer.store.getState().text);
    writer.type(text);
    return text;
  }

  fillIn(tab: Tab): void {
    const draft = tab.session.work().newTicket();
    const { ticket } = draft.store.getState();
    if (this.pick(2) === 0)
      draft.set({ subject: this.edited(tab, ticket.subject).replaceAll(/\s+/g, ' ') });
    else draft.set({ message: this.edited(tab, ticket.message) });
    this.note(tab, `fills in ${JSON.stringify(draft.store.getState().ticket)}`);
  }

  network(): void {
    const call = this.model.pending.length === 0 ? null : this.one(this.model.pending);
    if (!call) return;
    const fate = this.one(fates);
    this.note(call.tab, `${call.what}: ${call.result ? 'answer' : fate}`);
    this.model.decide(call, fate);
  }

  async reload(tab: Tab): Promise<void> {
    this.note(tab, 'is loaded again');
    const { account } = tab;
    const before = this.opened(tab);
    this.model.closeTab(tab, this.pick(2) === 0);
    const next = this.model.openTab(tab.name, tab.page);
    await next.session.resume();
    if (next.account === null) await next.session.signIn(account!, '');
    if (next.account !== account) return;
    // A place that was empty may show what was left there by a page that is gone.
    const [message, ...ticket] = this.opened(next);
    const isMessageThere = before[0] === '' || message === before[0];
    const isTicketThere =
      before.slice(1).join('') === '' || ticket.join('\n') === before.slice(1).join('\n');
    if (!isMessageThere || !isTicketThere)
      this.faults.push(`${next.name} had ${JSON.stringify(before)}`);
  }

  tabs(tab: Tab): void {
    if (this.model.tabs.length < 3) {
      const copied = this.pick(2) === 0 ? tab.page : null;
      this.note(tab, copied === null ? 'has another tab beside it' : 'is copied');
      this.model.openTab(`${tab.name}'`, copied);
    } else {
      this.note(tab, 'is closed');
      this.model.closeTab(tab, this.pick(2) === 0);
    }
  }

  /** The customer is shown what is not sent, and agrees. */
  async signOut(tab: Tab): Promise<void> {
    const { account } = tab;
    this.note(tab, 'signs out');
    for (const [key, value] of this.model.stored)
      if (key.startsWith(`unsent ${account} `)) this.erase(value);
    await tab.session.signOut();
  }

  /**
   * Both places are looked at, and what other tabs have to say of it is heard, before anybody types
   * there.
   */
  opened(tab: Tab): string[] {
    this.fields(tab);
    this.model.deliverEvents();
    return this.fields(tab);
  }

  fields(tab: Tab): string[] {
    const { ticket } = tab.session.work().newTicket().store.getState();
    return [
      this.model.conversation(tab, this.ticket(tab)).writer.store.getState().text,
      ticket.subject,
      ticket.message,
    ];
  }

  shown(): string {
    return this.model.tabs
      .filter(({ account }) => account !== null)
      .flatMap((tab) => this.fields(tab))
      .join(' ');
  }
  served(): string[] {
    return this.model.tickets
      .flatMap(({ subject, messages }) => [subject, ...messages.map(({ message }) => message)])
      .flatMap(wordsIn);
  }
  told(): string {
    return `\n${this.model.keyed ? 'level 2' : 'level 1'}\n${this.trace.join('\n')}\n${JSON.stringify([...this.model.stored], null, 1)}\n`;
  }

  add(fault: string, words: string[]): void {
    if (words.length > 0) this.faults.push(`${fault}: ${words.join(' ')}`);
  }

  check(): void {
    const served = this.served();
    const twice = served.filter((word, n) => served.indexOf(word) !== n);
    const there = new Set([
      ...served,
      ...wordsIn(this.shown()),
      ...wordsIn([...this.model.stored.values()].join(' ')),
    ]);
    const lost = [...this.words]
      .filter(([word, { gone }]) => !gone && !there.has(word))
      .map(([word]) => word);
    const foreign = this.model.tabs.flatMap((tab) =>
      tab.account === null
        ? []
        : wordsIn(this.fields(tab).join(' ')).filter(
            (word) => this.words.get(word)!.account !== tab.account,
          ),
    );
    this.add('twice', twice);
    this.add('lost', lost);
    this.add('shown to somebody else', foreign);
  }

  async calm(): Promise<void> {
    for (;;) {
      await settled();
      this.model.deliverEvents();
      const [call] = this.model.pending;
      if (!call) return;
      this.model.decide(call, 'answered');
    }
  }

  /**
   * The network is well again: whatever is still unsent can be sent, in this tab or in a new one.
   */
  async finish(): Promise<void> {
    await this.calm();
    this.trace.push('all is well again');
    for (const account of accounts) {
      for (let round = 0; round < 12; round += 1) {
        const isDone =
          round > this.model.tabs.length && this.model.tabs[0]!.kept.unsent(account).length === 0;
        if (isDone) break;
        // One after the other; a tab that is opened again comes last.
        const tab = this.model.tabs[0]!;
        if (this.model.keyed) for (const other of this.model.tabs) this.model.endSession(other);
        await tab.session.signIn(account, '');
        await this.calm();
        await this.sendAll(tab);
        this.model.closeTab(tab, true);
        this.model.openTab(tab.name, tab.page);
        await this.calm();
      }
    }
    const served = new Set(this.served());
    const unsent = [...this.words]
      .filter(([word, { gone }]) => !gone && !served.has(word))
      .map(([word]) => word);
    this.add('cannot be sent', unsent);
    this.check();
  }

  async sendAll(tab: Tab): Promise<void> {
    this.note(tab, `as ${tab.account} sends what is left: ${JSON.stringify(this.opened(tab))}`);
    for (const { id } of this.model.tickets.filter(({ owner }) => owner === tab.account)) {
      const conversation = this.model.conversation(tab, id);
      this.model.deliverEvents();
      conversation.writer.compose(false);
      for (
        let tries = 0;
        tries < 4 && conversation.writer.store.getState().text !== '';
        tries += 1
      ) {
        void conversation.send();
        await this.calm();
      }
    }
    const draft = tab.session.work().newTicket();
    const { ticket } = draft.store.getState();
    if (ticket.subject === '' && ticket.message === '') return;
    if (ticket.subject === '') draft.set({ subject: this.word(tab.account!) });
    // Too short or too long, it is put right by hand.
    draft.set({ message: `${ticket.message} ${ticket.subject.slice(98)} and more` });
    draft.set({ subject: draft.store.getState().ticket.subject.slice(0, 98) });
    void draft.send();
    await this.calm();
  }
}
