import type { FastifyInstance } from 'fastify';
import { changeMacro, createMacro, deleteMacro, selectMacros } from './macros.ts';
import { readRoute, writeRoute, type Services } from '../../http/route.ts';

/** Any member of staff may read and write any macro, so admission is the only authorization. */
const anyStaff = (): Promise<void> => Promise.resolve();

export function macroRoutes(app: FastifyInstance, services: Services): void {
  readRoute(app, services, 'listMacros', 'staff', async () => ({
    macros: await selectMacros(services.pool, null),
  }));

  writeRoute(app, services, 'createMacro', 'staff', {
    authorize: anyStaff,
    effect: (tx, { body }) => createMacro(tx, body),
  });

  writeRoute(app, services, 'patchMacro', 'staff', {
    authorize: anyStaff,
    effect: (tx, { params, body }) => changeMacro(tx, params.id, body),
  });

  writeRoute(app, services, 'deleteMacro', 'staff', {
    authorize: anyStaff,
    effect: (tx, { params }) => deleteMacro(tx, params.id),
  });
}
