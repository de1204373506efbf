import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portOf } from '../../src/main/shell/bridge/desk-port.ts';
import {
  startLoopbackShell,
  type LoopbackOptions,
  type LoopbackShell,
} from '../../src/main/shell/loopback/server.ts';
import { openTestDesk, tempDir, type TestDesk } from './desk.ts';

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface TestShell {
  shell: LoopbackShell;
  desk: TestDesk['desk'];
  origin: string;
  key: string;
  /** Links for other windows, as they were printed. */
  links: string[];
  warnings: string[];
  /** A request with exactly these headers: fetch would correct Host and Origin. */
  send(
    method: string,
    path: string,
    headers?: Record<string, string>,
    body?: string,
  ): Promise<Reply>;
  /** As the window's own scripts ask. */
  post(path: string, body: unknown, session?: string): Promise<Reply>;
  close(): Promise<void>;
}

/** A real desk behind a real loopback server, with a window of three files. */
export async function startTestShell(options: Partial<LoopbackOptions> = {}): Promise<TestShell> {
  const home = tempDir();
  const rendererDir = mkdtempSync(join(tmpdir(), 'staffdesk-window-'));
  writeFileSync(
    join(rendererDir, 'index.html'),
    '<!doctype html><title>window</title><script type="module" src="./assets/index-B8gdXDUm.js"></script>',
  );
  writeFileSync(join(rendererDir, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  mkdirSync(join(rendererDir, 'assets'));
  writeFileSync(join(rendererDir, 'assets/index-B8gdXDUm.js'), 'export {};');
  const { desk } = openTestDesk(home.dir, 'http://127.0.0.1:9');
  const links: string[] = [];
  const warnings: string[] = [];
  const shell = await startLoopbackShell(portOf(desk), {
    rendererDir,
    port: 0,
    onNextLink: (link) => {
      links.push(link);
    },
    warn: (sentence) => {
      warnings.push(sentence);
    },
    ...options,
  });
  const { origin, hash } = new URL(shell.link);
  const send: TestShell['send'] = (method, path, headers = {}, body) =>
    sendTo(origin, method, path, headers, body);
  return {
    shell,
    desk,
    origin,
    key: hash.slice('#key='.length),
    links,
    warnings,
    send,
    post: (path, body, session) =>
      send(
        'POST',
        path,
        {
          origin,
          'content-type': 'application/json',
          ...(session === undefined ? {} : { 'x-staffdesk-session': session }),
        },
        JSON.stringify(body),
      ),
    async close() {
      await shell.close();
      await desk.close();
      home.remove();
      rmSync(rendererDir, { recursive: true, force: true });
    },
  };
}

export function sendTo(
  origin: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Reply> {
  return new Promise((done, fail) => {
    const sent = request(origin + path, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        done({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    sent.on('error', fail);
    sent.end(body);
  });
}
