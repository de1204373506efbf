import { registerHooks } from 'node:module';
import { mutationNamed, patched } from './mutations.ts';

/**
 * Loaded with --import into a simulation process: the modules that the seeded bug names are read
 * with its patch. The product itself knows nothing of it.
 */
const mutation = mutationNamed(process.env['STAFFDESK_MUTATION'] ?? '');
registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const edits = mutation.edits.filter((edit) => url.endsWith(`/${edit.file}`));
    if (edits.length === 0 || loaded.source === undefined || loaded.source === null) return loaded;
    return {
      ...loaded,
      source: patched(
        typeof loaded.source === 'string'
          ? loaded.source
          : Buffer.from(loaded.source as Uint8Array).toString('utf8'),
        edits,
      ),
    };
  },
});
