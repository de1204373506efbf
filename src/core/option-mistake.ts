/**
 * One sentence for what `parseArgs` of Node has thrown: it says more than one, partly on lines of
 * their own.
 */
export function optionMistake(error: unknown): string {
  const text = error instanceof Error ? (error.message.split(/\.\s/)[0] ?? '') : String(error);
  const [, option] = /^Option '(-[^ ']+)[^']*' argument (?:missing|is ambiguous)/.exec(text) ?? [];
  if (option === undefined) return text;
  return `${option} takes a value, and none follows it; one that begins with a dash is written as ${option}=-VALUE`;
}
