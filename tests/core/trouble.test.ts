import { expect, test } from 'vitest';
import { bridgeErrors } from '../../src/contract/errors.ts';
import { troubles, type Trouble } from '../../src/contract/troubles.ts';
import {
  troubleOf,
  troubleOfAnswer,
  troubleOfCode,
  type SeenFailure,
} from '../../src/core/trouble.ts';
import { de } from '../../src/renderer/catalogues/de.ts';

test.each<[string, Trouble]>([
  ['ENOTFOUND', 'name-not-found'],
  ['EAI_AGAIN', 'name-not-found'],
  ['ECONNREFUSED', 'connection-refused'],
  ['ECONNRESET', 'unreachable'],
  ['EPIPE', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ETIMEDOUT', 'timed-out'],
  ['ECONNABORTED', 'timed-out'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'bad-certificate'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'bad-certificate'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'bad-certificate'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'bad-certificate'],
  ['CERT_HAS_EXPIRED', 'certificate-date'],
  ['CERT_NOT_YET_VALID', 'certificate-date'],
  ['EPROTO', 'unexpected-answer'],
  ['HPE_INVALID_CONSTANT', 'unexpected-answer'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'unexpected-answer'],
  ['', 'unreachable'],
  ['SOMETHING_NEW', 'unreachable'],
])('without an answer, %s is %s', (code, trouble) => {
  expect(troubleOfCode(code)).toBe(trouble);
});

test.each<[number, boolean, Trouble]>([
  [200, false, 'unexpected-answer'],
  [302, false, 'unexpected-answer'],
  [307, true, 'unexpected-answer'],
  [511, false, 'unexpected-answer'],
  [403, false, 'unexpected-answer'],
  [404, false, 'unexpected-answer'],
  [404, true, 'wrong-address'],
  [405, true, 'wrong-address'],
  [400, true, 'odd-answer'],
  [200, true, 'odd-answer'],
  [407, false, 'proxy-sign-in'],
  [407, true, 'proxy-sign-in'],
  [429, true, 'rate-limited'],
  [500, true, 'server-error'],
  [502, false, 'server-error'],
  [503, false, 'server-error'],
])('an answer of %i, JSON %s, that is no use is %s', (status, isJson, trouble) => {
  expect(troubleOfAnswer({ status, isJson })).toBe(trouble);
});

test.each<[SeenFailure, Trouble | null]>([
  [{ kind: 'unreachable' }, 'unreachable'],
  [{ kind: 'unreachable', trouble: 'bad-certificate' }, 'bad-certificate'],
  [{ kind: 'bad-answer' }, 'odd-answer'],
  [{ kind: 'bad-answer', trouble: 'answer-too-large' }, 'answer-too-large'],
  [{ kind: 'signed-out' }, null],
  [{ kind: 'signed-out', deactivated: true }, 'account-deactivated'],
  [{ kind: 'status', status: 403, detail: 'User account is inactive' }, 'account-deactivated'],
  [{ kind: 'status', status: 403, detail: 'This account is disabled' }, 'account-deactivated'],
  [{ kind: 'status', status: 403, detail: 'Staff only' }, 'odd-answer'],
  [{ kind: 'status', status: 404, detail: 'Not Found' }, 'wrong-address'],
  [{ kind: 'status', status: 500, detail: '' }, 'server-error'],
  [{ kind: 'status', status: 429, detail: '' }, 'rate-limited'],
])('%j is %s', (failure, trouble) => {
  expect(troubleOf(failure)).toBe(trouble);
});

test('each trouble has its words in both languages, and none proposes to delete anything', () => {
  for (const trouble of Object.keys(troubles) as Trouble[]) {
    const said = [bridgeErrors[trouble], de.errors[trouble]].flatMap(({ sentence, remedy }) => [
      sentence,
      remedy,
    ]);
    expect(
      said.every((text) => text.length > 10 && !/delete|remove|lösch|entfern/i.test(text)),
      trouble,
    ).toBe(true);
  }
});
