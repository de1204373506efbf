import type { Page } from 'playwright-core';
import type { CallInput, CallName, CallOutput } from '../../src/contract/bridge.ts';
import { apiBase } from '../../src/contract/wire/api.ts';

/** Calls the desk as its window does, to prepare a screen. */
export async function call<N extends CallName>(
  page: Page,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  const result = await page.evaluate(async (body) => {
    const response = await fetch('/bridge/call', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-staffdesk-session': sessionStorage.getItem('staffdesk-session') ?? '',
      },
      body,
    });
    return (await response.json()) as { ok: boolean; value: unknown };
  }, JSON.stringify({ name, input }));
  if (!result.ok) throw new Error(`${name} failed: ${JSON.stringify(result)}`);
  // The desk responds by the same contract.
  return result.value as CallOutput<N>;
}

/** Calls the support API as one of the demo's users. */
export async function person(
  server: string,
  email: string,
): Promise<(method: string, path: string, body: unknown) => Promise<void>> {
  const ask = async (
    method: string,
    path: string,
    body: unknown,
    token = '',
  ): Promise<Record<string, unknown>> => {
    const response = await fetch(server + apiBase + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const { access_token: token } = await ask('POST', '/auth/login', {
    email,
    password: 'staffdesk-demo',
  });
  return async (method, path, body) => {
    await ask(method, path, body, String(token));
  };
}
