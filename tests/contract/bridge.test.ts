import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AreaContract } from '../../src/contract/areas/parts.ts';
import { bridgeCalls, bridgeEvents, liveQueries } from '../../src/contract/bridge.ts';

const folder = new URL('../../src/contract/areas/', import.meta.url);

test('the bridge has the calls, events and live queries of every area, and no name twice', async () => {
  const contracts = (
    await Promise.all(readdirSync(folder).map((file) => import(new URL(file, folder).href)))
  ).flatMap((module: Record<string, unknown>) =>
    Object.entries(module).flatMap(([name, value]) =>
      name.endsWith('Contract') ? [value as AreaContract] : [],
    ),
  );
  const namesOf = (part: 'calls' | 'events' | 'live'): string[] =>
    contracts.flatMap((contract) => Object.keys(contract[part] ?? {})).toSorted();
  expect(contracts.length).toBeGreaterThan(9);
  expect(namesOf('calls')).toEqual(Object.keys(bridgeCalls).toSorted());
  expect(namesOf('events')).toEqual(Object.keys(bridgeEvents).toSorted());
  expect(namesOf('live')).toEqual(Object.keys(liveQueries).toSorted());
});
