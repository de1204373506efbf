import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Person, type TestApi } from '../../../helpers/api.ts';
import { pullAll } from '../../../helpers/pull.ts';

let api: TestApi;
let maya: Person;
let jonas: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('admin');
  jonas = await api.person('staff');
  dana = await api.person('customer');
});
afterAll(async () => {
  await api.close();
});

const unknownId = '00000000-0000-4000-8000-000000000000';
const later = '2099-05-04T09:00:00.123456Z';
const patch = (id: string, body: unknown) => maya.call('PATCH', `/support/tickets/${id}`, body);
const snoozedUntil = async (id: string): Promise<string | null> =>
  (await maya.call('GET', `/support/tickets/${id}`)).body.ticket.snoozed_until;
async function snoozed(): Promise<string> {
  const { id } = await api.ticket(dana);
  expect((await patch(id, { snoozed_until: later })).body.snoozed_until).toBe(later);
  return id;
}

describe('mentions', () => {
  test('are in the answer, in the thread and in the feed, each colleague once', async () => {
    const { id } = await api.ticket(dana);
    const { cursor } = await pullAll(jonas, null);
    const note = await maya.call('POST', `/support/tickets/${id}/notes`, {
      message: 'please look',
      mentions: [jonas.id, maya.id, jonas.id],
    });
    expect(note).toMatchObject({ status: 200, body: { mentions: [jonas.id, maya.id] } });
    expect(
      (await jonas.call('GET', `/support/tickets/${id}/messages`)).body.messages.at(-1),
    ).toEqual(note.body);
    expect((await pullAll(jonas, cursor)).messages).toEqual([note.body]);
  });

  test('of a customer, of nobody and of a closed account are 422, and the note is not written', async () => {
    const { id } = await api.ticket(dana);
    const gone = await api.person('staff');
    await api.pool.query('update users set is_active = false where id = $1', [gone.id]);
    for (const mentioned of [dana.id, unknownId, gone.id]) {
      const note = await maya.call('POST', `/support/tickets/${id}/notes`, {
        message: 'for you',
        mentions: [jonas.id, mentioned],
      });
      expect(note).toMatchObject({
        status: 422,
        body: { detail: [{ loc: ['body', 'mentions'] }] },
      });
    }
    expect((await maya.call('GET', `/support/tickets/${id}`)).body.ticket.message_count).toBe(1);
  });

  test('belong to notes: a reply cannot carry any', async () => {
    const { id } = await api.ticket(dana);
    expect(
      (
        await maya.call('POST', `/support/tickets/${id}/messages`, {
          message: 'hello',
          mentions: [jonas.id],
        })
      ).status,
    ).toBe(422);
  });
});

describe('snooze', () => {
  test('until a time that is past, or is none, is 422', async () => {
    const { id } = await api.ticket(dana);
    for (const time of [
      '2020-01-01T00:00:00Z',
      new Date(Date.now() - 1_000).toISOString(),
      '0000-01-01T00:00:00Z',
      '2099-99-99T00:00:00Z',
      '9999-12-31T23:00:00-02:00',
      'tomorrow',
    ]) {
      expect((await patch(id, { snoozed_until: time })).status, time).toBe(422);
    }
    expect(
      (await patch(id, { priority: 'low', base: { snoozed_until: '2099-99-99T00:00:00Z' } }))
        .status,
    ).toBe(422);
    expect(await snoozedUntil(id)).toBeNull();
  });

  test('takes a time with another zone or with none, which is UTC', async () => {
    const { id } = await api.ticket(dana);
    expect(
      (await patch(id, { snoozed_until: '2099-05-04T09:00:00.5+02:00' })).body.snoozed_until,
    ).toBe('2099-05-04T07:00:00.500000Z');
    expect(
      (await patch(id, { snoozed_until: '2099-05-04T09:00:00+14:00' })).body.snoozed_until,
    ).toBe('2099-05-03T19:00:00.000000Z');
    expect(
      (await patch(id, { snoozed_until: '2099-05-04T09:00:00.123456' })).body.snoozed_until,
    ).toBe(later);
    expect((await patch(id, { snoozed_until: null })).body.snoozed_until).toBeNull();
  });

  test('ends when the customer writes, and not when staff do', async () => {
    const id = await snoozed();
    await maya.call('POST', `/support/tickets/${id}/messages`, { message: 'we are on it' });
    await maya.call('POST', `/support/tickets/${id}/notes`, { message: 'still waiting' });
    expect(await snoozedUntil(id)).toBe(later);
    await dana.call('POST', `/support/tickets/${id}/messages`, { message: 'any news?' });
    expect(await snoozedUntil(id)).toBeNull();
  });

  test('ends with closing, by either call, and reopening brings none', async () => {
    for (const close of [
      (id: string) => maya.call('POST', `/support/tickets/${id}/close`),
      (id: string) => patch(id, { status: 'closed' }),
    ]) {
      const id = await snoozed();
      expect((await close(id)).body).toMatchObject({ status: 'closed', snoozed_until: null });
      expect((await patch(id, { snoozed_until: later })).status).toBe(422);
      expect((await maya.call('POST', `/support/tickets/${id}/reopen`)).body).toMatchObject({
        status: 'open',
        snoozed_until: null,
      });
    }
    const id = await snoozed();
    expect((await patch(id, { status: 'closed', snoozed_until: later })).status).toBe(422);
  });
});
