import { mkdirSync, rmSync } from 'node:fs';
import { act } from './act.ts';
import { isOfClosedFile, setExitListener } from './exits.ts';
import { forbidRealWorld } from './guard.ts';
import { everythingIsKept, nobodyIsWoken } from './kept.ts';
import type { Machine } from './machine.ts';
import { comeToRest } from './rest.ts';
import { signIn } from './sign-in.ts';
import { setWriteListener } from './sqlite-hook.ts';
import { faultyPath } from './storage-faults.ts';
import { isFault, planSteps, stepOn, type Step } from './steps.ts';
import { createTrace } from './trace.ts';
import { accountName, accountOn, createWorld, inWords, siteOf, type World } from './world.ts';

export interface HistoryOptions {
  seed: number;
  steps: number;
  /** Only these steps of the plan; all when absent. */
  keep?: readonly number[];
  /** Kinds of steps that are left out. */
  without?: readonly string[];
  /** An empty folder of its own, removed afterwards. */
  home: string;
  /** Keeps the trace's lines. */
  trace?: boolean;
}
export interface History {
  seed: number;
  failure: {
    check: string;
    detail: string;
    /** Index of the step after which it showed; the number of steps when at rest. */ at: number;
  } | null;
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
export async function runHistory({
  seed,
  steps,
  keep,
  without = [],
  home,
  trace: keepTrace = false,
}: HistoryOptions): Promise<History> {
  mkdirSync(home, { recursive: true });
  const trace = createTrace(keepTrace);
  const world = createWorld(seed, home, trace);
  const allow = forbidRealWorld((error) => {
    world.ledger.violate(
      'no real time or chance',
      `${error.message} ${error.stack?.split('\n').slice(2, 5).join(' ') ?? ''}`,
    );
  });
  const quietly = listenForFaults(world);
  setExitListener((error) => {
    if (!isOfTheDead(world, error))
      world.ledger.violate(
        'no exit',
        `a rejection that nobody handles ends the desk: ${inWords(error)}`,
      );
  });
  setWriteListener((file) => {
    for (const machine of world.machines) machine.written(file);
  });
  const done: History['done'] = [];
  const plan = planSteps(seed, steps)
    .flatMap((step) => stepOn(world.level, step) ?? [])
    .filter(
      ({ index, kind }) => (keep === undefined || keep.includes(index)) && !without.includes(kind),
    );
  let failure: History['failure'] = null;
  try {
    for (const [i, machine] of world.machines.entries())
      await signIn(machine, world.agents[i] ?? world.colleague);
    for (const machine of world.machines)
      if (!accountOn(machine)) world.ledger.violate('a first sign-in works', machine.name);
    for (const step of plan) {
      const what = await act(world, step);
      trace.add(`${world.time.now()} step ${step.index} ${what}`);
      done.push({ step, what });
      failure = await lookAround(world, step.index);
      if (failure) break;
    }
    if (!failure) {
      await comeToRest(world);
      everythingIsKept(world);
      failure = firstViolation(world, steps);
    }
  } catch (error) {
    failure = {
      check: 'no error',
      detail:
        error instanceof Error
          ? `${error.message} ${error.stack?.split('\n')[1] ?? ''}`
          : String(error),
      at: done.length,
    };
  } finally {
    setWriteListener(null);
    setExitListener(null);
    for (const machine of world.machines) machine.end();
    quietly();
    allow();
    rmSync(home, { recursive: true, force: true });
  }
  trace.add(`end ${world.time.now()} ${JSON.stringify(failure)}`);
  return {
    seed,
    failure,
    steps: done.length,
    faults: done.filter(({ step }) => isFault(step.kind)).length,
    operations: world.ledger.entries.size,
    parked: [...world.ledger.entries.values()].filter((e) => e.state === 'open').length,
    rolledBack: world.ledger.rolledBack(),
    virtualMs: world.time.now(),
    hash: trace.hash(),
    lines: trace.lines(),
    done,
  };
}

const betweenStepsMs = 700;

/**
 * After each step: machines that were killed start again, a moment passes, and what holds at every
 * moment is looked at.
 */
async function lookAround(world: World, at: number): Promise<History['failure']> {
  // What a dead process was in the middle of must have run out before its files are closed under
  // it.
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
  const items = account ? machine.look('outbox.list', {}) : null;
  if (account && items)
    world.ledger.shown(
      machine.name,
      accountName(machine, account.id),
      items,
      siteOf(world, machine).state(),
    );
  nobodyIsWoken(world, machine);
}

function firstViolation(world: World, at: number): History['failure'] {
  const [first] = world.ledger.violations;
  return first ? { ...first, at } : null;
}

/** What a killed desk had begun, and finds its files closed or refusing. */
function isOfTheDead(world: World, error: unknown): boolean {
  const path = faultyPath(error);
  if (path !== null) return !world.machines.some((machine) => machine.lives(path));
  return isOfClosedFile(error) && world.machines.some((machine) => machine.wasKilled());
}

/**
 * What the desk reports as unexpected is a fault of its own, except for what a disk refused and
 * what a killed one had begun.
 */
function listenForFaults(world: World): () => void {
  const [real, { warn }] = [console.error, console];
  console.error = (...words: unknown[]) => {
    if (words.some((word) => faultyPath(word) !== null || isOfTheDead(world, word))) return;
    world.ledger.violate('no unexpected error', words.map(inWords).join(' '));
  };
  // What a desk warns of, it has taken care of.
  console.warn = () => undefined;
  return () => {
    console.error = real;
    console.warn = warn;
  };
}
