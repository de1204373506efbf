/**
 * Whether the program at this address is the one that gave out the session. It may have ended, and
 * another program may have its port by now: that one must get neither the session nor a word of
 * what the agent has typed. So the window sends a challenge that only a holder of the session can
 * meet.
 */
export async function isSameDesk(session: string): Promise<boolean> {
  const [id = '', secret = ''] = session.split('.');
  const challenge = crypto.randomUUID();
  const response = await fetch('bridge/proof', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    credentials: 'omit',
    body: JSON.stringify({ session: id, challenge }),
  });
  const answer: unknown = response.ok ? await response.json().catch(() => null) : null;
  const proof =
    typeof answer === 'object' && answer !== null && 'proof' in answer ? answer.proof : null;
  return proof === (await hmac(secret, challenge));
}

async function hmac(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)));
  return [...signature].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
