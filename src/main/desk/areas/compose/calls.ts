import type { Calls } from '../../handlers.ts';
import {
  releaseMessage,
  reopenAndSend,
  restoreMessage,
  sendMessage,
  takeBack,
  type ComposeParts,
} from './compose.ts';
import { listVersions, takeVersion } from './draft-saves.ts';
import { listMacros } from './macros.ts';
import { unitParts } from './units.ts';

type Names =
  | 'compose.send'
  | 'compose.takeBack'
  | 'compose.release'
  | 'compose.unit'
  | 'outbox.reopenAndSend'
  | 'outbox.restore'
  | 'draft.versions'
  | 'draft.restoreVersion'
  | 'macros.list';

export const composeCalls = (parts: ComposeParts): Calls<Names> => ({
  'compose.send': (input) => sendMessage(parts, input),
  'compose.takeBack': ({ operation_id }) => takeBack(parts, operation_id),
  'compose.release': ({ operation_id }) => {
    releaseMessage(parts, operation_id);
    return {};
  },
  'compose.unit': ({ unit }) => unitParts(parts, unit),
  'outbox.reopenAndSend': ({ operation_id }) => {
    reopenAndSend(parts, operation_id);
    return {};
  },
  'outbox.restore': ({ operation_id }) => restoreMessage(parts, operation_id),
  'draft.versions': (input) => listVersions(parts, input),
  'draft.restoreVersion': (input) => takeVersion(parts, input, parts.serverNow()),
  'macros.list': () => listMacros(parts.cache),
});
