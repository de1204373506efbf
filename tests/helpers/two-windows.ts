import { vi } from 'vitest';
import {
  bridgeCalls,
  MessageKind as Kinds,
  type CallInput,
  type CallName,
  type Draft,
  type MessageKind,
} from '../../src/contract/bridge.ts';
import { BridgeError } from '../../src/contract/errors.ts';
import { isBlank, writtenText } from '../../src/contract/text.ts';
import {
  draftsOf,
  draftVersions,
  putBack,
  removeSentDraft,
  restoreVersion,
} from '../../src/main/desk/areas/compose/drafts.ts';
import type { WriteDb } from '../../src/main/desk/sqlite/connection.ts';
import {
  acknowledge,
  discard,
  enqueue,
  markInflight,
  openOperations,
  operationById,
  release,
  settledOperations,
} from '../../src/main/desk/areas/outbox/operations.ts';
import { createDesk, type Desk } from '../../src/renderer/bridge/client.ts';
import { createComposer, type Composer } from '../../src/renderer/areas/compose/composer-store.ts';
import { keepDraft, sentBefore } from '../../src/main/desk/areas/compose/draft-saves.ts';
import { createToasts } from '../../src/renderer/toasts.ts';
import { createUndo } from '../../src/renderer/areas/triage/undo.ts';
import { chance, pick, uuid, type Random } from '../../src/server/demo/random.ts';

type Fate = 'answered' | 'lost before' | 'lost after' | 'refused';
/** A call between window and desk: it has not arrived yet, or its answer has not. */
interface Call {
  name: string;
  act: () => unknown;
  tell: (error: BridgeError | null, value?: unknown, revision?: number) => void;
  result: { value: unknown; revision: number } | { error: BridgeError } | null;
  safe: boolean;
  page: Page;
}
interface Page {
  desk: Desk;
  composer: Composer;
  takeBack: (id: string) => Promise<void>;
  calls: Call[];
  leaving: boolean;
  reading: boolean;
  /**
   * As in live-queries.ts: what was committed since the thread was pushed, and what is on its way.
   */
  due: 'no' | 'own' | 'yes';
  told: string;
  pushes: { revision: number; drafts: Draft[] }[];
  /** Whether the agent may have brought a sent text back into it. */
  broughtBack: boolean;
}
interface Obligation {
  kind: MessageKind;
  text: string;
  why: string;
}

/**
 * Two windows of one desk and what lies between, moved a step at a time by chance: what is under
 * way arrives late, in any order, or not at all. After each step all that was on a screen, and that
 * nobody has typed over, must be somewhere.
 */
export function createTwoWindows(db: WriteDb, random: Random) {
  const ticketId = uuid(random);
  const accountId = ticketId;
  let now = Date.UTC(2026, 10, 30);
  let words = 0;
  /** How much the desk has committed. */
  let revision = 0;
  const trace: string[] = [];
  const pages: Page[] = [];
  /** Calls of pages that are gone; those of a page as it went arrive. */
  const orphans: Call[] = [];
  const owed: Obligation[] = [];
  const leftBehind: Obligation[] = [];
  const madeBy = new Map<string, Page>();
  const typedOver: { kind: MessageKind; text: string }[] = [];

  const place = (kind: MessageKind) => ({ accountId, ticketId, kind });
  const operations = () =>
    [
      ...openOperations(db, accountId),
      ...settledOperations(db, accountId, 'acked', 0, 1e6),
      ...settledOperations(db, accountId, 'discarded', 0, 1e6),
    ].filter((one) => one.ticketId === ticketId);
  /** Until the desk writes again. */
  let known: Map<MessageKind, string[]> | null = null;
  const stored = (kind: MessageKind): string[] => {
    known ??= new Map(Kinds.options.map((one) => [one, readStored(one)]));
    return known.get(kind) ?? [];
  };
  const readStored = (kind: MessageKind): string[] => [
    ...draftsOf(db, accountId, ticketId)
      .filter((draft) => draft.kind === kind)
      .map(({ text }) => text),
    ...draftVersions(db, place(kind)).map(({ text }) => text),
    ...operations().flatMap(({ intent }) => (intent.kind === kind ? [intent.text] : [])),
  ];
  const shown = (kind: MessageKind): string[] =>
    pages.filter((page) => !page.leaving).map((page) => page.composer.text(ticketId, kind));
  const within = (texts: readonly string[], text: string): boolean =>
    texts.some((one) => one.includes(writtenText(text)));
  const isTypedOver = ({ kind, text }: { kind: MessageKind; text: string }): boolean =>
    within(
      typedOver.filter((one) => one.kind === kind).map((one) => one.text),
      text,
    );

  /** As compose/compose.ts of the desk, without a ticket in the cache. */
  const handlers: Record<string, (input: never) => unknown> = {
    'draft.save': (input: CallInput<'draft.save'>) =>
      keepDraft({ own: { db, key: accountId }, now, desk: null }, input),
    'compose.send': (input: CallInput<'compose.send'>) => {
      const { kind, text, replaces, attempt } = input;
      const byId = (id: string) => operationById(db, accountId, id);
      const before = sentBefore(byId, input);
      if (before !== null) {
        if (before === attempt) removeSentDraft(db, { ...place(kind), text });
        return { operation_id: before, held_ms: 0 };
      }
      const id = attempt !== undefined && byId(attempt) === null ? attempt : uuid(random);
      enqueue(db, {
        id,
        accountId,
        ticketId,
        intent: kind === 'reply' ? { kind, text } : { kind, text, mentions: [] },
        createdAt: now,
        state: chance(random, 0.7) ? 'held' : 'queued',
        seenThrough: null,
        replaces,
      });
      return { operation_id: id, held_ms: 0 };
    },
    'compose.takeBack': ({ operation_id: id }: CallInput<'compose.takeBack'>) =>
      textBack(id, () => discard(db, id, now)),
    'outbox.restore': ({ operation_id: id }: CallInput<'outbox.restore'>) =>
      textBack(id, () => true),
    'draft.restoreVersion': ({ kind, text }: CallInput<'draft.restoreVersion'>) => ({
      ticket_id: ticketId,
      kind,
      ...restoreVersion(db, { ...place(kind), text, at: now }),
    }),
  };
  const textBack = (id: string, take: () => boolean): unknown =>
    db.transaction(() => {
      const intent = operationById(db, accountId, id)?.intent;
      if ((intent?.kind !== 'reply' && intent?.kind !== 'note') || !take())
        throw new BridgeError('not-undoable');
      return {
        ticket_id: ticketId,
        kind: intent.kind,
        ...putBack(db, { ...place(intent.kind), text: intent.text, actions: {}, at: now }),
      };
    });

  function openPage(): Page {
    const calls: Call[] = [];
    const page = {
      calls,
      leaving: false,
      reading: false,
      due: 'no',
      told: '',
      pushes: [] as Page['pushes'],
      broughtBack: false,
    } as unknown as Page;
    const toasts = createToasts();
    page.desk = createDesk({
      shell: 'loopback',
      on: () => () => undefined,
      call: (name: CallName, input) =>
        new Promise((done) => {
          calls.push({
            name,
            result: null,
            safe: page.leaving,
            page,
            act: () => {
              const value = handlers[name]?.(bridgeCalls[name].input.parse(input) as never);
              if (name === 'compose.send')
                madeBy.set((value as { operation_id: string }).operation_id, page);
              return value;
            },
            tell: (error, value, at) => {
              done(
                error
                  ? { ok: false, error: error.toShape() }
                  : { ok: true, value, ...(at === undefined ? {} : { revision: at }) },
              );
            },
          });
        }),
    });
    page.composer = createComposer(page.desk, toasts);
    const { takeBack } = createUndo({
      desk: page.desk,
      toasts,
      saveTyped: () => page.composer.flush(),
      bringBack: (call) => page.composer.bringBack(call),
    });
    page.takeBack = takeBack;
    return page;
  }

  /** The window asks for the thread, at most once at a time, as its store does. */
  function read(page: Page, opening = false): void {
    if (page.reading) return;
    page.reading = true;
    const asked = page.composer.mark();
    page.calls.push({
      name: 'thread.get',
      result: null,
      safe: false,
      page,
      act() {
        const drafts = draftsOf(db, accountId, ticketId);
        // It is watched anew.
        Object.assign(page, { due: 'no', told: JSON.stringify(drafts), pushes: [] });
        return drafts;
      },
      tell: (error, value, at) => {
        page.reading = false;
        // Once the window has its connection back.
        if (error && !page.leaving) read(page, opening);
        if (!error && !page.leaving)
          page.composer.restore(ticketId, value as Draft[], {
            asked: at === undefined ? asked : page.composer.mark(),
            ...(at === undefined ? {} : { revision: at }),
            opening,
          });
      },
    });
  }

  /** `saver`: the window that has saved a draft; null: something else was committed. */
  function commit(saver: Page | null): void {
    revision += 1;
    for (const page of pages) page.due = page.due !== 'yes' && page === saver ? 'own' : 'yes';
    // It shows what it has saved, whatever was pushed to it before.
    if (saver) saver.told = 'its own';
  }

  /** The desk runs the thread again for a window. */
  function runAgain(page: Page): void {
    const drafts = draftsOf(db, accountId, ticketId);
    const isNews = page.due === 'yes' && page.told !== JSON.stringify(drafts);
    Object.assign(page, { due: 'no', told: JSON.stringify(drafts) });
    if (isNews) page.pushes.push({ revision, drafts });
  }

  /** Pushes arrive in their order, whatever overtakes them. */
  function hear(page: Page): void {
    const push = page.pushes.shift();
    if (!push || page.leaving) return;
    trace.push(`  window ${pages.indexOf(page)} hears ${JSON.stringify(push)}`);
    const from = { asked: page.composer.mark(), revision: push.revision };
    page.composer.restore(ticketId, push.drafts, from);
  }

  function arrive(call: Call): void {
    known = null;
    try {
      const value = call.act();
      if (call.name !== 'thread.get') commit(call.name === 'draft.save' ? call.page : null);
      call.result = { value, revision };
    } catch (error) {
      if (!(error instanceof BridgeError)) throw error;
      call.result = { error };
    }
  }

  function move(calls: Call[], call: Call, fate: Fate): void {
    trace.push(`  ${call.name} ${call.result ? 'answer ' : ''}${fate}`);
    if (call.result === null && fate === 'answered') {
      arrive(call);
      return;
    }
    if (call.result === null && fate === 'lost after') arrive(call);
    calls.splice(calls.indexOf(call), 1);
    if (fate === 'refused' && call.result === null) call.tell(new BridgeError('disk-full'));
    else if (fate === 'answered' && call.result && 'value' in call.result)
      call.tell(null, call.result.value, call.result.revision);
    else
      call.tell(
        call.result && 'error' in call.result ? call.result.error : new BridgeError('shell-gone'),
      );
  }

  const fateOf = (call: Call): Fate =>
    call.safe || chance(random, 0.85)
      ? 'answered'
      : pick(
          random,
          call.result === null
            ? (['lost before', 'lost after', 'refused'] as const)
            : (['lost after'] as const),
        );

  /**
   * Types in a window. Text that the agent types over is theirs to lose; text that is added takes
   * nothing away.
   */
  function type(page: Page, kind: MessageKind, to: (text: string) => string): void {
    const before = page.composer.text(ticketId, kind);
    const after = to(before);
    if (!after.includes(before)) {
      typedOver.push({ kind, text: before });
      for (let i = owed.length - 1; i >= 0; i -= 1)
        if (owed[i]?.kind === kind && isTypedOver(owed[i] ?? { kind, text: '' })) owed.splice(i, 1);
    }
    page.composer.type(ticketId, kind, after);
    page.composer.caretAt(ticketId, kind, after.length);
  }

  const word = (): string => `${chance(random, 0.1) ? '\n  ' : ''}w${(words += 1)}.`;
  const acts: [name: string, weight: number, act: (page: Page, kind: MessageKind) => void][] = [
    [
      'type',
      8,
      (page, kind) => {
        type(page, kind, (text) => text + word());
      },
    ],
    [
      'delete a word',
      1,
      (page, kind) => {
        type(page, kind, (text) => text.replace(/\s*w\d+\.$/u, ''));
      },
    ],
    [
      'delete all',
      1,
      (page, kind) => {
        type(page, kind, () => '');
      },
    ],
    [
      'macro',
      2,
      (page, kind) => {
        page.composer.caretAt(ticketId, kind, 1e6);
        page.composer.insert(ticketId, kind, word(), { actions: { status: 'resolved' } });
      },
    ],
    [
      'send',
      5,
      (page, kind) => {
        void page.composer.send(ticketId, kind, null);
      },
    ],
    [
      'take back',
      3,
      (page) => {
        const held = operations().filter(({ state }) => state === 'held' || state === 'queued');
        if (held.length > 0) void page.takeBack(pick(random, held).id);
      },
    ],
    [
      'restore from the bin',
      1,
      (page) => {
        const bin = operations().filter(({ state }) => state === 'discarded');
        if (bin.length > 0)
          void page.composer
            .flush()
            .then(() =>
              page.composer.bringBack(() =>
                page.desk.call('outbox.restore', { operation_id: pick(random, bin).id }),
              ),
            )
            .catch(() => undefined);
      },
    ],
    [
      'restore a version',
      1,
      (page, kind) => {
        const versions = draftVersions(db, place(kind));
        if (versions.length > 0)
          void page.composer.restoreVersion(ticketId, kind, pick(random, versions).text);
      },
    ],
    [
      'blur',
      2,
      (page) => {
        void page.composer.flush();
      },
    ],
    [
      'read',
      1,
      (page) => {
        read(page);
      },
    ],
    [
      'reload',
      1,
      (page) => {
        reload(page);
      },
    ],
  ];
  const totalWeight = acts.reduce((sum, [, weight]) => sum + weight, 0);

  function reload(page: Page): void {
    page.leaving = true;
    for (const kind of Kinds.options) {
      const text = page.composer.text(ticketId, kind);
      if (!isBlank(text)) leftBehind.push({ kind, text, why: 'was on screen as the page went' });
    }
    page.composer.leave();
    orphans.push(...page.calls);
    page.calls.length = 0;
    const fresh = openPage();
    pages[pages.indexOf(page)] = fresh;
    read(fresh, true);
  }

  function act(): void {
    const page = pick(random, pages);
    const kind: MessageKind = chance(random, 0.8) ? 'reply' : 'note';
    let at = random() * totalWeight;
    const chosen = acts.find(([, weight]) => (at -= weight) < 0) ?? acts[0];
    if (!chosen) return;
    const [name, , run] = chosen;
    trace.push(`window ${pages.indexOf(page)} ${kind}: ${name}`);
    // A text that comes back is in the draft that both windows show.
    if (name === 'take back' || name.startsWith('restore'))
      for (const one of pages) one.broughtBack = true;
    run(page, kind);
  }

  /** The server takes what is no longer held. */
  function serverTakes(): void {
    const open = operations().filter(({ state }) => state === 'held' || state === 'queued');
    if (open.length === 0) return;
    const { id } = pick(random, open);
    known = null;
    commit(null);
    release(db, id);
    if (markInflight(db, id)) acknowledge(db, id, uuid(random), now);
  }

  async function settle(): Promise<void> {
    for (let i = 0; i < 12; i += 1) await Promise.resolve();
  }

  async function step(): Promise<void> {
    now += 20;
    const before = pages.map((page) => ({
      page,
      texts: Kinds.options.map((kind) => page.composer.text(ticketId, kind)),
    }));
    const typed = typedOver.length;
    const under = [...pages.map(({ calls }) => calls), orphans].filter((calls) => calls.length > 0);
    const what = random();
    if (what < 0.5 && under.length > 0) {
      const calls = pick(random, under);
      const call = pick(random, calls);
      move(calls, call, fateOf(call));
    } else if (what < 0.57) vi.advanceTimersByTime(300);
    else if (what < 0.6) serverTakes();
    else if (what < 0.72) pick(random, [runAgain, hear])(pick(random, pages));
    else act();
    await settle();
    for (const { page, texts } of before)
      if (!page.leaving)
        for (const [i, kind] of Kinds.options.entries())
          oweIfGone(page, kind, texts[i] ?? '', typed);
    if (orphans.every(({ safe }) => !safe)) owed.push(...leftBehind.splice(0));
  }

  function oweIfGone(page: Page, kind: MessageKind, text: string, typed: number): void {
    if (
      isBlank(text) ||
      typedOver.length > typed ||
      within([page.composer.text(ticketId, kind)], text)
    )
      return;
    owed.push({ kind, text, why: `was on the screen of window ${pages.indexOf(page)}` });
  }

  /** Texts that are owed and nowhere, and texts that are said to be saved and are not. */
  function missing(): string[] {
    const gone = owed
      .filter(
        (one) => !isTypedOver(one) && !within([...stored(one.kind), ...shown(one.kind)], one.text),
      )
      .map(({ kind, text, why }) => `${kind} ${JSON.stringify(text)} ${why}`);
    const unsaved = pages
      .filter((page) => page.composer.state.getState().saved === 'saved')
      .flatMap((page) =>
        Kinds.options.flatMap((kind) => {
          const text = page.composer.text(ticketId, kind);
          return isBlank(text) || isTypedOver({ kind, text }) || within(stored(kind), text)
            ? []
            : [`${kind} ${JSON.stringify(text)} is said to be saved`];
        }),
      );
    return [...gone, ...unsaved];
  }

  /** Messages that one window has made twice, though nobody brought their text back. */
  function doubles(): string[] {
    const made = operations().filter(
      ({ id, state }) => state !== 'discarded' && madeBy.get(id)?.broughtBack === false,
    );
    const seen = new Set<string>();
    return made.flatMap(({ id, intent }) => {
      const what = `${pages.indexOf(madeBy.get(id) ?? (pages[0] as Page))} ${intent.kind} ${JSON.stringify('text' in intent ? intent.text : '')}`;
      const isSecond = seen.has(what);
      seen.add(what);
      return isSecond ? [`${what} was made twice`] : [];
    });
  }

  /** All that is under way arrives, and every window looks once more. */
  async function rest(): Promise<void> {
    for (let round = 0; round < 200; round += 1) {
      vi.advanceTimersByTime(300);
      await settle();
      const calls = [...pages.map((page) => page.calls), orphans].find((list) => list.length > 0);
      if (!calls) return;
      const [call] = calls;
      if (call) move(calls, call, 'answered');
      await settle();
    }
    throw new Error('the windows never come to rest');
  }

  pages.push(openPage(), openPage());
  for (const page of pages) read(page, true);
  return {
    step,
    missing,
    doubles,
    rest,
    trace,
    owe: (): number => owed.length,
    async agree(): Promise<string[][]> {
      for (const page of pages) void page.composer.flush();
      await rest();
      for (const page of pages) {
        runAgain(page);
        while (page.pushes.length > 0) hear(page);
      }
      await rest();
      // The ticket is opened again.
      for (const page of pages) read(page);
      await rest();
      const drafts = draftsOf(db, accountId, ticketId);
      return Kinds.options.flatMap((kind) => [
        [
          drafts.find((draft) => draft.kind === kind)?.text ?? '',
          ...pages.map((page) => page.composer.text(ticketId, kind)),
        ].map((text) => (isBlank(text) ? '' : text)),
      ]);
    },
    end(): void {
      for (const page of pages) page.composer.clear();
    },
  };
}
