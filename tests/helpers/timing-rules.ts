import { parseSync, Visitor } from 'vite';

export interface TimingViolation {
  file: string;
  line: number;
  rule: string;
}

/** Only a test that hangs may meet it, however much else the machine does. */
const leastPatienceMs = 100_000;

export const timingRules = {
  elapsed: 'elapsed time is measured in bench',
  sleep: 'a test waits for what is to come, not for a time',
  patience: `a time-out is ${leastPatienceMs / 1000} s at least`,
} as const;

type Node = { type: string; start: number };
interface Named extends Node {
  name?: string;
  value?: unknown;
  object?: Named;
  property?: Named;
  callee?: Named;
  operator?: string;
  left?: Named;
}

/** Finds where a test would sleep, or fail, by the clock on the wall. */
export function findTimings(file: string, source: string): TimingViolation[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0)
    throw new Error(`${file} cannot be read: ${errors.map((error) => error.message).join('; ')}`);
  const found: TimingViolation[] = [];
  const add = (node: Node, rule: keyof typeof timingRules): void => {
    found.push({
      file,
      line: source.slice(0, node.start).split('\n').length,
      rule: timingRules[rule],
    });
  };
  new Visitor({
    MemberExpression(node) {
      if (isClock(node as Named)) add(node, 'elapsed');
    },
    Identifier(node) {
      if (node.name === 'monitorEventLoopDelay') add(node, 'elapsed');
    },
    BinaryExpression(node) {
      // The age of something noted before; a time some days back has a number or a product there.
      const isAge =
        node.operator === '-' &&
        isNow(node.left as Named) &&
        ['Identifier', 'MemberExpression'].includes(node.right.type);
      if (isAge) add(node, 'elapsed');
    },
    CallExpression(node) {
      const callee = node.callee as Named;
      const [, delay] = node.arguments as Named[];
      if (callee.name === 'setTimeout' && !(delay?.type === 'Literal' && delay.value === 0))
        add(node, 'sleep');
      if (isTight(callee.property?.name ?? '', node.arguments[0] as Named | undefined))
        add(node, 'patience');
    },
    ImportDeclaration(node) {
      const sleeps = node.specifiers.some(
        (one) => one.type === 'ImportSpecifier' && (one.imported as Named).name === 'setTimeout',
      );
      if (node.source.value.endsWith('timers/promises') && sleeps) add(node, 'sleep');
    },
    Property(node) {
      const value = node.value as Named;
      if (
        (node.key as Named).name === 'timeout' &&
        typeof value.value === 'number' &&
        value.value < leastPatienceMs
      )
        add(node, 'patience');
    },
  }).visit(program);
  return found;
}

/** performance.now and process.hrtime, whatever is done with them. */
function isClock({ object, property }: Named): boolean {
  return (
    (object?.name === 'performance' && property?.name === 'now') ||
    (object?.name === 'process' && property?.name === 'hrtime')
  );
}

function isNow({ type, callee }: Named): boolean {
  return (
    type === 'CallExpression' && callee?.object?.name === 'Date' && callee.property?.name === 'now'
  );
}

function isTight(method: string, argument: Named | undefined): boolean {
  return (
    method.startsWith('setDefault') &&
    method.endsWith('Timeout') &&
    typeof argument?.value === 'number' &&
    argument.value < leastPatienceMs
  );
}
