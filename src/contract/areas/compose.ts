import { z } from 'zod';
import { maxDraftLength, maxMessageLength } from '../wire/api.ts';
import { MacroActions, Uuid } from '../wire/entities.ts';
import { messageText } from '../text.ts';
import { MessageKind, SendActions, SendFinish } from './message.ts';
import { UnitPart } from './outbox.ts';
import { type AreaContract, Ms, attempt, done, operationId, queued, seen } from './parts.ts';

/** An earlier text of a draft. */
export const DraftVersion = z.object({ saved_at: Ms, text: z.string() });
export type DraftVersion = z.infer<typeof DraftVersion>;

/** A canned reply; `text` may contain variables (core/macro.ts). */
export const MacroItem = z.object({
  id: Uuid,
  name: z.string(),
  text: z.string(),
  actions: MacroActions,
});
export type MacroItem = z.infer<typeof MacroItem>;

const DraftText = z.string().max(maxDraftLength);

/** `saved_at`: names a state of a draft; null if there is no draft. */
const draftState = z.object({ saved_at: Ms.nullable() });
/**
 * The state of the draft that the window knows; text written elsewhere since then is not lost.
 * Omitted if unknown.
 */
const replaces = Ms.nullable().optional();
const back = draftState.extend({
  ticket_id: Uuid,
  kind: MessageKind,
  text: z.string(),
  actions: SendActions.default({}),
});

/** Messages until they are queued. */
export const composeContract = {
  calls: {
    /**
     * Returns after the commit: the operation and the changes sent with it are stored, and the draft
     * that it was sent from is removed in the same transaction. A draft that another window wrote
     * stays.
     */
    'compose.send': {
      input: z.strictObject({
        ticket_id: Uuid,
        kind: MessageKind,
        text: messageText({ least: 1, most: maxMessageLength }),
        seen,
        mentions: z.array(Uuid).max(50).optional(),
        actions: SendActions.optional(),
        finish: SendFinish.nullable().optional(),
        replaces,
        attempt,
        /**
         * Earlier attempts with other words that got no response: if one of them arrived, it is
         * returned and nothing is queued.
         */
        unless: z.array(Uuid).max(20).optional(),
      }),
      output: queued.extend({ held_ms: Ms }),
    },
    /** The parts of a message sent with changes, in order, with the state of each. */
    'compose.unit': { input: z.strictObject({ unit: Uuid }), output: z.array(UnitPart) },
    /**
     * Puts a message that has not been sent back into its composer, before the present text, with the
     * changes that it was to be sent with. It stays in the bin as well.
     */
    'compose.takeBack': { input: operationId, output: back },
    /** Ends the undo window of a held message. */
    'compose.release': { input: operationId, output: done },
    'draft.save': {
      input: z.strictObject({
        ticket_id: Uuid,
        kind: MessageKind,
        text: DraftText,
        actions: SendActions.optional(),
        replaces,
        /**
         * The attempt of a send of this text that got no response: if it arrived, the text is no
         * draft, and the message is returned.
         */
        attempt,
        /**
         * The author of the text, who may have signed out in another window meanwhile; it is stored
         * for them all the same. Omitted: the signed-in agent.
         */
        account: Uuid.optional(),
      }),
      output: draftState.extend({ sent: queued.extend({ held_ms: Ms }).optional() }),
    },
    'draft.versions': {
      input: z.strictObject({ ticket_id: Uuid, kind: MessageKind }),
      output: z.array(DraftVersion),
    },
    /** Takes an earlier text; the one that it replaces becomes a version, in one transaction. */
    'draft.restoreVersion': {
      input: z.strictObject({ ticket_id: Uuid, kind: MessageKind, text: DraftText }),
      output: back,
    },
    /** Puts a discarded message back into its composer. */
    'outbox.restore': { input: operationId, output: back },
    /** Reopens the ticket of a message that was parked because it is closed, and sends the message. */
    'outbox.reopenAndSend': { input: operationId, output: done },
    'macros.list': { input: done, output: z.array(MacroItem) },
  },
  live: {
    'macros.list': { topics: ['macros'] },
  },
} as const satisfies AreaContract;
