import type { composeContract } from '../../../../contract/areas/compose.ts';
import type { CallsOf } from '../../handlers.ts';
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

export const composeCalls = (parts: ComposeParts): CallsOf<typeof composeContract> => ({
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
