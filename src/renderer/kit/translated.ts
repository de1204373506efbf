/** A text may differ between languages, its place and its variables may not. */
export type Translated<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : T extends readonly [string, string]
      ? readonly [string, string]
      : { readonly [K in keyof T]: Translated<T[K]> };
