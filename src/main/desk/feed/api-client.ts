import axios, {
  AxiosError,
  AxiosHeaders,
  type AxiosAdapter,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
} from 'axios';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { apiBase, eventsPath, type ApiRoute } from '../../../contract/wire/api.ts';
import {
  clientRoutes,
  type ClientAnswer as Answer,
  type ClientRouteName as RouteName,
} from '../../../contract/wire/level1.ts';
import { parseRetryAfter } from '../../../core/backoff.ts';
import { withZone } from '../../../core/time.ts';
import { troubleOfAnswer, troubleOfCode } from '../../../core/trouble.ts';
import { ApiError, codesOf, tooLarge } from './api-error.ts';
import { createConnections, NoConnectionError, type Connections } from './connections.ts';
import { decoded, largestAnswer, type CodedBytes, type Decoded } from './content-coding.ts';
import type { ServerTime } from './server-time.ts';
import type { Transport } from './transport.ts';

export interface RequestParts {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
  /** The operation id; the server makes one effect of any number of tries (fault 1). */
  idempotencyKey?: string;
  token?: string;
}

/** An answer that has not been read. */
export interface RawAnswer extends CodedBytes {
  /**
   * The query of the next page, which a Link header (RFC 8288) gives before the answer is read;
   * null where none does.
   */
  next: URLSearchParams | null;
}

export interface ApiClient {
  /**
   * The parsed 2xx answer. Throws ApiError on anything else, and NoConnectionError where a
   * connection has to be opened first, which only `capabilities` does.
   */
  request<R extends RouteName>(route: R, parts?: RequestParts): Promise<Answer<R>>;
  /** A 2xx answer of JSON as it came, to be decoded and parsed elsewhere. Throws as `request`. */
  requestBytes(route: RouteName, parts?: RequestParts): Promise<RawAnswer>;
  /**
   * Opens the event stream. Throws as `request`; the stream ends or errors when the connection
   * does.
   */
  openEvents(token: string, signal: AbortSignal): Promise<Readable>;
  /** The server's time now (ms), as far as it is known: for what is shown. */
  serverNow(): number;
  connections: Connections;
  /**
   * Ends every request under way as unreachable, so that the next ones begin on new connections.
   */
  reset(): void;
}

const requestTimeoutMs = 20_000;

/**
 * A client for the support API at `server` (scheme, host and port), over the network unless a
 * transport is given. Answers are parsed with the contract's schemas.
 */
export function createApiClient(
  server: string,
  time: Pick<ServerTime, 'heard' | 'now'>,
  transport?: Transport,
): ApiClient {
  const connections = createConnections(transport !== undefined);
  const http = createHttp(server, connections, transport);

  return {
    connections,
    reset: http.reset,
    serverNow: () => time.now(),
    async request<R extends RouteName>(name: R, parts: RequestParts = {}): Promise<Answer<R>> {
      const request = requestOf(name, parts);
      const response = await http.send({ ...request, responseType: 'text' });
      const answer = parseAnswer(response, clientRoutes[name].answer);
      // Only now is it the API that said when it was: not a page of a Wi-Fi, nor a gateway's error.
      for (const { at, said } of timesIn(name, parts, response, answer)) time.heard(at, said);
      // The map ties each route's name to its answer schema, which `Answer<R>` is inferred from.
      return answer as Answer<R>;
    },
    async requestBytes(name, parts = {}) {
      const request = requestOf(name, parts);
      return rawAnswer(
        await http.send({ ...request, responseType: 'arraybuffer', decompress: false }),
      );
    },
    openEvents: async (token, signal) => streamOf(await http.send(eventsRequest(token, signal))),
  };
}

function requestOf(name: RouteName, parts: RequestParts): HttpRequest {
  const route: ApiRoute = clientRoutes[name];
  return {
    method: route.method,
    url: fillPath(route.path, parts.params ?? {}),
    params: parts.query,
    data: parts.body,
    headers: requestHeaders(parts),
    mayConnect: name === 'capabilities',
  };
}

const eventsRequest = (token: string, signal: AbortSignal): HttpRequest => ({
  method: 'GET',
  url: eventsPath,
  headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
  responseType: 'stream',
  signal,
  timeout: 0,
});

interface HttpRequest extends AxiosRequestConfig {
  /** It may open a connection; any other request goes out on one that is there. */
  mayConnect?: boolean;
  signal?: AbortSignal;
}

/** Requests to one server, over the network unless a transport is given. */
function createHttp(server: string, connections: Connections, transport: Transport | undefined) {
  const http = createAxios(server, connections, transport);
  let life = new AbortController();

  return {
    /** The response, whatever its status. Throws ApiError without one, and NoConnectionError. */
    async send({
      mayConnect = false,
      signal,
      ...config
    }: HttpRequest): Promise<AxiosResponse<unknown>> {
      try {
        return await http.request<unknown>({
          ...config,
          ...(mayConnect ? agentsOf(connections.asking) : {}),
          signal: signal ? AbortSignal.any([life.signal, signal]) : life.signal,
        });
      } catch (error) {
        const held = noConnection(error);
        if (held) throw held;
        connections.lost();
        throw noAnswer(error);
      }
    },
    reset() {
      life.abort();
      life = new AbortController();
      connections.lost();
      connections.close();
    },
  };
}

/** A 2xx answer of JSON that nobody has read. Throws ApiError for any other. */
function rawAnswer(response: AxiosResponse<unknown>): RawAnswer {
  const { data } = response;
  const came =
    data instanceof Uint8Array
      ? {
          bytes: aloneInBuffer(data),
          coding: header(response, 'content-encoding')?.toLowerCase() ?? null,
        }
      : null;
  if (isError(response))
    throw statusError(
      response,
      parseJson({ ...response, data: came === null ? '' : textOf(decoded(came)) }),
    );
  if (came === null || !saysJson(response)) throw notJson(response);
  return { ...came, next: nextPage(header(response, 'link')) };
}

/** An answer that is an event stream. Throws ApiError for any other, and ends that. */
function streamOf(response: AxiosResponse<unknown>): Readable {
  // `responseType: 'stream'` makes axios hand over Node's own stream.
  const stream = response.data as Readable;
  if (response.status === 200 && header(response, 'content-type')?.startsWith('text/event-stream'))
    return stream;
  stream.destroy();
  throw statusError(response, undefined);
}

const ServerSays = z.object({ server_time: z.string() });

/**
 * When (ms) an answer says that it was sent; nothing where something between may have kept it, or
 * where anybody may have sent it.
 */
function timesIn(
  name: RouteName,
  parts: RequestParts,
  response: AxiosResponse<unknown>,
  answer: unknown,
): { at: number; said: boolean }[] {
  const known =
    parts.token !== undefined || name === 'capabilities' || name === 'login' || name === 'refresh';
  if (!known || Number(header(response, 'age') ?? 0) !== 0) return [];
  const said = ServerSays.safeParse(answer).data?.server_time;
  const times = [
    { at: Date.parse(withZone(said ?? '')), said: true },
    { at: Date.parse(header(response, 'date') ?? ''), said: false },
  ];
  return times.filter(({ at }) => !Number.isNaN(at));
}

function createAxios(
  server: string,
  connections: Connections,
  transport: Transport | undefined,
): AxiosInstance {
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(server).hostname);
  return axios.create({
    baseURL: server.replace(/\/$/, '') + apiBase,
    timeout: requestTimeoutMs,
    maxContentLength: largestAnswer,
    ...agentsOf(connections.reusing),
    // A redirect is never ours: it is a captive portal's, and following it would send the token
    // there.
    maxRedirects: 0,
    validateStatus: () => true,
    transformResponse: (data: unknown) => data,
    headers: { accept: 'application/json' },
    // Costs both sides least of what a server may send.
    transitional: { advertiseZstdAcceptEncoding: true },
    ...(loopback ? { proxy: false as const } : {}),
    ...(transport ? { adapter: adapterOf(transport) } : {}),
  });
}

const agentsOf = ({
  http,
  https,
}: Connections['asking']): { httpAgent: unknown; httpsAgent: unknown } => ({
  httpAgent: http,
  httpsAgent: https,
});

/** The NoConnectionError that axios has wrapped; null for any other error. */
function noConnection(error: unknown): NoConnectionError | null {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof NoConnectionError) return at;
  return null;
}

function adapterOf(transport: Transport): AxiosAdapter {
  return async (config) => {
    const headers = Object.fromEntries(
      Object.entries(config.headers.toJSON()).map(([name, value]) => [
        name.toLowerCase(),
        String(value),
      ]),
    );
    const data: unknown = config.data;
    const query = new URLSearchParams(
      config.params as Record<string, string> | undefined,
    ).toString();
    const {
      status,
      headers: answered,
      body,
    } = await transport({
      method: (config.method ?? 'get').toUpperCase(),
      url: `${config.baseURL ?? ''}${config.url ?? ''}${query === '' ? '' : `?${query}`}`,
      headers,
      body: typeof data === 'string' ? data : undefined,
      stream: config.responseType === 'stream',
      timeoutMs: config.timeout ?? 0,
      signal: config.signal instanceof AbortSignal ? config.signal : undefined,
    });
    return { data: body, status, statusText: '', headers: answered, config };
  };
}

function requestHeaders(parts: RequestParts): AxiosHeaders {
  const headers = new AxiosHeaders();
  if (parts.token !== undefined) headers.set('authorization', `Bearer ${parts.token}`);
  if (parts.idempotencyKey !== undefined) headers.set('idempotency-key', parts.idempotencyKey);
  // Without a body axios would name a form's type, which the API rightly refuses.
  headers.set('content-type', parts.body === undefined ? false : 'application/json');
  return headers;
}

function fillPath(path: string, params: Record<string, string>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`Path parameter ${name} is missing`);
    return encodeURIComponent(value);
  });
}

function parseAnswer(response: AxiosResponse<unknown>, schema: z.ZodType): unknown {
  const body = parseJson(response);
  if (isError(response)) throw statusError(response, body);
  if (body === undefined) throw notJson(response);
  const parsed = schema.safeParse(body);
  if (!parsed.success)
    throw new ApiError({ kind: 'bad-answer', why: z.prettifyError(parsed.error).slice(0, 500) });
  return parsed.data;
}

const textOf = (came: Decoded): string =>
  came.kind === 'bytes' ? new TextDecoder().decode(came.bytes) : '';

/** The query that `<...?cursor=...>; rel="next"` names. */
function nextPage(link: string | undefined): URLSearchParams | null {
  const query = /^<[^<>?#]*\?([^<>#]*)>; rel="next"$/.exec(link ?? '')?.[1];
  return query === undefined ? null : new URLSearchParams(query);
}

const aloneInBuffer = (data: Uint8Array): Uint8Array<ArrayBuffer> =>
  data.byteLength === data.buffer.byteLength && data.buffer instanceof ArrayBuffer
    ? new Uint8Array(data.buffer)
    : Uint8Array.from(data);

const isError = ({ status }: AxiosResponse<unknown>): boolean => status < 200 || status > 299;

const saysJson = (response: AxiosResponse<unknown>): boolean =>
  header(response, 'content-type')?.includes('json') === true;

function isJson(response: AxiosResponse<unknown>): response is AxiosResponse<string> {
  return typeof response.data === 'string' && saysJson(response);
}

function parseJson(response: AxiosResponse<unknown>): unknown {
  if (!isJson(response)) return undefined;
  try {
    const value: unknown = JSON.parse(response.data);
    return value;
  } catch {
    // Cut in the middle or not JSON at all: the caller treats both as 'not an answer'.
    return undefined;
  }
}

/** JSON that was cut, or none: a sign-in page of the network with status 200. */
const notJson = (response: AxiosResponse<unknown>): ApiError =>
  new ApiError({
    kind: 'bad-answer',
    why: 'not JSON',
    trouble: troubleOfAnswer({ status: response.status, isJson: false }),
  });

/**
 * An answer was there, but it cannot be taken: too long, not in its coding, or not HTTP. Nothing
 * else is an answer.
 */
function noAnswer(error: unknown): ApiError {
  const code =
    codesOf(error).find(
      (one) => one !== AxiosError.ERR_BAD_REQUEST && one !== AxiosError.ERR_NETWORK,
    ) ?? '';
  if (error instanceof Error && error.message.includes('maxContentLength'))
    return new ApiError(tooLarge, error);
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT') || code.startsWith('HPE_'))
    return new ApiError({ kind: 'bad-answer', why: code, trouble: 'unexpected-answer' }, error);
  return new ApiError({ kind: 'unreachable', trouble: troubleOfCode(code) }, error);
}

const OurError = z
  .object({ detail: z.union([z.string(), z.array(z.object({ msg: z.string() }).loose())]) })
  .loose();

/**
 * 5xx and 429 may come from a proxy in any shape; a 4xx decides an operation's fate, so it must be
 * the API's own.
 */
function statusError(response: AxiosResponse<unknown>, body: unknown): ApiError {
  const ours = OurError.safeParse(body);
  const { status } = response;
  if (!ours.success && status < 500 && status !== 429 && status !== 408)
    return new ApiError({
      kind: 'bad-answer',
      why: `status ${status} without an error body of the API`,
      status,
      trouble: troubleOfAnswer({ status, isJson: saysJson(response) }),
    });
  const detail = ours.success
    ? typeof ours.data.detail === 'string'
      ? ours.data.detail
      : ours.data.detail.map((d) => d.msg).join('; ')
    : '';
  const retryAfterMs = parseRetryAfter(header(response, 'retry-after'), header(response, 'date'));
  return new ApiError({ kind: 'status', status, detail: detail.slice(0, 500), retryAfterMs, body });
}

function header(response: AxiosResponse<unknown>, name: string): string | undefined {
  const value: unknown = AxiosHeaders.from(response.headers as AxiosHeaders).get(name);
  return typeof value === 'string' ? value : undefined;
}
