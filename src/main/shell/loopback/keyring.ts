import { createMemorySecrets, type SecretStore } from '../../desk/areas/session/secrets.ts';

const service = 'Staffdesk';
/** A keyring that waits for someone to unlock it must not keep the app from starting. */
const patienceMs = 10_000;

/**
 * The OS keyring: Keychain, Credential Manager or the Secret Service. Where there is none (a
 * server, a container, a session without a keyring daemon) the token stays in memory and the window
 * says so (R10). The kernel's keyutils store is not used: it forgets at reboot, which would look
 * like a keyring and not be one.
 */
export async function openKeyring(): Promise<SecretStore> {
  if (process.platform === 'linux' && !process.env['DBUS_SESSION_BUS_ADDRESS'])
    return createMemorySecrets();
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    const entry = (account: string) =>
      new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
    await answerWithin(entry('probe').getPassword(), patienceMs);
    return {
      kind: 'os',
      get: async (account) => (await entry(account).getPassword()) ?? null,
      set: (account, secret) => entry(account).setPassword(secret),
      remove: async (account) => {
        await entry(account).deletePassword();
      },
    };
  } catch (error) {
    console.error(
      `No OS keyring (${error instanceof Error ? error.message : 'unknown reason'}); the sign-in is kept in memory.`,
    );
    return createMemorySecrets();
  }
}

function answerWithin<T>(answer: Promise<T>, ms: number): Promise<T> {
  const late = new Promise<never>((_, fail) => {
    setTimeout(() => {
      fail(new Error('it did not answer'));
    }, ms).unref();
  });
  return Promise.race([answer, late]);
}
