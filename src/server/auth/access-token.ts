import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** How long an access token is valid, in seconds. */
export const accessSeconds = 600;
const issuer = 'staffdesk-api';
const audience = 'staffdesk';

const Claims = z.object({ sub: z.uuid(), sid: z.uuid() });

export async function signAccess(key: Buffer, userId: string, sessionId: string): Promise<string> {
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${accessSeconds}s`)
    .sign(key);
}

/** The session that an access token belongs to; null if the token is not valid. */
export async function verifyAccess(
  key: Buffer,
  token: string,
): Promise<{ userId: string; sessionId: string } | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer,
      audience,
      typ: 'at+jwt',
      requiredClaims: ['exp', 'sub'],
    });
    const claims = Claims.safeParse(payload);
    return claims.success ? { userId: claims.data.sub, sessionId: claims.data.sid } : null;
  } catch {
    // Expired, forged or malformed: the caller gets the same 401 for each.
    return null;
  }
}
