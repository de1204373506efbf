import { posix } from 'node:path';
import { isBuiltin } from 'node:module';
import { parseSync, Visitor } from 'vite';

/** A source file that imports what its place does not allow. */
export interface Violation {
  file: string;
  specifier: string;
  rule: string;
}

interface Import {
  /** The importing file, from the top of the repository: `src/main/index.ts`. */
  file: string;
  /** A file of ours from the same top, or the name of a package (`node:fs`, `zod`). */
  target: string;
  local: boolean;
}

interface Rule {
  name: string;
  forbids(found: Import): boolean;
}

const under = (path: string, ...folders: string[]): boolean =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
const packageName = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
const isPackage = (found: Import, ...names: string[]): boolean =>
  !found.local && names.includes(packageName(found.target));

/** Files of `folder` import only from the folders and packages named. */
function only(folder: string, folders: string[], packages: string[]): Rule {
  return {
    name: `${folder} imports only ${[...folders, ...packages].join(', ')}`,
    forbids: (found) =>
      under(found.file, folder) &&
      (found.local
        ? !under(found.target, folder, ...folders)
        : !packages.includes(packageName(found.target))),
  };
}

function never(folder: string, ...folders: string[]): Rule {
  return {
    name: `${folder} never imports ${folders.join(', ')}`,
    forbids: (found) => under(found.file, folder) && found.local && under(found.target, ...folders),
  };
}

/** A package that only the named files and folders may import. */
function onlyIn(name: string, ...places: string[]): Rule {
  return {
    name: `${name} only in ${places.join(', ')}`,
    forbids: (found) =>
      under(found.file, 'src') && isPackage(found, name) && !under(found.file, ...places),
  };
}

function noPackages(folder: string, ...names: string[]): Rule {
  const isForbidden = (found: Import): boolean =>
    isPackage(found, ...names) || isBuiltin(found.target);
  return {
    name: `${folder} never imports ${names.join(', ')} or node:*`,
    forbids: (found) => under(found.file, folder) && !found.local && isForbidden(found),
  };
}

const shells = ['src/main/shell', 'src/main/index.ts', 'src/main/loopback.ts'];

/**
 * Permitted imports. Inside the desk, the window and the server the areas that know each other are
 * listed in `areasKnown`.
 */
export const rules: Rule[] = [
  only('src/contract', [], ['zod']),
  only('src/core', ['src/contract'], ['zod']),
  only('src/preload', ['src/contract'], ['electron']),
  never('src/main', 'src/renderer', 'src/server', 'src/portal'),
  never('src/server', 'src/main', 'src/preload', 'src/renderer'),
  never('src/renderer', 'src/main', 'src/preload', 'src/server', 'src/portal'),
  never('src/portal', 'src/main', 'src/preload', 'src/server', 'src/renderer'),
  noPackages('src/renderer', 'electron', 'better-sqlite3'),
  noPackages('src/portal', 'electron', 'better-sqlite3'),
  never(
    'src/main/desk/sqlite',
    'src/main/desk/feed',
    'src/main/desk/desk.ts',
    'src/main/desk/signed-in.ts',
    ...shells,
  ),
  never('src/main/desk/feed', 'src/main/desk/desk.ts', ...shells),
  // A kind of server is known to them by its traits and its interface.
  never(
    'src/main/desk/areas',
    'src/main/desk/feed/servers/staffdesk',
    'src/main/desk/feed/servers/level1',
  ),
  never('src/main/desk', ...shells),
  never('src/main/shell', 'src/main/index.ts', 'src/main/loopback.ts'),
  onlyIn('electron', 'src/main/index.ts', 'src/main/shell/electron', 'src/preload'),
  onlyIn('better-sqlite3', 'src/main/desk/sqlite'),
  onlyIn('axios', 'src/main/desk/feed/api-client.ts', 'src/portal'),
  never('src/renderer/kit', 'src/renderer/areas', 'src/renderer/keys', 'src/contract'),
];

/** `src/main/desk/areas/outbox/push.ts` is of the area `src/main/desk/outbox`. */
export function areaOf(path: string): string | undefined {
  const found = /^(src\/.+)\/areas\/([^/]+)\//.exec(path);
  return found ? `${found[1]}/${found[2]}` : undefined;
}

/**
 * Every import that breaks a rule; `files` maps paths from the top of the repository to their text.
 */
export function findViolations(files: ReadonlyMap<string, string>): Violation[] {
  return [...files].flatMap(([file, source]) =>
    specifiers(file, source).flatMap((specifier) => {
      const local = specifier.startsWith('.');
      // `?url` and the like choose a form of the file, not another file.
      const [plain = specifier] = specifier.split('?');
      const target = local ? posix.join(posix.dirname(file), plain) : plain;
      return rules
        .filter((rule) => rule.forbids({ file, target, local }))
        .map((rule) => ({ file, specifier, rule: rule.name }));
    }),
  );
}

/** Groups of files that need each other, types included, each in the order of its names. */
export function findCircles(files: ReadonlyMap<string, string>): string[][] {
  const needs = new Map(
    [...files].map(([file, source]) => [
      file,
      localTargets(file, source).filter((target) => files.has(target)),
    ]),
  );
  const reached = new Map([...files.keys()].map((file) => [file, reachedFrom(file, needs)]));
  const circles = new Map<string, string[]>();
  for (const [file, targets] of reached) {
    const circle = [...targets].filter((target) => reached.get(target)?.has(file)).toSorted();
    if (circle.length > 0) circles.set(circle.join(' '), circle);
  }
  return [...circles.values()];
}

function localTargets(file: string, source: string): string[] {
  return specifiers(file, source)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => posix.join(posix.dirname(file), specifier));
}

function reachedFrom(file: string, needs: ReadonlyMap<string, readonly string[]>): Set<string> {
  const reached = new Set<string>();
  const open = [...(needs.get(file) ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    open.push(...(needs.get(next) ?? []));
  }
  return reached;
}

/**
 * Our own files and the packages that a program loads when it begins with `file`; a module imported
 * for its types alone does not count.
 */
export function loadedBy(file: string, files: ReadonlyMap<string, string>): Set<string> {
  const loaded = new Set<string>();
  const load = (path: string): void => {
    if (loaded.has(path)) return;
    loaded.add(path);
    const source = files.get(path);
    if (source !== undefined)
      for (const specifier of specifiers(path, source, 'values'))
        load(
          specifier.startsWith('.')
            ? posix.join(posix.dirname(path), specifier)
            : packageName(specifier),
        );
  };
  load(file);
  return loaded;
}

/**
 * Modules named in import, export ... from, import() and require(); types count, since they tie
 * modules as well, unless `values` are asked for: what runs.
 */
export function specifiers(
  file: string,
  source: string,
  which: 'all' | 'values' = 'all',
): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0)
    throw new Error(`${file} cannot be read: ${errors.map((error) => error.message).join('; ')}`);
  const found: string[] = [];
  const add = (node: { type: string } | null | undefined): void => {
    const text = node ? literalText(node) : null;
    if (text !== null) found.push(text);
  };
  const all = which === 'all';
  new Visitor({
    ImportDeclaration: (node) => {
      if (all || node.importKind !== 'type') add(node.source);
    },
    ExportNamedDeclaration: (node) => {
      if (all || node.exportKind !== 'type') add(node.source);
    },
    ExportAllDeclaration: (node) => {
      if (all || node.exportKind !== 'type') add(node.source);
    },
    ImportExpression: (node) => {
      add(node.source);
    },
    TSImportType: (node) => {
      if (all) add(node.source);
    },
    CallExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'require')
        add(node.arguments[0]);
    },
  }).visit(program);
  return found;
}

/**
 * The text of a string or of a template without holes; a computed specifier is beyond any reader of
 * sources.
 */
function literalText(node: {
  type: string;
  value?: unknown;
  quasis?: { value: { cooked: string | null } }[];
}): string | null {
  if (node.type === 'TemplateLiteral')
    return node.quasis?.length === 1 ? (node.quasis[0]?.value.cooked ?? null) : null;
  return typeof node.value === 'string' ? node.value : null;
}
