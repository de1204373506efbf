import { chance, pick, uuid, type Random } from '../random.ts';
import type { DemoMessage } from '../types.ts';
import type { Person } from './people.ts';
import type { Cast, Step } from './play.ts';
import type { LanguagePack, Speaker } from './scenario.ts';
import type { Slots } from './slots.ts';
import { hands, inVoice } from './voices.ts';

/** The parts that a thread's texts are made from. */
export interface Speech {
  random: Random;
  pack: LanguagePack;
  cast: Cast;
  slots: Slots;
}

/** The messages of a thread, each step in the words of its speaker. */
export function spoken(
  speech: Speech,
  steps: readonly Step[],
  times: readonly number[],
): DemoMessage[] {
  const { random, cast, slots } = speech;
  const firstReply = steps.findIndex((step) => step.speaker === 'agent');
  return steps.map((step, index) => {
    const now = times[index] ?? 0;
    if (step.renew) slots.renew();
    const isFirst = index === (step.speaker === 'agent' ? firstReply : 0);
    const text = textOf(speech, step, isFirst, now);
    return {
      id: uuid(random),
      author_id: authorOf(cast, step.speaker).user.id,
      is_staff: step.speaker !== 'customer',
      is_internal: step.speaker === 'note' || step.speaker === 'colleague',
      text,
      created_at: new Date(now),
    };
  });
}

function authorOf({ customer, agent, mate }: Cast, speaker: Speaker): Person {
  if (speaker === 'customer') return customer;
  return speaker === 'colleague' ? mate : agent;
}

/** `isFirst`: the message opens the ticket, or is the agent's first reply. */
function textOf(speech: Speech, step: Step, isFirst: boolean, now: number): string {
  const { random, pack, cast, slots } = speech;
  switch (step.speaker) {
    case 'customer':
      return cast.customer.language === 'en'
        ? englishText(speech, step, isFirst, now)
        : foreignText(speech, step, isFirst, now);
    case 'agent':
      return slots.fill(agentText(random, pack, cast, step.template, isFirst), now);
    default:
      return slots.fill(step.template, now);
  }
}

function englishText(
  { random, pack, cast, slots }: Speech,
  { kind, template }: Step,
  isFirst: boolean,
  now: number,
): string {
  const { persona, customer } = cast;
  const filled = slots.fill(template, now);
  if (kind === 'last') return filled;
  const greeting = pick(random, pack.openings);
  const closing = pick(random, pack.closings);
  const voiced = inVoice(random, persona, filled, {
    isFirst,
    greeting,
    closing,
    given: customer.name.given,
  });
  return slots.fill(voiced, now);
}

function foreignText(
  { random, pack, cast, slots }: Speech,
  { kind, template }: Step,
  isFirst: boolean,
  now: number,
): string {
  const opening = chance(random, isFirst ? 0.75 : 0.06) ? `${pick(random, pack.openings)}\n\n` : '';
  const closing =
    kind !== 'last' && chance(random, isFirst ? 0.6 : 0.16)
      ? `\n\n${pick(random, pack.closings)}${customerSignature(random, cast.customer.name)}`
      : '';
  return slots.fill(`${opening}${template}${closing}`, now);
}

const lowerFirst = (text: string) =>
  /^(I\b|I'|[A-Z]{2}|[A-Z]-|\{)/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);

function agentText(
  random: Random,
  pack: LanguagePack,
  cast: Cast,
  template: string,
  first: boolean,
): string {
  const english = cast.customer.language === 'en';
  const hand = hands[cast.hand] ?? {
    greetings: pack.agentOpenings,
    again: pack.agentOpenings,
    signatures: pack.agentClosings,
  };
  const greeting = first
    ? chance(random, 0.82)
      ? pick(random, english ? hand.greetings : pack.agentOpenings)
      : ''
    : english && chance(random, 0.24)
      ? pick(random, hand.again)
      : '';
  const signature = chance(random, first ? 0.6 : 0.28)
    ? `\n\n${pick(random, english ? hand.signatures : pack.agentClosings)}`
    : '';
  const inline = english && greeting.endsWith(',') && chance(random, 0.55);
  const body = inline
    ? `${greeting} ${lowerFirst(template)}`
    : greeting === ''
      ? template
      : `${greeting}${greeting.endsWith('.') || greeting.endsWith(':') ? ' ' : '\n\n'}${template}`;
  return body + signature;
}

/** A customer's signature, sometimes none: the full name as often as the given one. */
function customerSignature(random: Random, { full, given }: Person['name']): string {
  if (!chance(random, 0.7)) return '';
  return `\n${chance(random, 0.5) ? full : given}`;
}
