import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Person, type TestApi } from '../../../helpers/api.ts';
import { oldTicket } from '../../../helpers/old-ticket.ts';

let api: TestApi;
let maya: Person;
let dana: Person;
beforeAll(async () => {
  api = await startApi();
  maya = await api.person('staff', 'Maya Ruiz');
  dana = await api.person('customer', 'Dana Okafor');
});
afterAll(async () => {
  await api.close();
});

const find = async (q: string, rest = ''): Promise<string[]> =>
  (await maya.call('GET', `/support/search?q=${encodeURIComponent(q)}${rest}`)).body.tickets.map(
    (t: { id: string }) => t.id,
  );

describe('the search of the server', () => {
  test('finds words and beginnings of words in messages, notes, subjects and of customers', async () => {
    const { id } = await api.ticket(dana, 'The wire is late');
    await dana.call('POST', `/support/tickets/${id}/messages`, {
      message: 'Reference number quetzal-4711 on the receipt',
    });
    await maya.call('POST', `/support/tickets/${id}/notes`, {
      message: 'Asked the xylophone desk',
    });
    for (const q of ['quetzal', 'quet rece', 'xylo', 'WIRE late', 'okafor', dana.email])
      expect(await find(q), q).toEqual([id]);
    for (const q of ['quetzal xylophone', 'nowhere', '--', "'; drop table users"])
      expect(await find(q), q).toEqual([]);
  });

  test.each([
    ['Überweisung nach Zürich', 'UBERWEISUNG zurich'],
    ['Uberweisung', 'Überweisung'],
    ['Straße', 'strasse'],
    ['Đường Nguyễn', 'duong nguyen'],
    ['Łódź', 'lodz'],
    ['İstanbul ılık', 'istanbul ilik'],
    ['re\u00ADfund\u200B', 'refund'],
    ['رَصِيدُ', 'رصيد'],
    ['مـــرحبا', 'مرحبا'],
    ['אֶבֶן', 'אבן'],
    ['７７０１', '7701'],
    ['٧٧٠٢', '7702'],
    ['비밀번호'.normalize('NFD'), '비밀번호'],
    ['ﾊﾟｽﾜｰﾄﾞ', 'パスワード'],
    ['Ещё'.normalize('NFD'), 'еще'],
    ['ВОЗВРАТ', 'возврат'],
    ['ΩΡΑΡΙΟ', 'ωράριο'],
    ['ÆRØ', 'aerø'],
    ['„Quagga“, sagt er', 'quagga'],
    ['出金，然后。refundable', 'refundable'],
    ['Flann O\u2019Brien', "O'Brien"],
    ["Flann O'Brien", 'o\u2019brien'],
  ])('finds %s by %s, whatever the accents, vowel signs and forms', async (written, typed) => {
    const { id } = await api.ticket(dana, `About ${written}`);
    expect(await find(typed)).toContain(id);
    expect(await find(written)).toContain(id);
  });

  test('takes quotes of every width as no syntax of its own', async () => {
    for (const q of ['j＇j', '＇ & ＇', '＼＼', "j'):*", 'ʼʼ', '´´j'])
      expect(await find(q), q).toEqual([]);
  });

  test('can be held to what a bounded copy leaves out', async () => {
    const [old, young] = [
      await oldTicket(api, {
        customer: dana,
        agent: maya,
        subject: 'Zeppelin of long ago',
        days: 200,
      }),
      await oldTicket(api, { customer: dana, agent: maya, subject: 'Zeppelin of late', days: 2 }),
    ];
    const since = new Date(Date.now() - 90 * 86_400_000).toISOString();
    expect(await find('zeppelin')).toEqual([young, old]);
    expect(await find('zeppelin', `&closed_before=${since}`)).toEqual([old]);
    expect(await find('zeppelin', '&limit=1')).toEqual([young]);
  });

  test('is not for customers', async () => {
    expect((await dana.call('GET', '/support/search?q=xylophone')).status).toBe(403);
  });
});
