import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOptions } from '../../src/server/options.ts';
import { startApi, type Person, type TestApi } from '../helpers/api.ts';

describe('the options of the command line', () => {
  const portalOf = (...argv: string[]) => {
    const options = readOptions(argv, {});
    return options.kind === 'serve' ? options.portal : null;
  };

  test('without any, priority is asked for, 5 characters are enough and no phone is named', () => {
    expect(portalOf()).toEqual({
      name: 'Support',
      phone: null,
      asksPriority: true,
      minMessageLength: 5,
    });
  });

  test('each sets its part', () => {
    expect(
      portalOf(
        '--portal-name= Lumen Support ',
        '--portal-phone=+44 20 7946 0142',
        '--portal-priority=off',
        '--portal-min-length=12',
      ),
    ).toEqual({
      name: 'Lumen Support',
      phone: '+44 20 7946 0142',
      asksPriority: false,
      minMessageLength: 12,
    });
    expect(portalOf('--portal-priority', 'on')?.asksPriority).toBe(true);
  });

  test.each(['112', '(0221) 4710-1', '+1 (555) 010-0142', '0800/123.456'])(
    '%s is a phone number',
    (phone) => {
      expect(portalOf('--portal-phone', phone)?.phone).toBe(phone);
    },
  );

  test.each(['', '   ', '12', '+', 'tel:112', '0800-LUMEN', '1'.repeat(21), '1 +2 34'])(
    '"%s" is none',
    (phone) => {
      expect(() => portalOf('--portal-phone', phone)).toThrow(/--portal-phone takes a phone/);
    },
  );
});

describe('a server with settings for the page', () => {
  let api: TestApi;
  let dana: Person;
  let maya: Person;
  beforeAll(async () => {
    const portal = {
      name: 'Lumen Support',
      phone: '+44 20 7946 0142',
      asksPriority: false,
      minMessageLength: 12,
    };
    api = await startApi({}, { portal });
    dana = await api.person('customer', 'Dana Okafor');
    maya = await api.person('staff', 'Maya Ruiz');
  });
  afterAll(async () => {
    await api.close();
  });

  test('tells them in capabilities, before a sign-in too', async () => {
    const { status, body } = await api.call('GET', '/support/capabilities');
    expect([status, body]).toMatchObject([
      200,
      {
        min_message_length: { customer: 12, staff: 1 },
        portal: {
          name: 'Lumen Support',
          phone: '+44 20 7946 0142',
          min_message_length: 12,
          asks_priority: false,
        },
      },
    ]);
  });

  test("refuses a customer's message below its minimum, in a ticket and with a new one, and no colleague's", async () => {
    const { id } = await api.ticket(dana);
    const path = `/support/tickets/${id}/messages`;
    const answers = [
      await dana.call('POST', path, { message: 'Eleven char' }),
      await dana.call('POST', path, { message: 'Twelve chars' }),
      await maya.call('POST', path, { message: 'Yes' }),
      await dana.call('POST', '/support/tickets', {
        subject: 'Too short',
        category: 'other',
        message: 'Eleven char',
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([422, 200, 200, 422]);
    expect(answers[0]?.body.detail).toEqual([
      {
        loc: ['body', 'message'],
        msg: 'at least 12 characters that can be seen',
        type: expect.any(String),
      },
    ]);
    const { rows } = await api.pool.query('select count(*)::int as n from support_tickets');
    expect(rows).toEqual([{ n: 1 }]);
  });
});

test('a server without settings tells those that customers had before there were any', async () => {
  const api = await startApi();
  const { body } = await api.call('GET', '/support/capabilities');
  expect(body).toMatchObject({
    min_message_length: { customer: 5 },
    portal: { name: 'Support', phone: null, min_message_length: 5, asks_priority: true },
  });
  await api.close();
});
