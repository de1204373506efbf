import { domainToASCII } from 'node:url';
import { skeletonOf } from '../../core/look-alike.ts';
import { isOneWriting } from './scripts.ts';

const longest = 254;
const longestLocal = 64;
/**
 * Excludes blanks, control characters, direction marks, characters without a width, and the quoted
 * forms that nobody uses.
 */
const localPattern =
  /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const domainPattern = /^[\p{L}\p{M}\p{N}-]+(\.[\p{L}\p{M}\p{N}-]+)*$/u;
const unseen = /[\p{C}\p{Default_Ignorable_Code_Point}]/u;
/** Latin letters that cannot be mistaken for a to z: accents, ligatures, Vietnamese. */
const plainLatin = /^[\0-\u0130\u0132-\u017f\u1e00-\u1eff]*$/;

/**
 * The canonical form of an email address: normalised, in lower case, with its domain in ASCII, so
 * that a look-alike domain shows as `xn--`. Null for an invalid address, and for one that contains
 * unseen characters or looks like another one.
 */
export function canonicalEmail(text: string): string | null {
  const trimmed = text.trim();
  if (unseen.test(trimmed)) return null;
  const normal = trimmed.normalize('NFKC').toLowerCase().normalize('NFC');
  const at = normal.lastIndexOf('@');
  const [local, written] = [normal.slice(0, at), normal.slice(at + 1).replace(/\.$/, '')];
  if (
    at < 1 ||
    !localPattern.test(local) ||
    Buffer.byteLength(local) > longestLocal ||
    !isToldApart(local)
  )
    return null;
  const domain = domainPattern.test(written) ? domainToASCII(written) : '';
  if (domain === '') return null;
  const email = `${local}@${domain}`;
  return email.length > longest ? null : email;
}

/** False if the letters come from several scripts, or only seem to be plain Latin letters. */
function isToldApart(local: string): boolean {
  if (/^[\x21-\x7e]+$/.test(local)) return true;
  if (!isOneWriting(local)) return false;
  if (/\p{Script=Latin}/u.test(local))
    return plainLatin.test(local.replace(/[^\p{Script=Latin}]/gu, ''));
  return !/^[\x21-\x7e]+$/.test(skeletonOf(local));
}

/**
 * The forms to look for at a sign-in: the canonical one, then the one of accounts that are older
 * than it.
 */
export function signInForms(text: string): [string, ...string[]] {
  const plain = text.trim().toLowerCase();
  const canonical = canonicalEmail(text);
  return canonical === null || canonical === plain ? [plain] : [canonical, plain];
}
