import { BlockList, isIP } from 'node:net';
import { row, type Queryable } from '../db/pool.ts';

export interface Exposure {
  host: string;
  trustProxy: string | null;
  /**
   * True for a database of the operator's; false for the embedded one, which belongs to the API.
   */
  ownDatabase: boolean;
}

/** Warnings for the operator about the server's exposure, a sentence each; none if all is well. */
export async function warnings(
  db: Queryable,
  { host, trustProxy, ownDatabase }: Exposure,
): Promise<string[]> {
  const said: string[] = [];
  if (!isThisMachine(host) && trustProxy === null) {
    said.push(
      `Passwords and messages can be read on the way: http on ${host} is not encrypted. ` +
        'Put a proxy with TLS in front, listen on 127.0.0.1 and name it with --trust-proxy.',
    );
  }
  if (ownDatabase && (await mayChangeAudit(db))) {
    said.push(
      'The database user of this server could switch the audit log off: it owns the tables ' +
        'or is a superuser. Run the server with a user of its own, as README has it under ' +
        '"The audit log".',
    );
  }
  return said;
}

function isThisMachine(host: string): boolean {
  if (host === 'localhost') return true;
  const loopback = new BlockList();
  loopback.addSubnet('127.0.0.0', 8);
  loopback.addAddress('::1', 'ipv6');
  return isIP(host) !== 0 && loopback.check(host, isIP(host) === 6 ? 'ipv6' : 'ipv4');
}

async function mayChangeAudit(db: Queryable): Promise<boolean> {
  const found = await row<{ may: boolean }>(
    db,
    `
    select r.rolsuper or pg_has_role(current_user, c.relowner, 'member') as may
    from pg_class c, pg_roles r
    where c.oid = 'audit_log'::regclass and r.rolname = current_user`,
  );
  return found?.may ?? false;
}

/** Removes user and password from all addresses in a text: printed text is kept in logs. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/\b([a-z][a-z+.-]*:\/\/)[^\s"']*@/gi, '$1***@')
    .replace(/\b(password|token)=[^\s&"']+/gi, '$1=***');
}
