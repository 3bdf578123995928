import { describe, expect, it } from 'vitest';
import { wrongArrows } from './arrows.ts';
import { filesOfTheHouse, isForTests, isSource, textOf } from './tree.ts';

const files = filesOfTheHouse();
const workspaces = Object.fromEntries(
  files
    .filter((path) => /^(packages|services|apps|practice)\/[^/]+\/package\.json$/.test(path))
    .map((path) => [(JSON.parse(textOf(path)) as { name: string }).name, path.replace('/package.json', '')]),
);

it('draws no wrong arrow in the whole house', () => {
  const sources = files.filter((path) => isSource(path) && path.includes('/'));
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap((path) => wrongArrows(path, textOf(path), workspaces))).toEqual([]);
});

it('declares every package that is imported', () => {
  const undeclared = files
    .filter(
      (path) => isSource(path) && /^(packages|services|apps|practice)\//.test(path) && !isForTests(path),
    )
    .flatMap((path) => {
      const home = path.split('/').slice(0, 2).join('/');
      const { name, dependencies } = JSON.parse(textOf(`${home}/package.json`)) as {
        name: string;
        dependencies?: Record<string, string>;
      };
      const imported = [...textOf(path).matchAll(/^(?:import|\} from|.* from) '((?:@[\w-]+\/)?[\w-]+)/gm)];
      const used = imported.map((found) => found[1] ?? '').filter((one) => one !== 'node');
      return used.filter((one) => one !== name && !dependencies?.[one]).map((one) => `${path}: ${one}`);
    });
  expect(undeclared).toEqual([]);
});

describe('catches a planted', () => {
  it.each([
    ['core that knows the log', 'packages/core/x.ts', "import { root } from '@answerable/log/verify/tree';"],
    ['log that knows core', 'packages/log/verify/x.ts', "import { concat } from '@answerable/core/bytes';"],
    ['kit under protocol', 'packages/protocol/x.ts', "import { serve } from '@answerable/kit/serve';"],
    ['service in kit', 'packages/kit/x.ts', "import { start } from '@answerable/desk/start';"],
    ['service in a service', 'services/desk/x.ts', "import type { Store } from '@answerable/gateway/store';"],
    ['path around the names', 'services/desk/x.ts', "import { serve } from '../../packages/kit/serve.ts';"],
    ['path into a service', 'services/desk/x.ts', "export * from '../gateway/store.ts';"],
    ['late import', 'services/desk/x.ts', "const later = await import('@answerable/gateway/store');"],
    [
      'practice thing in a service',
      'services/desk/x.ts',
      "import { people } from '@answerable/practice-identity-provider/people';",
    ],
    [
      'sequencer in the wallet',
      'apps/wallet/x.ts',
      "import { append } from '@answerable/log/append/sequencer';",
    ],
    ['chassis in the wallet', 'apps/wallet/x.ts', "import { serve } from '@answerable/kit/serve';"],
    ['Node in core', 'packages/core/x.ts', "import { randomBytes } from 'node:crypto';"],
    ['Node in the wallet', 'apps/wallet/engine/x.ts', "import { readFileSync } from 'node:fs';"],
    ['second door to mcl', 'packages/core/bbs/x.ts', "import mcl from 'mcl-wasm';"],
    ['second door to the database', 'services/desk/store.ts', "import pg from 'pg';"],
    [
      'handler that touches a scalar',
      'services/keeper/x.ts',
      "import { mulG1 } from '@answerable/core/curve';",
    ],
    ['fixture in the code', 'packages/core/x.ts', "import { readVectors } from './test-vectors.ts';"],
    ['scene in the code', 'packages/core/x.ts', "import { enrol } from './presentation/scenario.ts';"],
    ['test tool in the code', 'services/desk/x.ts', "import { expect } from 'vitest';"],
  ])('%s', (_name, file, text) => {
    expect(wrongArrows(file, text, workspaces)).toHaveLength(1);
  });

  it('and leaves right ones alone', () => {
    const right =
      "import { decodeG1 } from '@answerable/core/curve';\nimport { serve } from '@answerable/kit/serve';\nimport './app.ts';";
    expect(wrongArrows('services/desk/x.ts', right, workspaces)).toEqual([]);
  });
});
