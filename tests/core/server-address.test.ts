import { describe, expect, test } from 'vitest';
import {
  httpWarning,
  isReadableOnTheWay,
  readServerAddress,
} from '../../src/core/server-address.ts';

const remote = [
  'http://support.example.com',
  'http://support.example.com:3000',
  'HTTP://192.168.1.20',
  'http://10.0.0.5:3000',
  'http://[2001:db8::1]',
  'http://support.local',
  'http://127.0.0.1.example.com',
  'http://localhost.example.com',
  'http://127.0.0.1@support.example.com',
  'http://notlocalhost',
  'http://support.example.com:443',
];
const here = [
  'http://127.0.0.1:3000',
  'http://localhost:3000',
  'http://LOCALHOST.:3000',
  'http://127.1',
  'http://0x7f.1',
  'http://[::1]:3000',
  'http://[::ffff:127.0.0.1]',
  'http://desk.localhost',
];

describe('plain http to another computer', () => {
  test.each(remote)(
    '%s is refused with what it means and what to do, until the user accepts it',
    (address) => {
      expect(() => readServerAddress(address, false)).toThrow(
        /is not encrypted, so others on the network can read your password and all conversations\. .*https:\/\/.*--allow-http/,
      );
      const server = readServerAddress(address, true);
      expect(isReadableOnTheWay(server)).toBe(true);
      expect(httpWarning(server)).toContain(server);
    },
  );
});

test.each([...here, 'https://support.example.com', 'https://10.0.0.5'])(
  '%s is taken without a word',
  (address) => {
    const server = readServerAddress(address, false);
    expect(server).toBe(new URL(address).origin);
    expect(httpWarning(server)).toBeNull();
  },
);

test.each([
  '',
  ' ',
  'support.example.com',
  'localhost:3000',
  'ftp://support.example.com',
  'file:///etc',
  'http://',
  'https://a b',
  'javascript:alert(1)',
])('"%s" is no address of a server', (address) => {
  expect(() => readServerAddress(address, true)).toThrow(
    `--api takes the address of a support server such as https://support.example.com, not "${address}".`,
  );
});
