// Plain JavaScript: help is there before anything is installed.
import { readFileSync } from 'node:fs';

/** The text of --help for a command, or null where it is not asked for. */
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
