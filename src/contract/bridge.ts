import { z } from 'zod';
import { composeContract } from './areas/compose.ts';
import { liveContract } from './areas/live.ts';
import { noticesContract } from './areas/notices.ts';
import { outboxContract } from './areas/outbox.ts';
import { presenceContract } from './areas/presence.ts';
import { searchContract } from './areas/search.ts';
import { sessionContract } from './areas/session.ts';
import { settingsContract } from './areas/settings.ts';
import { syncContract } from './areas/sync.ts';
import { ticketsContract } from './areas/tickets.ts';
import { triageContract } from './areas/triage.ts';
import type { Dependence } from './areas/topics.ts';
import { BridgeErrorShape } from './errors.ts';

export * from './areas/compose.ts';
export * from './areas/live.ts';
export * from './areas/message.ts';
export * from './areas/notices.ts';
export * from './areas/outbox.ts';
export * from './areas/parking.ts';
export * from './areas/presence.ts';
export * from './areas/search.ts';
export * from './areas/session.ts';
export * from './areas/settings.ts';
export * from './areas/sync.ts';
export * from './areas/tickets.ts';
export * from './areas/topics.ts';
export * from './areas/triage.ts';

/**
 * Every call and event between window and desk, defined once; by area, and added up here. Main,
 * preload, loopback and renderer derive from these maps. Times are milliseconds since the epoch, by
 * the server's clock unless a name says otherwise.
 */

export const bridgeCalls = {
  ...composeContract.calls,
  ...liveContract.calls,
  ...noticesContract.calls,
  ...outboxContract.calls,
  ...presenceContract.calls,
  ...searchContract.calls,
  ...sessionContract.calls,
  ...settingsContract.calls,
  ...syncContract.calls,
  ...ticketsContract.calls,
  ...triageContract.calls,
} as const;

/** The calls that can be watched, and what each depends on. */
export const liveQueries = {
  ...composeContract.live,
  ...outboxContract.live,
  ...searchContract.live,
  ...ticketsContract.live,
} as const satisfies Partial<Record<keyof typeof bridgeCalls, Dependence>>;
export type LiveName = keyof typeof liveQueries;

export const bridgeEvents = {
  ...liveContract.events,
  ...noticesContract.events,
  ...presenceContract.events,
  ...sessionContract.events,
  ...syncContract.events,
  ...triageContract.events,
} as const;

export type CallName = keyof typeof bridgeCalls;
export type CallInput<N extends CallName> = z.input<(typeof bridgeCalls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof bridgeCalls)[N]['output']>;
export type EventName = keyof typeof bridgeEvents;
export type EventPayload<N extends EventName> = z.output<(typeof bridgeEvents)[N]>;

export const callNames = Object.keys(bridgeCalls) as CallName[];
export const eventNames = Object.keys(bridgeEvents) as EventName[];

/**
 * The result of every call, on either transport. `revision`: how much the desk had committed by then;
 * what was pushed with a lower one knows nothing of this call.
 */
export const CallResult = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown(), revision: z.number().int().optional() }),
  z.object({ ok: z.literal(false), error: BridgeErrorShape }),
]);
export type CallResult = z.infer<typeof CallResult>;

/**
 * The bridge as the window sees it: `window.staffdesk` in Electron, built over HTTP in the loopback
 * shell.
 */
export interface StaffdeskBridge {
  shell: 'electron' | 'loopback';
  call(name: CallName, input: unknown): Promise<CallResult>;
  on(name: EventName, listener: (payload: unknown) => void): () => void;
}
