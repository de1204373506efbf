/**
 * One sentence for an error of Node's `parseArgs`, whose message has several, partly on separate
 * lines.
 */
export function optionMistake(error: unknown): string {
  const text = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error);
  const [, option] = /^Option '(-[^ ']+)[^']*' argument (?:missing|is ambiguous)/.exec(text) ?? [];
  if (option === undefined) return text;
  return `${option} takes a value, and none follows it; one that begins with a dash is written as ${option}=-VALUE`;
}
