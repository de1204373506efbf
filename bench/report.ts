import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/paths.ts';

const path = join(root, 'docs', 'performance.md');
const opening = `# Performance

\`npm run bench\` writes the figures below. They are of one machine on one day: compare columns and
ratios, and run it on your own machine before you rely on a number.
`;

/** A table in Markdown that also reads well on a terminal. Columns after the first are numbers. */
export function table(head: readonly string[], body: readonly (readonly string[])[]): string {
  const widths = head.map((name, i) =>
    Math.max(name.length, ...body.map((line) => line[i]?.length ?? 0)),
  );
  const padded = (cell: string, i: number): string =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0);
  const line = (cells: readonly string[]): string => `| ${cells.map(padded).join(' | ')} |`;
  return [
    line(head),
    `|${widths.map((width, i) => (i === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`,
    ...body.map(line),
  ].join('\n');
}

/** On what it was measured. `postgres` is the server's own word. */
export function conditions(postgres: string, load: number): string {
  const [processor] = cpus();
  const memory = Math.round(totalmem() / 1024 ** 3);
  return (
    `Commit ${commit()}, Node ${process.versions.node}, PostgreSQL ${postgres}; ` +
    `${cpus().length} cores (${processor?.model.trim() ?? 'unknown'}), ${memory} GB, ` +
    `${type()} ${release()}; load average ${load.toFixed(1)} before the run began.`
  );
}

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();
  try {
    const changed =
      git('status', '--porcelain', '--', 'src', 'bench') === '' ? '' : ' with changes';
    return git('rev-parse', '--short', 'HEAD') + changed;
  } catch {
    // A copy without its history.
    return 'unknown';
  }
}

/** Puts a section into docs/performance.md in place of the one with the same title. */
export function writeSection(title: string, text: string): void {
  const old = existsSync(path) ? readFileSync(path, 'utf8') : opening;
  const [head = opening, ...sections] = old.split(/^(?=## )/m);
  const at = sections.findIndex((section) => section.startsWith(`## ${title}\n`));
  // In its place, so that what a run changed can be read as a difference.
  sections.splice(at < 0 ? sections.length : at, 1, `## ${title}\n\n${text}`);
  writeFileSync(path, [head, ...sections].map((section) => section.trim()).join('\n\n') + '\n');
  console.log(`\nWritten to docs/performance.md, section "${title}".`);
}
