import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Found {
  id: string;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/**
 * Faults that axe finds on a page as it stands, one line each. It comes in through the debugger,
 * past the page's CSP.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // Half a megabyte, and each page needs it once.
  if (await page.evaluate(() => !('axe' in window))) await page.evaluate(source);
  const found = (await page.evaluate(
    "window.axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  )) as Found[];
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) =>
        `${id}: ${help}: ${target.join(' ')} (${failureSummary?.replace(/\s+/g, ' ')})`,
    ),
  );
}
