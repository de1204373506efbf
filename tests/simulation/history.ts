import { mkdirSync, rmSync } from 'node:fs';
import { act, signIn } from './act.ts';
import { forbidRealWorld } from './guard.ts';
import type { Machine } from './machine.ts';
import { comeToRest } from './rest.ts';
import { setWriteListener } from './sqlite-hook.ts';
import type { Step } from './steps.ts';
import { isFault, planSteps } from './steps.ts';
import { createTrace } from './trace.ts';
import type { World } from './world.ts';
import { accountOn, createWorld, draftKey, outboxOf } from './world.ts';

export interface HistoryOptions {
  seed: number;
  steps: number;
  /** Only these steps of the plan; all when absent. */
  keep?: readonly number[];
  /** An empty folder of its own, removed afterwards. */
  home: string;
  /** Keeps the trace's lines. */
  trace?: boolean;
}
export interface History {
  seed: number;
  failure: { check: string; detail: string; /** Index of the step after which it showed; the number of steps when at rest. */ at: number } | null;
  steps: number;
  faults: number;
  operations: number;
  parked: number;
  rolledBack: number;
  virtualMs: number;
  hash: string;
  lines: string[];
  done: { step: Step; what: string }[];
}

/** Lives through one history of a seed. Nothing in it but the seed decides what happens. */
export async function runHistory({ seed, steps, keep, home, trace: keepTrace = false }: HistoryOptions): Promise<History> {
  mkdirSync(home, { recursive: true });
  const trace = createTrace(keepTrace);
  const world = createWorld(seed, home, trace);
  const allow = forbidRealWorld((error) => { world.ledger.violate('no real time or chance', `${error.message} ${error.stack?.split('\n').slice(2, 5).join(' ') ?? ''}`); });
  const quietly = listenForFaults(world);
  setWriteListener((file) => { for (const machine of world.machines) machine.written(file); });
  const done: History['done'] = [];
  const plan = planSteps(seed, steps).filter(({ index }) => keep === undefined || keep.includes(index));
  let failure: History['failure'] = null;
  try {
    for (const [i, machine] of world.machines.entries()) await signIn(machine, world.agents[i] ?? world.colleague);
    for (const machine of world.machines) if (!accountOn(machine)) world.ledger.violate('a first sign-in works', machine.name);
    for (const step of plan) {
      const what = await act(world, step);
      trace.add(`${world.time.now()} step ${step.index} ${what}`);
      done.push({ step, what });
      failure = await lookAround(world, step.index);
      if (failure) break;
    }
    if (!failure) {
      await comeToRest(world);
      draftsAreKept(world);
      failure = firstViolation(world, steps);
    }
  } catch (error) {
    failure = { check: 'no error', detail: error instanceof Error ? `${error.message} ${error.stack?.split('\n')[1] ?? ''}` : String(error), at: done.length };
  } finally {
    setWriteListener(null);
    for (const machine of world.machines) machine.end();
    quietly();
    allow();
    rmSync(home, { recursive: true, force: true });
  }
  trace.add(`end ${world.time.now()} ${JSON.stringify(failure)}`);
  return {
    seed, failure, steps: done.length, faults: done.filter(({ step }) => isFault(step.kind)).length, operations: world.ledger.entries.size,
    parked: [...world.ledger.entries.values()].filter((e) => e.state === 'open').length, rolledBack: world.ledger.rolledBack(), virtualMs: world.time.now(),
    hash: trace.hash(), lines: trace.lines(), done,
  };
}

const betweenStepsMs = 700;

/** After each step: machines that were killed start again, a moment passes, and what holds at every moment is looked at. */
async function lookAround(world: World, at: number): Promise<History['failure']> {
  // What a dead process was in the middle of must have run out before its files are closed under it.
  await world.time.runUntil(world.time.now());
  for (const machine of world.machines) machine.recover();
  await world.time.runUntil(world.time.now() + betweenStepsMs);
  for (const machine of world.machines) {
    machine.recover();
    if (machine.hasNews()) lookAt(world, machine);
  }
  return firstViolation(world, at);
}

function lookAt(world: World, machine: Machine): void {
  const account = accountOn(machine);
  if (account) world.ledger.shown(machine.name, account.id, outboxOf(machine), world.model.state());
}

function firstViolation(world: World, at: number): History['failure'] {
  const [first] = world.ledger.violations;
  return first ? { ...first, at } : null;
}

/** The composers of whoever is signed in hold what was typed last. */
function draftsAreKept(world: World): void {
  for (const machine of world.machines) {
    const account = accountOn(machine);
    if (!account) continue;
    for (const [key, text] of world.drafts) {
      const [name, owner, ticket = '', kind] = key.split(' ');
      if (name !== machine.name || owner !== account.id || text === null) continue;
      const thread = machine.look('thread.get', { ticket_id: ticket, before: null, limit: 1 });
      if (!thread) continue;
      const found = thread.drafts.find((d) => d.kind === kind)?.text ?? '';
      if (found !== text) world.ledger.violate('drafts kept', `${draftKey(machine, account.id, ticket, kind ?? '')} holds "${found}", not "${text}"`);
    }
  }
}

/** What the desk reports as unexpected is a fault of its own, except for what a killed one had begun and finds its files closed. */
function listenForFaults(world: World): () => void {
  const real = console.error;
  console.error = (...words: unknown[]) => {
    if (words.some((word) => word instanceof TypeError && word.message === 'The database connection is not open') && world.machines.some((machine) => machine.wasKilled())) return;
    world.ledger.violate('no unexpected error', words.map((word) => (word instanceof Error ? `${word.message} ${word.stack?.split('\n').slice(1, 4).join(' ') ?? ''}` : String(word))).join(' '));
  };
  return () => { console.error = real; };
}
