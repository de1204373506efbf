import { startApi, type Call, type Person, type TestApi } from './api.ts';

/** The people of the shop, by their first names. */
const people = {
  maya: { role: 'staff', name: 'Maya Ruiz', email: 'maya@staffdesk.test' },
  alex: { role: 'staff', name: 'Alex Kim', email: 'alex@staffdesk.test' },
  dana: { role: 'customer', name: 'Dana Okafor', email: 'dana@customer.test' },
  omar: { role: 'customer', name: 'Omar Haddad', email: 'omar@customer.test' },
} as const;
type FirstName = keyof typeof people;

export type Shop<Names extends FirstName> = Record<Names, Person> & {
  api: TestApi;
  close(): Promise<void>;
};

/** A support API with those people, in this order, and without a limit on requests. */
export async function startShop<Names extends FirstName>(...names: Names[]): Promise<Shop<Names>> {
  const api = await startApi({ perAddress: 1e9 });
  const added: Partial<Record<FirstName, Person>> = {};
  for (const first of names) {
    const { role, name, email } = people[first];
    added[first] = await api.person(role, name, email);
  }
  // Every one of `names` has been added.
  return { ...(added as Record<Names, Person>), api, close: () => api.close() };
}

/** Opens a ticket whose message is about its subject. Returns its id. */
export async function openTicketAbout(customer: Call, subject: string): Promise<string> {
  const { body } = await customer('POST', '/support/tickets', {
    subject,
    category: 'account',
    message: `About: ${subject}`,
  });
  return body.id;
}
