/** The window's own origin: files of the app, served by the app, never a network. */
export const appScheme = 'app';
const appHost = 'staffdesk';
export const entryPage = `${appScheme}://${appHost}/index.html`;

/**
 * Whether this address belongs to the window. Node calls the origin of a scheme of our own 'null',
 * so its parts are compared.
 */
export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return (
    url.protocol === `${appScheme}:` &&
    url.host === appHost &&
    url.username === '' &&
    url.password === ''
  );
}

/** The one page there is; a fragment or query does not make it another. */
export function isEntryPage(address: string): boolean {
  return isOwnAddress(address) && ['/', '/index.html'].includes(new URL(address).pathname);
}
