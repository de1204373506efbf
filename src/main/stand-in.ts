import type { StandIn } from './desk/areas/session/auth.ts';

/**
 * The demo's own sign-in, handed over in `STAFFDESK_DEMO_SIGN_IN` as `email:password`; null in real
 * use.
 */
export function readStandIn(env: NodeJS.ProcessEnv): StandIn | null {
  const [email, password] = (env['STAFFDESK_DEMO_SIGN_IN'] ?? '').split(':');
  return email && password ? { email, password } : null;
}
