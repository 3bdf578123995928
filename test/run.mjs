// Runs every check of the house and ends with the line `N passed, N failed`. The linter and the compiler
// count as one check each, every test of vitest as one. Arguments go to vitest, as file filters.
// In CI the published vectors must be there: without them the mathematics would be unchecked and green.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const count = { passed: 0, failed: 0, skipped: 0 };
const env = { ...process.env, ANSWERABLE_MODE: 'practice' };

function run(script, args, options = {}) {
  return spawnSync(process.execPath, [...(args.before ?? []), join(root, script), ...args.after], {
    cwd: root,
    stdio: 'inherit',
    env,
    ...options,
  });
}

function check(name, script, after) {
  console.log(`\n${name}`);
  const ok = run(script, { after }).status === 0;
  count[ok ? 'passed' : 'failed'] += 1;
  if (!ok) console.log(`${name}: failed`);
}

function checkVectors() {
  const folder = process.env.ANSWERABLE_VECTORS ?? join(root, '..', 'shared', 'vectors');
  if (existsSync(folder)) return;
  console.log(`\nThe published vectors are not there (${folder}); ANSWERABLE_VECTORS can name their folder.`);
  if (process.env.CI === 'true') count.failed += 1;
}

function runTests(filters) {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-results-'));
  const results = join(folder, 'results.json');
  run('test/browser/chromium.ts', { before: ['--import', 'tsx'], after: [] });
  const after = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${results}`, ...filters];
  const { status } = run('node_modules/vitest/vitest.mjs', { after });
  const failedBefore = count.failed;
  if (existsSync(results)) countResults(JSON.parse(readFileSync(results, 'utf8')));
  // Something failed that is no test: a file that cannot be loaded, an error after the last test.
  if (status !== 0 && count.failed === failedBefore) count.failed += 1;
  rmSync(folder, { recursive: true, force: true });
}

function countResults({ testResults }) {
  for (const file of testResults) {
    const states = file.assertionResults.map((result) => result.status);
    count.passed += states.filter((state) => state === 'passed').length;
    count.failed += states.filter((state) => state === 'failed').length;
    count.skipped += states.filter((state) => state !== 'passed' && state !== 'failed').length;
    if (file.status === 'failed' && !states.includes('failed')) count.failed += 1;
  }
}

const filters = process.argv.slice(2);
check('Format and lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '--reporter=summary', '.']);
check('Types', 'node_modules/typescript/bin/tsc', ['--noEmit']);
checkVectors();
runTests(filters);

const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
console.log(`\n${count.passed} passed, ${count.failed} failed${skipped}`);
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
