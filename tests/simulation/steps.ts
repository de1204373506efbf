import { createChance } from './chance.ts';
import { wireFaultNames, type WireFault } from './faults.ts';

/**
 * What agents, customers and colleagues do, how time passes, and what goes wrong beside the wire.
 */
const deeds = [
  'reply',
  'note',
  'change',
  'tags',
  'snooze',
  'close',
  'reopen',
  'draft',
  'mark read',
  'retry parked',
  'discard',
  'sign out',
  'change user',
  'look again',
  'keeps less',
  'keeps all',
  'opens by link',
  'customer writes',
  'customer opens',
  'customer closes',
  'customer looks',
  'colleague changes',
  'colleague notes',
  'colleague closes',
  'colleague renames',
  'ticket deleted',
  'message deleted',
  'straggler begins',
  'straggler ends',
  'backup',
  'folder copied',
  'seconds pass',
  'minutes pass',
  'an hour passes',
] as const;
const troubles = [
  'network down',
  'network down for hours',
  'network up',
  'session revoked',
  'stream drops',
  'event burst',
  'clock jumps',
  'crash',
  'crash while writing',
  'restart',
  'role lost',
  'role back',
  'server restored',
  'folder restored',
  'both restored',
  'file swapped',
  'disk refuses',
  'disk works',
  'key taken',
  'another server',
  'own server again',
] as const;
export type Deed = (typeof deeds)[number];
export type Trouble = (typeof troubles)[number];
export type StepKind = Deed | Trouble | WireFault;
const stepKinds: readonly string[] = [...deeds, ...troubles, ...wireFaultNames];

/** Kinds of steps by comma. Throws on one that there is not, which would silently be left in. */
export function readKinds(text: string): string[] {
  const kinds = text.split(',');
  const wrong = kinds.find((kind) => !stepKinds.includes(kind));
  if (wrong !== undefined)
    throw new Error(`${wrong} is no kind of step. There are: ${stepKinds.join(', ')}.`);
  return kinds;
}

/** A step has its own seed, so that leaving others out does not change it. */
export interface Step {
  index: number;
  kind: StepKind;
  seed: number;
}

const weights: Record<Deed | Trouble, number> = {
  reply: 18,
  note: 9,
  change: 11,
  tags: 4,
  snooze: 3,
  close: 4,
  reopen: 5,
  draft: 4,
  'mark read': 2,
  'retry parked': 4,
  discard: 2,
  'sign out': 1,
  'change user': 1,
  'look again': 1,
  'keeps less': 2,
  'keeps all': 0.7,
  'opens by link': 2,
  'customer writes': 9,
  'customer opens': 4,
  'customer closes': 2,
  'customer looks': 3,
  'colleague changes': 6,
  'colleague notes': 3,
  'colleague closes': 2,
  'colleague renames': 1,
  'ticket deleted': 0.6,
  'message deleted': 0.6,
  'straggler begins': 2,
  'straggler ends': 2,
  backup: 1,
  'folder copied': 1,
  'seconds pass': 12,
  'minutes pass': 2,
  'an hour passes': 0.1,
  'network down': 2,
  'network down for hours': 0.1,
  'network up': 3,
  'session revoked': 0.7,
  'stream drops': 2,
  'event burst': 1,
  'clock jumps': 3,
  crash: 2,
  'crash while writing': 4,
  restart: 1.5,
  'role lost': 0.6,
  'role back': 1,
  'server restored': 0.5,
  'folder restored': 0.8,
  'both restored': 0.4,
  'file swapped': 0.6,
  'disk refuses': 2.5,
  'disk works': 1.5,
  'key taken': 1.5,
  'another server': 0.6,
  'own server again': 1.5,
};
/**
 * What a server of level 1 cannot do, or cannot tell, and what happens there instead; null:
 * nothing. A network that doubles a request there doubles a message.
 */
const onLevelOne: Partial<Record<StepKind, StepKind | null>> = {
  note: 'reply',
  change: 'reply',
  tags: 'close',
  snooze: 'draft',
  reopen: 'customer writes',
  'colleague notes': 'customer writes',
  'straggler begins': 'folder copied',
  'server restored': 'folder restored',
  'both restored': 'folder restored',
  'another server': 'folder restored',
  'key taken': 'drop-answer',
  duplicate: 'drop-answer',
  'odd-page': 'drop-answer',
  'keeps less': null,
  'keeps all': null,
  'opens by link': null,
  'straggler ends': null,
  'message deleted': null,
  'event burst': null,
  'role lost': null,
  'role back': null,
  'own server again': null,
};

/** The step as a server of this level knows it; null where that is none. */
export function stepOn(level: 1 | 2, step: Step): Step | null {
  const kind = level === 2 ? step.kind : onLevelOne[step.kind];
  if (kind === null) return null;
  return kind === undefined ? step : { ...step, kind };
}

const wireFaultWeight = 1.6;

const table: { kind: StepKind; upTo: number }[] = [];
let total = 0;
for (const kind of [...deeds, ...troubles]) table.push({ kind, upTo: (total += weights[kind]) });
for (const kind of wireFaultNames) table.push({ kind, upTo: (total += wireFaultWeight) });

const recoveries: ReadonlySet<StepKind> = new Set([
  'network up',
  'role back',
  'disk works',
  'own server again',
]);

/** Steps that are faults: the wire's, and every trouble that is not a recovery. */
export function isFault(kind: StepKind): boolean {
  if (recoveries.has(kind)) return false;
  return (
    (troubles as readonly string[]).includes(kind) ||
    (wireFaultNames as readonly string[]).includes(kind)
  );
}

/** The steps of a seed. A longer plan begins with the shorter one. */
export function planSteps(seed: number, count: number): Step[] {
  const chance = createChance(seed, 'steps');
  return Array.from({ length: count }, (_, index) => {
    const at = chance.random() * total;
    const kind = table.find((row) => at < row.upTo)?.kind ?? 'seconds pass';
    return { index, kind, seed: chance.between(0, 2 ** 31) };
  });
}
