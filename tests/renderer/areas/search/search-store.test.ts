import { expect, test } from 'vitest';
import type { CallInput, CallOutput } from '../../../../src/contract/bridge.ts';
import { createSearch } from '../../../../src/renderer/areas/search/search-store.ts';
import type { Desk } from '../../../../src/renderer/bridge/client.ts';
import { createToasts } from '../../../../src/renderer/toasts.ts';

const nothing: CallOutput<'search.query'> = { hits: [], problems: [], indexing: false, steps: [] };

/** A desk that responds when it is told to. */
function open() {
  const asked: CallInput<'search.query'>[] = [];
  let answer: () => void = () => undefined;
  const desk = {
    watch: (
      _name: string,
      input: CallInput<'search.query'>,
      on: { value: (value: unknown) => void },
    ) => {
      asked.push(input);
      answer = () => {
        on.value(nothing);
      };
      return {
        ask: (next: CallInput<'search.query'>) => asked.push(next),
        end: () => undefined,
      };
    },
  } as unknown as Desk;
  return {
    search: createSearch(desk, createToasts()),
    asked,
    answer: () => {
      answer();
    },
  };
}

test('filter and order belong to the question: one that changes while it is under way is asked after it', () => {
  const { search, asked, answer } = open();
  search.type('refund');
  search.narrow({ priority: ['urgent'] });
  search.order('oldest');
  expect(asked).toEqual([expect.objectContaining({ query: 'refund', filter: {}, sort: 'match' })]);
  answer();
  expect(asked.slice(1)).toEqual([
    expect.objectContaining({ query: 'refund', filter: { priority: ['urgent'] }, sort: 'oldest' }),
  ]);
  answer();
  search.type('refunds');
  expect(asked.at(-1)).toMatchObject({ query: 'refunds', filter: { priority: ['urgent'] } });
});

test('an emptied box ends the search, and the next one is not narrowed', () => {
  const { search, asked, answer } = open();
  search.type('refund');
  answer();
  search.narrow({ unread: true });
  answer();
  search.type('');
  expect(search.state.getState()).toMatchObject({ filter: {}, sort: 'match', hits: [] });
  search.type('card');
  expect(asked.at(-1)).toMatchObject({ query: 'card', filter: {}, sort: 'match' });
});
