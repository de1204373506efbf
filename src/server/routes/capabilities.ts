import type { FastifyInstance } from 'fastify';
import { customerMinMessageLength, staffMinMessageLength } from '../../contract/api.ts';
import { publicRoute } from './route.ts';

/** Grows with each call that level 1 does not have; a client shows only what is named here. */
const features = ['notes', 'patch', 'reopen', 'idempotency', 'sync', 'events', 'staff', 'macros', 'merge', 'mentions', 'snooze', 'presence', 'audit', 'closed-since', 'search'];

/** Open to anyone, so that an app can tell the level of a server before it signs in. */
export function capabilityRoutes(app: FastifyInstance): void {
  publicRoute(app, 'capabilities', () => Promise.resolve({
    level: 2, features, server_time: new Date().toISOString(),
    min_message_length: { customer: customerMinMessageLength, staff: staffMinMessageLength },
  }));
}
