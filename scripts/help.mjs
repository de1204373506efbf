// Plain JavaScript, because the help must work before anything is installed.
import { readFileSync } from 'node:fs';

/** The help text of a command; null if --help was not given. */
export function findHelp(command, args) {
  if (!args.includes('--help') && !args.includes('-h')) return null;
  const lines = command === 'api' ? apiHelp(args) : read('./help.json')[command];
  return lines === undefined ? null : lines.join('\n');
}

function apiHelp(args) {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const { serve, 'user add': userAdd, import: importing } = read('../src/server/help.json');
  if (words[0] === 'import') return importing;
  return words[0] === 'user' && words[1] === 'add' ? userAdd : serve;
}

function read(file) {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
}
