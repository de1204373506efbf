// Every npm command runs this first. It is plain JavaScript without packages, because nothing may
// be installed yet and the system's Node may be older than the project's own. It installs what is
// missing and then continues under the project's Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findHelp } from './help.mjs';
import { watchNpm } from './npm-process.mjs';
import { findOwnNode } from './own-node.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';
const marker = join(root, 'node_modules', '.staffdesk-installed');
const [command, ...args] = process.argv.slice(2);

/** The child process that runs now; it ends with this one. */
let current = null;

const help = findHelp(command, args);
if (help !== null) {
  console.log(help);
  process.exit(0);
}
if (Number(process.versions.node.split('.')[0]) < 20)
  fail('Node.js 20 or newer is needed. Install it from nodejs.org, then run this again.');
// Some umasks deny the owner too, and then no file that is created could be used.
process.umask(process.umask() & 0o077);
watchNpm(() => current?.kill('SIGTERM'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (current?.kill(signal) !== true) process.exit(1);
  });
if (!installed()) await install();
await goOn();

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

function installed() {
  return (
    findOwnNode(root) !== null && existsSync(marker) && readFileSync(marker, 'utf8') === lockHash()
  );
}

async function install() {
  const started = Date.now();
  console.log('Installing packages (the first time this takes a minute or two) ...');
  const ticks = setInterval(
    () => console.log(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`),
    10_000,
  );
  // No package's install script runs: every package is complete as the hash in the lock file
  // describes it.
  const options = [
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const code = await run(windows ? 'npm.cmd' : 'npm', ['ci', ...options], { cwd: root });
  clearInterval(ticks);
  if (code !== 0)
    fail(
      'The packages could not be installed (npm says why above). Check the network or the npm ' +
        'registry setting, then run this again.',
    );
  if (findOwnNode(root) === null)
    fail(
      `No package brings a Node.js for ${process.platform} on ${process.arch}. Install Node.js ` +
        '24 or newer from nodejs.org, then run this again.',
    );
  writeFileSync(marker, lockHash());
  console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

async function goOn() {
  const script = join(root, 'scripts', `${command}.ts`);
  if (!command || !existsSync(script)) fail(`There is no command "${command ?? ''}".`);
  const node = findOwnNode(root);
  const path = [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(
    delimiter,
  );
  // Sources run uncompiled. Keeping the compile cache saves a third of each process's start time.
  const env = {
    NODE_COMPILE_CACHE: join(root, '.staffdesk', 'compile-cache'),
    ...process.env,
    PATH: path,
  };
  process.exitCode = await run(node, [script, ...args], {
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}

/**
 * Runs a program to its end. After a signal it is still awaited, so that no process is left behind.
 */
function run(program, parameters, options) {
  return new Promise((done) => {
    const child = spawn(program, parameters, {
      stdio: 'inherit',
      shell: windows && program.endsWith('.cmd'),
      ...options,
    });
    current = child;
    child.on('error', (error) => {
      console.error(`Could not run ${program}: ${error.message}`);
      done(1);
    });
    child.on('exit', (code, signal) => {
      current = null;
      done(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
