/** Where a desk keeps its state: where it is called, as every other command, and where an older one has it already. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultDeskDir } from './data-dir.ts';
import { deskVerb } from './desk.ts';
import { settingsPath } from './gateway-settings.ts';

let folder = '';
let before = '';
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'answerable-here-')));
  before = join(folder, 'clone', 'desk-data');
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});
const here = () => join(folder, 'desk-data');

it('a new one begins where it is called, beside those of the other commands', () => {
  expect(defaultDeskDir(before)).toBe(here());
  expect(settingsPath(undefined)).toBe(join(folder, 'gateway-data', 'gateway.json'));
});
it('one that was begun in the project’s folder goes on there', () => {
  mkdirSync(before, { recursive: true });
  expect(defaultDeskDir(before)).toBe(before);
});
it('one that is here is not passed over for another', () => {
  mkdirSync(before, { recursive: true });
  mkdirSync(here());
  expect(defaultDeskDir(before)).toBe(here());
});
it('its page says so', () => {
  expect(deskVerb.manual).toContain('desk-data/ here');
});
