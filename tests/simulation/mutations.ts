import { placesOf } from './code-pieces.ts';

/**
 * A piece of a module's code, in any layout, and what replaces it in the faulty one. It must be
 * found exactly once.
 */
interface TextEdit {
  file: string;
  find: string;
  replace: string;
}
/**
 * A function of a module, exported or not, and the faulty one: an expression that makes it of the
 * right one, called `own`.
 */
interface FunctionEdit {
  file: string;
  name: string;
  faulty: string;
}
export type Edit = TextEdit | FunctionEdit;
/** A bug that a simulator worth its name must catch. */
export interface Mutation {
  name: string;
  bug: string;
  edits: Edit[];
}

const desk = (file: string): string => `src/main/desk/${file}.ts`;
const core = (file: string): string => `src/core/${file}.ts`;
const model = (file: string): string => `tests/simulation/model/${file}.ts`;

/** The seeded bugs. Each is a patch of a module's text that only a simulation process reads. */
export const mutations: readonly Mutation[] = [
  {
    name: 'no-key',
    bug: 'Operations are sent without Idempotency-Key',
    edits: [
      {
        file: desk('feed/api-client'),
        find: "if (parts.idempotencyKey !== undefined) headers.set('idempotency-key', parts.idempotencyKey);",
        replace: '',
      },
    ],
  },
  {
    name: 'new-key-per-try',
    bug: 'Each try has a key of its own',
    edits: [
      {
        file: desk('feed/servers/staffdesk/send'),
        find: 'idempotencyKey: id };',
        replace: 'idempotencyKey: `${id}.${tries += 1}` };',
      },
      {
        file: desk('feed/servers/staffdesk/send'),
        find: 'export interface SendParts',
        replace: 'let tries = 0;\nexport interface SendParts',
      },
    ],
  },
  {
    name: 'cursor-before-page',
    bug: 'The cursor is saved before its page',
    edits: [
      {
        file: desk('feed/apply-page'),
        find: 'readThrough: ReadThrough): Applied {\n',
        replace:
          "readThrough: ReadThrough): Applied {\n  writeMeta(db, 'cursor', page.next_cursor);\n",
      },
    ],
  },
  {
    name: 'no-horizon',
    bug: "The server's cursor goes by number, past transactions that still run",
    edits: [
      {
        file: model('feed'),
        find: 'if (!change || change.xid >= horizon) break;',
        replace: 'if (!change || horizon < 0) break;',
      },
    ],
  },
  {
    name: 'parked-deleted',
    bug: 'A refused operation is deleted',
    edits: [
      {
        file: desk('areas/outbox/operations'),
        find: `move(db, ["state = 'parked', parked_reason = ?, parked_detail = ?", reason, detail], ["state in ('queued', 'inflight') and id = ?", id]);`,
        replace: `db.prepare('delete from operations where id = ? and ? is not null').run(id, reason + String(detail));`,
      },
    ],
  },
  {
    name: 'gives-up',
    bug: 'An operation is dropped after three failed attempts',
    edits: [
      {
        file: desk('areas/outbox/recorder'),
        find: "outbox.requeue(id, 'counted');",
        replace:
          "outbox.requeue(id, 'counted');\n        if (operation.attempts >= 2) outbox.discard(id);",
      },
    ],
  },
  {
    name: 'no-recovery',
    bug: 'What a crash left in flight is not queued again',
    edits: [
      { file: desk('areas/outbox/queue'), find: 'operations.recoverInflight(db);', replace: '' },
      // What looks for lost answers would find it too.
      {
        file: desk('areas/outbox/doubts'),
        find: ".filter(({ state }) => state === 'inflight')",
        replace: ".filter(({ state }) => state === 'held')",
      },
    ],
  },
  {
    name: 'portal-is-ack',
    bug: 'Any answer with status 200 confirms an operation, a captive portal page too',
    edits: [
      {
        file: desk('areas/outbox/parking'),
        find: "if (failure.kind !== 'status') return { kind: 'bad-answer', why: failure.why };",
        replace:
          "if (failure.kind !== 'status') return { kind: 'acked', serverId: '', answer: {} };",
      },
    ],
  },
  {
    name: 'no-order',
    bug: 'Operations of one ticket overtake each other',
    edits: [
      { file: core('send-order'), find: 'if (before || state', replace: 'if (state' },
      {
        file: desk('areas/outbox/push'),
        find: "if (inFlight.has(operation.ticketId) || operation.state !== 'queued') continue;",
        replace: "if (operation.state !== 'queued') continue;",
      },
    ],
  },
  {
    name: 'no-410',
    bug: 'An outlived cursor is asked for again and again',
    edits: [
      {
        file: desk('feed/pull'),
        find: '(error.failure.status === 400 || error.failure.status === 410)',
        replace: 'error.failure.status === 400',
      },
    ],
  },
  {
    name: 'no-removals',
    bug: 'A page is applied without its removals',
    edits: [
      {
        file: desk('feed/apply-page'),
        find: 'for (const gone of page.removed) remove(db, gone);',
        replace: 'void remove;',
      },
    ],
  },
  {
    name: 'shared-outbox',
    bug: 'Two accounts of one machine share the outbox',
    edits: [
      {
        file: desk('areas/outbox/operations'),
        find: "from operations where account_id = ? and state not in ('acked', 'discarded') order by seq",
        replace:
          "from operations where ? <> '' and state not in ('acked', 'discarded') order by seq",
      },
    ],
  },
  {
    name: 'wall-clock',
    bug: 'Back-off goes by the wall clock',
    edits: [
      {
        file: desk('areas/outbox/push'),
        find: 'if (at > clock.monotonic())',
        replace: 'if (at > clock.now())',
      },
      {
        file: desk('areas/outbox/push'),
        find: 'nextAt - clock.monotonic()',
        replace: 'nextAt - clock.now()',
      },
      {
        file: desk('areas/outbox/pacing'),
        find: 'const wait = { at: clock.monotonic() +',
        replace: 'const wait = { at: clock.now() +',
      },
      {
        file: desk('areas/outbox/pacing'),
        find: 'floor: clock.monotonic() +',
        replace: 'floor: clock.now() +',
      },
    ],
  },
  {
    name: 'token-not-stored',
    bug: 'A renewed refresh token is used and not stored',
    edits: [
      {
        file: desk('areas/session/access'),
        find: 'await keepRefreshToken(parts.secrets, of, pair.refresh_token);',
        replace: '',
      },
    ],
  },
  {
    name: 'stale-wins',
    bug: 'An older version of a ticket overwrites a newer one',
    edits: [
      {
        file: desk('areas/tickets/tickets-table'),
        find: 'if (stored && stored.generation >= generation && stored.version > ticket.version) return;',
        replace: '',
      },
      {
        file: desk('feed/apply-page'),
        find: 'return known === null || known < ticket.version;',
        replace: 'return known !== -1;',
      },
    ],
  },
  {
    name: 'note-as-reply',
    bug: 'A note is sent to the path of replies',
    edits: [
      {
        file: desk('feed/servers/staffdesk/send'),
        find: "auth.request('postNote', { ...parts, body: { message: intent.text, mentions: intent.mentions } })",
        replace: "auth.request('postMessage', { ...parts, body: { message: intent.text } })",
      },
    ],
  },
  {
    name: 'holes',
    bug: 'A ticket that was not kept and moves again is shown without its earlier messages',
    edits: [
      {
        file: desk('feed/apply-page'),
        find: 'markPartial(db, strangers);\n    return {',
        replace: 'return {',
      },
    ],
  },
  {
    name: 'no-way-back',
    bug: 'Tickets that were not kept do not come back when all are wanted',
    edits: [
      {
        file: desk('feed/working-set'),
        find: 'if (!needsNewCopy(since, keptSince(cache))) return;',
        replace: 'if (!needsNewCopy(since, keptSince(cache)) || since === null) return;',
      },
    ],
  },
  {
    name: 'page-not-cut',
    bug: 'A page of the feed holds whole conversations, however long they are',
    edits: [
      {
        file: model('feed'),
        name: 'cutPage',
        faulty: '(state, ...rest) => own({ ...state, pageBytes: Infinity }, ...rest)',
      },
    ],
  },
  {
    name: 'level-lowered',
    bug: 'One 404 makes a server one of level 1, where operations go without their keys',
    edits: [
      {
        file: desk('feed/servers/recognise'),
        name: 'askLevel',
        faulty: `async (auth) => {
          try {
            const { level, features } = await auth.request('capabilities');
            return level >= 2 ? { level, features } : levelOne;
          } catch (error) {
            if (error instanceof ApiError && error.failure.kind === 'status' && error.failure.status === 404) return levelOne;
            throw error;
          }
        }`,
      },
      { file: desk('feed/servers/known'), name: 'provenLevel', faulty: '() => null' },
      { file: desk('areas/outbox/keyed-tries'), name: 'keyedTry', faulty: '() => null' },
    ],
  },
  {
    name: 'any-2xx',
    bug: 'Any answer of the right shape confirms an operation, whatever it names',
    edits: [
      {
        file: desk('feed/servers/staffdesk/send'),
        name: 'confirmMessage',
        faulty:
          "(operation, message) => ({ kind: 'acked', serverId: message.id, answer: { message } })",
      },
      {
        file: desk('feed/servers/staffdesk/send'),
        name: 'confirmTicket',
        faulty:
          "(operation, ticket) => ({ kind: 'acked', serverId: ticket.id, answer: { ticket } })",
      },
    ],
  },
  {
    name: 'any-author',
    bug: "Anybody's message under the key of an operation confirms it",
    edits: [
      {
        file: 'src/core/confirmation.ts',
        name: 'whyNotMessage',
        faulty:
          '(operation, message, witness) => (message.client_id === operation.id ? null : own(operation, message, witness))',
      },
    ],
  },
  {
    name: 'one-server',
    bug: 'What waits belongs to an account, whichever server that is of',
    edits: [
      {
        file: 'src/core/server-identity.ts',
        name: 'serverAt',
        faulty: '(servers) => servers[0] ?? null',
      },
    ],
  },
  {
    name: 'fault-ends-desk',
    bug: 'A disk that refuses while an outcome is written ends the desk',
    edits: [
      {
        file: desk('areas/outbox/late-writes'),
        find: 'onFault(error);\n      timers.set(',
        replace: 'if (error) throw error;\n      timers.set(',
      },
    ],
  },
  {
    name: 'no-look',
    bug: 'At a server without keys only a reply that was tried is looked for before it goes',
    edits: [
      {
        file: desk('feed/servers/level1/send'),
        name: 'findArrived',
        faulty:
          '(parts, operation, messages) => (readTry(parts.outboxDb, operation.id) ? own(parts, operation, messages) : undefined)',
      },
    ],
  },
  {
    name: 'swapped-unseen',
    bug: 'A file that another one took the place of goes on being written to',
    edits: [{ file: desk('sqlite/file-identity'), name: 'sameFile', faulty: '() => true' }],
  },
  {
    name: 'any-date',
    bug: "The server's time is what the last answer's Date said, and this computer's before the first",
    edits: [
      {
        file: desk('feed/server-time'),
        name: 'createServerTime',
        faulty: `(clock) => {
        let offset = null;
        const now = () => (offset === null ? clock.now() : Math.round(offset + clock.monotonic()));
        return { heard(at) { offset = at - clock.monotonic(); }, now, trusted: now, settled: now, atLeast: now, remember() {}, onTrusted: () => () => undefined };
      }`,
      },
    ],
  },
  {
    name: 'no-progress',
    bug: 'A feed that does not get on is asked on and on',
    edits: [
      {
        file: desk('feed/progress'),
        name: 'createProgress',
        faulty: '() => ({ check: () => undefined })',
      },
    ],
  },
  {
    name: 'epoch-without-oids',
    bug: 'A server that was restored into its own cluster goes on under the same epoch',
    edits: [{ file: model('state'), name: 'epochOf', faulty: '({ cluster }) => String(cluster)' }],
  },
  {
    name: 'notes-to-customers',
    bug: 'The server shows internal notes to the customer',
    edits: [
      {
        file: model('rows'),
        find: '?.userId === actor.id && !message.internal)',
        replace: '?.userId === actor.id)',
      },
    ],
  },
];

/** The bug of this name. Throws when there is none. */
export function mutationNamed(name: string): Mutation {
  const found = mutations.find((mutation) => mutation.name === name);
  if (!found) throw new Error(`there is no seeded bug "${name}"`);
  return found;
}

/**
 * A module's text with the edits made. Throws when one does not fit any more: the product has moved
 * on, and the bug must follow.
 */
export function patched(source: string, edits: readonly Edit[]): string {
  return edits.reduce(
    (text, edit) => ('name' in edit ? withFaulty(text, edit) : withText(text, edit)),
    source,
  );
}

function withText(source: string, { file, find, replace }: TextEdit): string {
  const places = placesOf(source, find);
  const [place] = places;
  if (!place || places.length > 1) throw new Error(`${file} does not hold exactly once: ${find}`);
  return source.slice(0, place.start) + replace + source.slice(place.end);
}

/**
 * Whatever the function has become: the module itself and all that import it get the faulty one.
 */
function withFaulty(source: string, { file, name, faulty }: FunctionEdit): string {
  const declared = [
    ...source.matchAll(new RegExp(`^(export )?((?:async )?function|const) ${name}\\b`, 'gm')),
  ];
  const [found] = declared;
  if (!found || declared.length > 1) throw new Error(`${file} does not hold one function ${name}`);
  const [whole, exported = '', kind = ''] = found;
  return `${source.replace(whole, `${kind} ${name}Own`)}\n${exported}const ${name} = ((own) => ${faulty})(${name}Own);\n`;
}
