/** Readers of single values of the command line. Each throws an Error with what it takes. */

/** An empty value is a mistake, most often of a variable that is not set. */
export function given<T extends string | undefined>(name: string, text: T, wanted: string): T {
  if (text === '') throw new Error(`${name} takes ${wanted}, not "".`);
  return text;
}

export function number(name: string, text: string, max: number, min = 0): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max || value < min)
    throw new Error(`${name} takes a whole number from ${min} to ${max}, not "${text}".`);
  return value;
}
