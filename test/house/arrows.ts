/**
 * Who may import whom (ARCHITECTURE.md, "Arrows"). Given a file and its text, says which of its imports are
 * wrong and why. Tests beside the code may look anywhere; the code itself may not.
 */
import { posix } from 'node:path';
import ts from 'typescript';
import { isForTests } from './tree.ts';

/** What a room may import besides itself. Rooms are path prefixes; `*` stands for one name. */
const allowed: Record<string, readonly string[]> = {
  'packages/core': [],
  'packages/log/verify': [],
  'packages/log/append': ['packages/log/verify', 'packages/log'],
  'packages/log/monitor': ['packages/log/verify', 'packages/log'],
  'packages/log': ['packages/log/verify', 'packages/log/append', 'packages/log/monitor'],
  'packages/protocol': ['packages/core', 'packages/log/verify'],
  'packages/kit': ['packages/core', 'packages/log', 'packages/protocol'],
  'packages/connector': ['packages/core', 'packages/protocol', 'packages/kit'],
  // It runs inside somebody else's program, which brings what it needs: nothing of ours.
  'packages/nodebb-plugin-answerable': [],
  'services/*': ['packages/core', 'packages/log', 'packages/protocol', 'packages/kit', 'packages/connector'],
  'apps/wallet': ['packages/core', 'packages/log/verify', 'packages/protocol'],
  'apps/authority/engine': ['packages/core', 'packages/log/verify', 'packages/protocol'],
  'apps/authority': [
    'apps/authority/engine',
    'packages/core',
    'packages/log/verify',
    'packages/protocol',
    'packages/kit',
  ],
  'apps/cli': [
    'packages/core',
    'packages/log',
    'packages/protocol',
    'packages/kit',
    'services/desk',
    'services/gateway',
    'services/guardian',
    'services/keeper',
    'services/logbook',
    'services/registrar',
    'apps/wallet',
    'practice',
  ],
  practice: ['packages', 'services', 'apps', 'test'],
  test: ['packages', 'services', 'apps', 'practice'],
  bench: ['packages', 'services', 'apps', 'practice', 'test'],
};

/** Workspace packages by name, as in their package.json. */
export type Workspaces = Readonly<Record<string, string>>;

/** Rooms that run in a browser, or must be able to: nothing of Node. */
const withoutNode = ['packages/core', 'packages/log/verify', 'packages/protocol', 'apps/wallet'];
/** Files in such rooms that are about building and serving them on a developer's machine. */
const builders = /^apps\/wallet\/(answers|build|built-files|curve-as-file|host|main)\.ts$/;

const onlyDoors: Record<string, string> = {
  'mcl-wasm': 'packages/core/curve.ts',
  pg: 'packages/kit/database.ts',
  'oidc-provider': 'services/gateway',
};

const arithmetic = /^(add|sub|mul|neg|inv|msm|random|scalarFrom|scalarTo|pairing|prepare|hashToG1)/;

/** Sentences about what is wrong with the imports of `file`; empty if nothing is. */
export function wrongArrows(file: string, text: string, workspaces: Workspaces): string[] {
  const imports = ts.preProcessFile(text, true, true).importedFiles.map((found) => found.fileName);
  const wrong = imports.flatMap((name) => wrongImport(file, name, workspaces) ?? []);
  return [...wrong, ...touchedScalars(file, text)];
}

function wrongImport(file: string, name: string, workspaces: Workspaces): string | undefined {
  const say = (why: string) => `${file} imports ${name}: ${why}`;
  const door = Object.entries(onlyDoors).find(
    ([library]) => name === library || name.startsWith(`${library}/`),
  );
  if (door && !file.startsWith(door[1]) && !isForTests(file) && roomOf(file) !== 'bench')
    return say(`only ${door[1]} may`);
  if (isForTests(file)) return undefined;
  if (name === 'vitest' && roomOf(file) !== 'test') return say('only tests may');
  if (isOfNode(name) && withoutNode.some((room) => isIn(file, room)) && !builders.test(file))
    return say('this room runs in browsers');
  const target = targetOf(file, name, workspaces);
  if (target === undefined) return undefined;
  const [from, to] = [roomOf(file), roomOf(target)];
  if (isForTests(withEnding(target)) && from !== 'test' && from !== 'bench') return say('only tests may');
  if (from === undefined || to === undefined) return say('one of them is in no room');
  if (from === to) return undefined;
  if (!allowed[roomPattern(from)]?.some((room) => isIn(target, room)))
    return say(`${from} may not know ${to}`);
  if (name.startsWith('.') && packageOf(file) !== packageOf(target) && from !== 'test' && to !== 'test')
    return say('say the package’s name');
  return undefined;
}

// A request handler moves encoded things; what is done with points and scalars has a name in core.
function touchedScalars(file: string, text: string): string[] {
  if (!file.startsWith('services/') || isForTests(file)) return [];
  const names = [...text.matchAll(/import\s*(?:type\s*)?\{([^}]*)\}\s*from\s*'@answerable\/core\/curve'/g)]
    .flatMap((found) => (found[1] ?? '').split(','))
    .map((name) => name.trim().replace(/^type /, ''));
  return names.filter((name) => arithmetic.test(name)).map((name) => `${file} does arithmetic: ${name}`);
}

const isIn = (path: string, room: string) => path === room || path.startsWith(`${room}/`);
const isOfNode = (name: string) =>
  name.startsWith('node:') || ['fs', 'path', 'crypto', 'os', 'http', 'child_process'].includes(name);
const withEnding = (path: string) => (/\.[a-z]+$/.test(path) ? path : `${path}.ts`);
const packageOf = (path: string) => path.split('/').slice(0, 2).join('/');
const roomPattern = (room: string) => (room.startsWith('services/') ? 'services/*' : room);

function roomOf(path: string): string | undefined {
  if (path.startsWith('services/')) return packageOf(path);
  const rooms = Object.keys(allowed).filter((room) => isIn(path, room));
  return rooms.sort((a, b) => b.length - a.length)[0];
}

function targetOf(file: string, name: string, workspaces: Workspaces): string | undefined {
  if (name.startsWith('.')) return posix.join(posix.dirname(file), name);
  const workspace = Object.keys(workspaces).find((known) => name === known || name.startsWith(`${known}/`));
  return workspace === undefined ? undefined : `${workspaces[workspace]}${name.slice(workspace.length)}`;
}
