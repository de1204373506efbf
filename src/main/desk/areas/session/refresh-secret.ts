import type { SecretStore } from './secrets.ts';

/** The account of one server whose tokens are used. */
export interface TokenOwner {
  /** The name of its secret. */
  key: string;
  email: string;
  /** The name that its secret had before; null for none. */
  oldSecret: string | null;
}

/** The refresh token of an account; null where none is kept. */
export async function refreshToken(
  secrets: SecretStore,
  { key, oldSecret }: TokenOwner,
): Promise<string | null> {
  return (await secrets.get(key)) ?? (oldSecret === null ? null : await secrets.get(oldSecret));
}

export async function keepRefreshToken(
  secrets: SecretStore,
  { key, oldSecret }: TokenOwner,
  token: string,
): Promise<void> {
  await secrets.set(key, token);
  if (oldSecret !== null) await secrets.remove(oldSecret);
}

export async function removeRefreshToken(
  secrets: SecretStore,
  { key, oldSecret }: TokenOwner,
): Promise<void> {
  await secrets.remove(key);
  if (oldSecret !== null) await secrets.remove(oldSecret);
}
