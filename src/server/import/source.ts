import pg from 'pg';

/** Rows of a table in batches. Times are text in UTC, to the microsecond. */
export interface Source {
  read<T extends pg.QueryResultRow>(query: string): AsyncGenerator<T[]>;
  /** True if the service has a list of questions and answers. */
  hasFaq: boolean;
  close(): Promise<void>;
}

const batch = 1_000;
const mostNamed = 5;

/** The columns that the import reads, by table. */
const columns: Readonly<Record<string, readonly string[]>> = {
  users: [
    'id',
    'email',
    'username',
    'hashed_password',
    'full_name',
    'is_active',
    'is_superuser',
    'created_at',
    'last_login',
  ],
  support_tickets: [
    'id',
    'user_id',
    'subject',
    'category',
    'priority',
    'status',
    'created_at',
    'updated_at',
    'resolved_at',
  ],
  support_messages: [
    'id',
    'ticket_id',
    'user_id',
    'staff_id',
    'message',
    'is_internal',
    'created_at',
  ],
};

/** Database errors that say why it cannot be read, each with its remedy. */
const sentences: Readonly<Record<string, string>> = {
  ECONNREFUSED:
    'The database of --from cannot be reached. Check that PostgreSQL runs there and the address is right.',
  ENOTFOUND: 'The database of --from cannot be reached. Check the name of its machine.',
  ETIMEDOUT:
    'The database of --from cannot be reached. Check its address, and that this machine may connect to it.',
  '28P01': 'The database of --from refused the user or password. Check both.',
  '28000': 'The database of --from refused the user or password. Check both.',
  '3D000': 'The database of --from does not exist. Check the name at the end of its address.',
  '42501':
    'The user of --from may not read the tables. Give it the right: grant select on users, ' +
    'support_tickets, support_messages, faq_items to NAME',
};

/**
 * Opens the database of another service read-only, as it is at this moment. Throws an Error with a
 * sentence for the user.
 */
export async function openSource(url: string): Promise<Source> {
  // The session is read-only, so that not even a mistake here could write.
  const client = new pg.Client({
    connectionString: url,
    application_name: 'staffdesk-import',
    connectionTimeoutMillis: 10_000,
    options: '-c default_transaction_read_only=on -c timezone=UTC',
  });
  // Only this event reports a connection that ends between two statements; the next statement
  // fails.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin isolation level repeatable read read only');
    const hasFaq = await checkSchema(client);
    return { hasFaq, read: (query) => readBatches(client, query), close: () => client.end() };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw sourceError(error);
  }
}

/** A sentence for an error of reaching or reading the source; any other error as it is. */
export function sourceError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '23514' && error instanceof Error) {
    return new Error(
      `A row of the database of --from cannot be kept here: ${error.message}. Nothing was imported.`,
      { cause: error },
    );
  }
  const noAddress =
    error instanceof TypeError ? '--from takes an address such as postgres://HOST/DATABASE.' : null;
  const sentence = sentences[code] ?? noAddress;
  return sentence === null ? error : new Error(sentence, { cause: error });
}

async function checkSchema(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ t: string; c: string }>(
    `
      select table_name as t, column_name as c
      from information_schema.columns
      where table_schema = any(current_schemas(false))`,
  );
  const there = new Set(rows.map(({ t, c }) => `${t}.${c}`));
  if (there.has('support_messages.client_id')) {
    throw new Error(
      'The database of --from is one of Staffdesk already. Start the server with it: npm run api -- --database-url URL',
    );
  }
  const needed = Object.entries(columns).flatMap(([table, names]) =>
    names.map((name) => `${table}.${name}`),
  );
  const missing = needed
    .filter((name) => !there.has(name))
    .slice(0, mostNamed)
    .join(', ');
  if (missing !== '') {
    throw new Error(
      `The database of --from is not one that can be imported: it has no ${missing}. ` +
        'Check that the address names the database of the support service.',
    );
  }
  return there.has('faq_items.display_order');
}

/** Uses a cursor, so that any number of rows needs the memory of one batch. */
async function* readBatches<T extends pg.QueryResultRow>(
  client: pg.Client,
  query: string,
): AsyncGenerator<T[]> {
  await client.query(`declare reading no scroll cursor for ${query}`);
  for (;;) {
    const { rows } = await client.query<T>(`fetch ${batch} from reading`);
    if (rows.length === 0) break;
    yield rows;
  }
  await client.query('close reading');
}
