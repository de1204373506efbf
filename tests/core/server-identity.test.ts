import { expect, test } from 'vitest';
import { fitOf, newServerKey, serverAt, type Told } from '../../src/core/server-identity.ts';

const [home, moved] = ['https://support.example.com', 'https://new.example.com'];
const told = (installation: string, history: string): Told => ({ installation, history });
const known = (address: string, identity: Told, key = address) => ({ key, address, identity });

test.each<
  [
    what: string,
    servers: ReturnType<typeof known>[],
    address: string,
    said: Told,
    key: string | null,
  ]
>([
  ['the same address and installation', [known(home, told('a', '1'))], home, told('a', '1'), home],
  [
    'a restore: the same address and installation, another history',
    [known(home, told('a', '1'))],
    home,
    told('a', '2'),
    home,
  ],
  [
    'another installation at the same address',
    [known(home, told('a', '1'))],
    home,
    told('b', '1'),
    null,
  ],
  [
    'the same installation and history at a new address',
    [known(home, told('a', '1'))],
    moved,
    told('a', '1'),
    home,
  ],
  [
    'a copy at a new address: the same installation, another history',
    [known(home, told('a', '1'))],
    moved,
    told('a', '2'),
    null,
  ],
  ['a server that has learnt to say what it is', [known(home, null)], home, told('a', '1'), home],
  ['an older server at the same address', [known(home, null)], home, null, home],
  ['an older server at a new address', [known(home, null)], moved, null, null],
  [
    'a server that says nothing where one had said what it is',
    [known(home, told('a', '1'))],
    home,
    null,
    null,
  ],
  [
    'of two at one address the one that says it is this',
    [known(home, null, `${home}#2`), known(home, told('a', '1'))],
    home,
    told('a', '1'),
    home,
  ],
  [
    'a server that moved to where another one was',
    [known(moved, told('b', '1')), known(home, told('a', '1'))],
    moved,
    told('a', '1'),
    home,
  ],
])('%s', (_what, servers, address, said, key) => {
  expect(serverAt(servers, address, said)?.key ?? null).toBe(key);
});

test.each<[what: string, mine: Told, said: Told, fit: string]>([
  ['says nothing, as ever', null, null, 'same'],
  ['says now what it is', null, told('a', '1'), 'same'],
  ['was restored', told('a', '1'), told('a', '2'), 'same'],
  ['is another one', told('a', '1'), told('b', '1'), 'other'],
  ['does not say any more', told('a', '1'), null, 'unproven'],
])('a server at its own address that %s', (_what, mine, said, fit) => {
  const server = known(home, mine);
  expect(fitOf([server], server, home, said)).toBe(fit);
});

test('a server of before is not taken for one that another account knows by what it says', () => {
  const mine = known(home, null, `${home}#2`);
  expect(fitOf([known(home, told('a', '1')), mine], mine, home, told('a', '1'))).toBe('other');
});

test('two servers at one address have two keys', () => {
  expect([
    newServerKey([], home),
    newServerKey([known(home, null)], home),
    newServerKey([known(home, null), known(moved, null, `${home}#2`)], home),
  ]).toEqual([home, `${home}#2`, `${home}#3`]);
});
