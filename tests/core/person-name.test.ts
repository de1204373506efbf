import { expect, test } from 'vitest';
import { fillMacro, macroValues } from '../../src/core/macro.ts';
import { namesOf } from '../../src/core/person-name.ts';

test.each([
  ['Karl Schmidt', 'Karl', 'Schmidt'],
  ['Schmidt, Karl', 'Karl', 'Schmidt'],
  ['Schmidt，Karl', 'Karl', 'Schmidt'],
  ['"Schmidt, Karl"', 'Karl', 'Schmidt'],
  ['Schmidt, Karl (Sales)', 'Karl', 'Schmidt'],
  ['Dr. Ute Weiss', 'Ute', 'Weiss'],
  ['Dr Ute Weiss', 'Ute', 'Weiss'],
  ['Prof. Dr. med. Ute Weiss', 'Ute', 'Weiss'],
  ['Weiss, Dr. Ute', 'Ute', 'Weiss'],
  ['Dr. Weiss, Ute', 'Ute', 'Weiss'],
  ['Herr Karl-Heinz Schmidt', 'Karl-Heinz', 'Schmidt'],
  ['Mrs. Dana Okafor', 'Dana', 'Okafor'],
  ['Dr. Weiss', '', 'Weiss'],
  ['Frau Weiss', '', 'Weiss'],
  ['Karl Schmidt, PhD', 'Karl', 'Schmidt'],
  ['Schmidt, Karl, PhD', 'Karl', 'Schmidt'],
  ['Martin King Jr.', 'Martin', 'King'],
  ['Yo-Yo Ma', 'Yo-Yo', 'Ma'],
  ['Phil Collins', 'Phil', 'Collins'],
  ['M. Night Shyamalan', 'M.', 'Shyamalan'],
  ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
  ['de la Cruz, Maria', 'Maria', 'de la Cruz'],
  ['山田 太郎', '太郎', '山田'],
  ['山田太郎', '山田太郎', ''],
  ['Дмитрий Иванов', 'Дмитрий', 'Иванов'],
  ['  Dana  ', 'Dana', ''],
  ['Acme, Inc.', '', ''],
  ['Schmidt & Weiss GmbH', '', ''],
  ['dana@customer.test', '', ''],
  ['Dr.', '', ''],
  ['', '', ''],
])('%j is called %j %j', (full, first, last) => {
  expect(namesOf(full)).toEqual({ first, last });
});

test.each([
  ['Schmidt, Karl', 'Hello Karl,'],
  ['Dr. Ute Weiss', 'Hello Ute,'],
  ['Dr. Weiss', 'Hello there,'],
])('a macro greets %j with %j', (name, greeting) => {
  const ticket = { id: '1', subject: '', status: '', priority: '', category: '' };
  const values = macroValues({ name, email: 'k@customer.test' }, ticket, {
    name: 'Maya Ruiz',
    email: 'maya@staffdesk.test',
  });
  expect(fillMacro('Hello {{requester.first_name|there}},', values)).toBe(greeting);
});
