import { runInNewContext } from 'node:vm';
import { build } from 'vite';
import { beforeAll, expect, test, vi } from 'vitest';
import config from '../../electron.vite.config.ts';
import { callNames, eventNames, type StaffdeskBridge } from '../../src/contract/bridge.ts';

type Receive = (event: unknown, name: string, payload: unknown) => void;
let code: string;
let files: string[];

/** The preload script as the build makes it, held in memory. */
beforeAll(async () => {
  const { plugins = [], build: { rollupOptions = {} } = {} } = config.preload ?? {};
  const output = await build({
    configFile: false,
    logLevel: 'error',
    plugins,
    ssr: { noExternal: true },
    build: { write: false, ssr: true, minify: false, rollupOptions },
  });
  if (!('output' in output)) throw new Error('one build was asked for');
  files = output.output.map((file) => file.fileName);
  code = output.output[0].code;
});

/** Runs the bundle as a sandboxed preload script runs: nothing to require but electron. */
function run() {
  const receivers = new Set<Receive>();
  const invoked: unknown[][] = [];
  const exposed = new Map<string, StaffdeskBridge>();
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: StaffdeskBridge) => {
        exposed.set(name, value);
      },
    },
    ipcRenderer: {
      invoke: (...args: unknown[]) => {
        invoked.push(args);
        return Promise.resolve({ ok: true, value: {} });
      },
      on: (_channel: string, receive: Receive) => {
        receivers.add(receive);
      },
      off: (_channel: string, receive: Receive) => {
        receivers.delete(receive);
      },
    },
  };
  const required: string[] = [];
  runInNewContext(code, {
    require: (name: string) => {
      required.push(name);
      return electron;
    },
    module: { exports: {} },
    exports: {},
    Promise,
    Error,
  });
  const emit: Receive = (event, name, payload) => {
    for (const receive of receivers) receive(event, name, payload);
  };
  const bridge = exposed.get('staffdesk');
  if (!bridge) throw new Error('the script exposed no bridge');
  return { exposed, bridge, invoked, required, receivers, emit };
}

test('the built preload script is one CommonJS file that requires electron and nothing else', () => {
  const mentioned = [...code.matchAll(/\brequire\(([^)]*)\)/g)].map((match) => match[1]);
  expect([files, run().required, mentioned]).toEqual([['index.cjs'], ['electron'], ['"electron"']]);
  expect(code).not.toMatch(/^\s*(import|export)\b|\bimport\(/m);
});

test('it carries the names of the contract but none of its schemas', () => {
  expect(code.length).toBeLessThan(5_000);
  expect(code).not.toMatch(/zod|ZodType|safeParse/);
});

test('the window sees shell, call and on, and nothing else', () => {
  const { exposed, bridge } = run();
  expect([[...exposed.keys()], Object.keys(bridge).toSorted(), bridge.shell]).toEqual([
    ['staffdesk'],
    ['call', 'on', 'shell'],
    'electron',
  ]);
});

test.each(callNames)('the call %s goes to the one channel', async (name) => {
  const { bridge, invoked } = run();
  await bridge.call(name, { a: 1 });
  expect(invoked).toEqual([['staffdesk:call', name, { a: 1 }]]);
});

/** A name that the types would not let through, as a script in the page may pass. */
function unlisted(name: string): never {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the purpose of this function
  return name as never;
}

test.each(['', 'session.destroy', 'constructor', '__proto__', 'staffdesk:call'])(
  'no other name passes: %j',
  async (name) => {
    const { bridge, invoked, receivers } = run();
    await expect(bridge.call(unlisted(name), {})).rejects.toThrow('no such call');
    expect(() => bridge.on(unlisted(name), () => undefined)).toThrow('no such event');
    expect([invoked, receivers.size]).toEqual([[], 0]);
  },
);

test.each(eventNames)(
  'a listener of %s gets its payload alone, never the event object, until it unsubscribes',
  (name) => {
    const { bridge, emit, receivers } = run();
    const heard = vi.fn<(...args: unknown[]) => void>();
    const stop = bridge.on(name, heard);
    emit({ sender: 'ipcRenderer' }, name, { n: 1 });
    emit({ sender: 'ipcRenderer' }, 'another', { n: 2 });
    expect(heard.mock.calls).toEqual([[{ n: 1 }]]);
    stop();
    emit({}, name, { n: 3 });
    expect([heard.mock.calls.length, receivers.size]).toEqual([1, 0]);
  },
);
