import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** How long an access token is valid, in seconds. */
export const accessSeconds = 600;
const issuer = 'staffdesk-api';
const audience = 'staffdesk';

const Claims = z.object({ sub: z.uuid(), sid: z.uuid(), rth: z.base64url().optional() });

/** The account, session and refresh token that an access token was issued with. */
export interface AccessClaims {
  userId: string;
  sessionId: string;
  /** SHA-256 of the refresh token; null in access tokens from before this claim. */
  refreshHash: Buffer | null;
}

export async function signAccess(
  key: Buffer,
  { userId, sessionId, refreshHash }: AccessClaims & { refreshHash: Buffer },
): Promise<string> {
  return new SignJWT({ sid: sessionId, rth: refreshHash.toString('base64url') })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${accessSeconds}s`)
    .sign(key);
}

/** Null if the token is not valid. */
export async function verifyAccess(key: Buffer, token: string): Promise<AccessClaims | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      issuer,
      audience,
      typ: 'at+jwt',
      requiredClaims: ['exp', 'sub'],
    });
    const claims = Claims.safeParse(payload);
    return claims.success ? claimsOf(claims.data) : null;
  } catch {
    // Expired, forged or malformed: the caller gets the same 401 for each.
    return null;
  }
}

const claimsOf = ({ sub, sid, rth }: z.infer<typeof Claims>): AccessClaims => ({
  userId: sub,
  sessionId: sid,
  refreshHash: rth === undefined ? null : Buffer.from(rth, 'base64url'),
});
