import * as fc from 'fast-check';
import { apiBase, routes, type ApiRoute, type RouteName } from '../../src/contract/wire/api.ts';
import { standIn, valuesOf } from './schema-values.ts';

const callers = ['customer', 'other', 'staff', 'admin', 'nobody', 'forged'] as const;
const flaws = [
  'none',
  'field',
  'unknown field',
  'query',
  'unknown query',
  'path',
  'method',
  'headers',
  'garbage',
] as const;

export interface FuzzRequest {
  route: RouteName;
  flaw: (typeof flaws)[number];
  caller: (typeof callers)[number];
  method: string;
  url: string;
  headers: Record<string, string>;
  payload: string | Uint8Array | null;
}

/** A request to one call: as documented, or wrong in one way. */
export function requestTo(route: RouteName): fc.Arbitrary<FuzzRequest> {
  const { method, path, params, query, body }: ApiRoute = routes[route];
  const possible = flaws.filter(
    (flaw) =>
      flaw === 'none' ||
      flaw === 'method' ||
      flaw === 'headers' ||
      flaw === 'query' ||
      (flaw === 'path' && params) ||
      (flaw === 'unknown query' && query) ||
      ((flaw === 'field' || flaw === 'unknown field' || flaw === 'garbage') && body),
  );
  return fc
    .record({
      flaw: fc.oneof(
        { weight: 3, arbitrary: fc.constant('none' as const) },
        { weight: 5, arbitrary: fc.constantFrom(...possible) },
      ),
      caller: fc.oneof(
        { weight: 8, arbitrary: fc.constantFrom('customer' as const, 'staff' as const) },
        { weight: 2, arbitrary: fc.constantFrom(...callers) },
      ),
      params: params ? valuesOf(params) : fc.constant({}),
      query: query ? valuesOf(query) : fc.constant({}),
      body: body ? valuesOf(body) : fc.constant(null),
      key: fc.option(fc.oneof(fc.uuid(), fc.nat(50).map(String)), { freq: 3 }),
      flawAt: fc.nat(1_000),
      wrong: wrongValue,
      wrongKey,
      wrongQuery,
      wrongPath,
      wrongHeaders,
      wrongMethod: fc.constantFrom(
        'GET',
        'HEAD',
        'POST',
        'PUT',
        'PATCH',
        'DELETE',
        'OPTIONS',
        'TRACE',
      ),
      bytes: fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string(), brokenJson),
    })
    .map((g) => {
      const search = [
        ...Object.entries(g.query as object).map(
          ([key, value]) => `${key}=${encode(String(value))}`,
        ),
        ...(g.flaw === 'query' || g.flaw === 'unknown query'
          ? [g.flaw === 'query' ? g.wrongQuery : `${encode(g.wrongKey)}=1`]
          : []),
      ].join('&');
      const filled = path.replace(/:(\w+)/g, (_, name: string) =>
        g.flaw === 'path'
          ? g.wrongPath
          : encode(String((g.params as Record<string, unknown>)[name])),
      );
      const sent =
        g.flaw === 'field'
          ? spoil(g.body, g.flawAt, () => g.wrong)
          : g.flaw === 'unknown field'
            ? addField(g.body, g.flawAt, g.wrongKey)
            : g.body;
      return {
        route,
        flaw: g.flaw,
        caller: g.caller,
        method: g.flaw === 'method' ? g.wrongMethod : method,
        url: `${apiBase}${filled}${search === '' ? '' : `?${search}`}`,
        headers: {
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(g.key === null ? {} : { 'idempotency-key': g.key }),
          ...(g.flaw === 'headers' ? g.wrongHeaders : {}),
        },
        payload: g.flaw === 'garbage' ? g.bytes : body ? toText(sent) : null,
      };
    });
}

/** Written into the JSON text as they are, since JSON.stringify would not write them. */
const raw: Record<string, string> = {
  '‹raw overflow›': '1e400',
  '‹raw long›': '9'.repeat(400),
  '‹raw minus zero›': '-0',
  '‹raw deep›': '['.repeat(20_000) + ']'.repeat(20_000),
  '‹raw deep object›': '{"a":'.repeat(5_000) + '1' + '}'.repeat(5_000),
  '‹raw proto›': '{"__proto__":{"role":"admin"}}',
  '‹raw half›': '"half \\ud83d here"',
  '‹raw half key›': '{"\\udc00":1}',
};
const toText = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => v).replace(
    /"(‹raw [\w ]+›)"/g,
    (_, name: string) => raw[name] ?? 'null',
  );
const brokenJson = fc.constantFrom(
  '{',
  '{"message":',
  '{"message":"x"}}',
  '[]',
  'null',
  '"text"',
  '42',
  '{"a":1,"a":2}',
  "{'message':'x'}",
  '\uFEFF{}',
  '{"message":"\\u00"}',
  '{"__proto__":{"message":"hello there"}}',
  '{"constructor":{"prototype":{"message":"x"}}}',
  ' ',
  '\u0000',
);

const wrongValue = fc.oneof(
  fc.constantFrom(...Object.keys(raw)),
  fc.constantFrom<unknown>(
    null,
    true,
    -1,
    1.5,
    2 ** 53,
    [],
    {},
    [[]],
    '',
    ' ',
    'x'.repeat(101_000),
    'nul\u0000here',
    'half\ud800',
    Array.from({ length: 3_000 }, () => 'x'),
    { add: ['\u0000'] },
    { toString: 1 },
  ),
  fc.jsonValue(),
);
const wrongKey = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'is_internal',
    'user_id',
    'staff_id',
    'version',
    'role',
    'id',
    '',
  ),
  fc.string({ minLength: 1, maxLength: 10 }).map((s) => `x${s}`),
);
const wrongQuery = fc.oneof(
  fc.constantFrom(
    '%',
    '%zz=1',
    '%00=%00',
    'q=%00%00%00',
    'q=%ED%A0%80abc',
    'limit=1e400',
    'limit=-1',
    'limit=',
    'limit=5&limit=6',
    'status[]=open',
    'status[a]=open',
    '__proto__=1',
    '__proto__[a]=1',
    'constructor=1',
    'cursor=',
    '&&&=&',
    '?',
    `q=${'x'.repeat(20_000)}`,
    'cursor=a.b',
    'order=desc',
    'order=sideways',
    'order=asc&order=desc',
    'limit=10001',
    'limit=0',
    'q=%F0%9F%98%80%F0%9F%98%80%F0%9F%98%80',
  ),
  fc.string().map((s) => `q=${encode(s)}`),
);
const wrongPath = fc.oneof(
  fc.constantFrom(
    '',
    '%',
    '%00',
    '%2e%2e',
    '..%2f..',
    '%ED%A0%80',
    'null',
    'undefined',
    '1',
    'x'.repeat(5_000),
    '{id}',
    ':id',
    '%C3%28',
    '__proto__',
    'constructor',
  ),
  fc.string({ minLength: 1 }).map(encode),
  fc.nat(19).map((n) => `${standIn('ticket', n)}/`),
  fc.nat(19).map((n) => `${standIn('ticket', n)}%00`),
);
const wrongHeaders = fc.oneof(
  fc.record(
    {
      'content-type': fc.constantFrom(
        'application/json; charset=utf-16',
        'application/json;',
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        '',
        'application/vnd.api+json',
        'x'.repeat(2_000),
      ),
      'content-encoding': fc.constantFrom('gzip', 'br', 'deflate', 'identity', 'x', 'gzip, gzip'),
      'content-length': fc.constantFrom('0', '1', '99999999', '-1', 'x'),
      'idempotency-key': fc.constantFrom('', ' ', 'x'.repeat(201), 'two words', 'é', '1, 2'),
      'accept-encoding': fc.constantFrom(
        'gzip',
        'br',
        'zstd',
        '*;q=0',
        'identity;q=0',
        'x',
        'gzip;q=nan, br;q=9',
      ),
      accept: fc.constantFrom('text/html', 'application/xml', '*/*;q=0'),
      range: fc.constantFrom('bytes=0-1', 'bytes=9-1'),
      'if-none-match': fc.constantFrom('*', '"x"'),
      'x-forwarded-for': fc.constantFrom('127.0.0.1', 'x', '::1, 10.0.0.1'),
      'x-http-method-override': fc.constantFrom('DELETE'),
      'transfer-encoding': fc.constantFrom('chunked', 'x'),
      host: fc.constantFrom('', 'x', 'a b'),
      cookie: fc.string(),
      origin: fc.constantFrom('null', 'http://evil.test'),
    },
    { requiredKeys: [] },
  ),
  fc.record({
    authorization: fc.constantFrom(
      '',
      'Bearer',
      'Bearer ',
      'Bearer x',
      'bearer a.b.c',
      'Basic eDp4',
      'Bearer eyJhbGciOiJub25lIn0.e30.',
      'Bearer null',
    ),
  }),
);

/**
 * Text for an address; halves of characters, which have no encoding, as the bytes that they would
 * be.
 */
function encode(value: string): string {
  return value.isWellFormed() ? encodeURIComponent(value) : '%ED%A0%80';
}

/**
 * Puts something else in one place of a value: in the whole, or in a field or an element at any
 * depth; or takes it out.
 */
function spoil(value: unknown, at: number, wrong: () => unknown): unknown {
  const places = placesIn(value);
  const place = places[at % (places.length + 1)];
  if (!place) return at % 2 === 0 ? wrong() : [value];
  const copy = structuredClone(value);
  const holder = place
    .slice(0, -1)
    .reduce((inner, key) => (inner as Record<string, unknown>)[key], copy) as Record<
    string,
    unknown
  >;
  const last = place.at(-1) ?? '';
  if (at % 5 === 0 && !Array.isArray(holder)) Reflect.deleteProperty(holder, last);
  else holder[last] = wrong();
  return copy;
}

/** Adds a field that no schema knows to one of the objects in a value. */
function addField(value: unknown, at: number, key: string): unknown {
  const copy = structuredClone(value);
  const objects = [
    copy,
    ...placesIn(copy).map((place) =>
      place.reduce((inner, step) => (inner as Record<string, unknown>)[step], copy),
    ),
  ].filter((one): one is object => typeof one === 'object' && one !== null && !Array.isArray(one));
  // Defined and not assigned: `__proto__` must become a field of its own.
  Object.defineProperty(objects[at % objects.length] ?? {}, key, {
    value: 'x',
    enumerable: true,
    configurable: true,
  });
  return copy;
}

function placesIn(value: unknown, from: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...from, key],
    ...placesIn(inner, [...from, key]),
  ]);
}
