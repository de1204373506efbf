import type { FastifyInstance } from 'fastify';
import packageFile from '../../../package.json' with { type: 'json' };
import { staffMinMessageLength } from '../../contract/wire/api.ts';
import { currentStanding } from '../feed/epoch.ts';
import { publicRoute, type Services } from '../http/route.ts';

/** Grows with each call that level 1 does not have; a client shows only the features named here. */
const features = [
  'notes',
  'patch',
  'reopen',
  'idempotency',
  'sync',
  'events',
  'staff',
  'macros',
  'merge',
  'mentions',
  'snooze',
  'presence',
  'audit',
  'closed-since',
  'search',
];

/** Public, so that an app can find out the level and identity of a server before it signs in. */
export function capabilityRoutes(app: FastifyInstance, { pool, settings, portal }: Services): void {
  publicRoute(app, 'capabilities', async () => ({
    level: 2,
    features,
    kind: 'staffdesk',
    version: packageFile.version,
    server_time: new Date().toISOString(),
    min_message_length: { customer: portal.minMessageLength, staff: staffMinMessageLength },
    portal: {
      name: portal.name,
      phone: portal.phone,
      min_message_length: portal.minMessageLength,
      asks_priority: portal.asksPriority,
    },
    server: { id: settings.id, history: (await currentStanding(pool, settings)).epoch },
  }));
}
