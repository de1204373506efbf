import { shell, type Session, type WebContents } from 'electron';
import { isEntryPage } from './address.ts';

const outsideSchemes = new Set(['http:', 'https:', 'mailto:']);
/** Windows refuses to open longer ones, and nobody reads them. */
const longestLink = 2_000;

/**
 * The address to hand to the system's browser or mail program, or null for anything that is not
 * plainly a web page or a mail address: other schemes start other programs, credentials before the
 * host hide where a link goes, and some mail programs attach a file that a link names.
 */
export function outsideAddress(link: string): string | null {
  if (link.length > longestLink || hasHiddenCharacters(link) || !URL.canParse(link)) return null;
  const url = new URL(link);
  if (!outsideSchemes.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'mailto:') return isPlainMail(url) ? url.href : null;
  return url.hostname === '' ? null : url.href;
}

/**
 * Controls, spaces, backslashes and direction marks: parsers disagree about the first three,
 * readers about the last.
 */
function hasHiddenCharacters(link: string): boolean {
  return /[\p{Cc}\p{Cf}\s\\"<>|]/u.test(link);
}

function isPlainMail(url: URL): boolean {
  const fieldsAreHarmless = [...url.searchParams.keys()].every((name) =>
    ['subject', 'body', 'cc', 'bcc'].includes(name.toLowerCase()),
  );
  return fieldsAreHarmless && /^[^/]+@[^/]+$/.test(url.pathname);
}

/** Denies every permission, asked or checked, and every device: the window needs none. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    answer({});
  });
  session.on('will-download', (event) => {
    event.preventDefault();
  });
}

function stay(event: { preventDefault(): void; url: string }): void {
  if (!isEntryPage(event.url)) event.preventDefault();
}

/** Keeps a page where it is: it may reload itself, and links to the outside open outside. */
export function guardContents(contents: WebContents): void {
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', (event) => {
    event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

function openOutside(link: string): void {
  const address = outsideAddress(link);
  if (address === null) return;
  shell.openExternal(address).catch((error: unknown) => {
    console.error('The system could not open a link', error);
  });
}
