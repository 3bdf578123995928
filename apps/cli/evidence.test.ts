/** `answerable evidence`: what it says of a file, and the status it ends with. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  inScript,
  partOf,
  recordOpens,
  scriptCloses,
  sealPage,
} from '@answerable/protocol/report/evidence-pack';
import { describe, expect, it, vi } from 'vitest';
import { evidenceVerb } from './evidence.ts';

const folder = mkdtempSync(join(tmpdir(), 'answerable-evidence-'));
const record = {
  ...{ v: 1, desk: 'Commons', platform: 'commons', what: 'report', received: '2026-11-23', capacity: 'user' },
  ...{ statement: 'Please look.', links: [], additions: [], items: [], pictures: [], outcome: null },
};
const json = inScript(record);
const page = `<!doctype html>${recordOpens}${json}${scriptCloses}`;
const manifest = {
  v: 1 as const,
  made: '2026-11-23T08:00:00.000Z',
  parts: [partOf('page', Buffer.from(page)), partOf('record.json', Buffer.from(json))],
};
const whole = sealPage(page, { manifest, salt: 'A'.repeat(43), proof: null });

async function run(...args: string[]): Promise<{ status: number; said: string }> {
  let said = '';
  const note = (text: string | Uint8Array) => {
    said += String(text);
    return true;
  };
  const spies = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')];
  for (const spy of spies) spy.mockImplementation(note);
  const status = await evidenceVerb.run(args).finally(() => spies.map((spy) => spy.mockRestore()));
  return { status, said };
}
function kept(text: string): string {
  const path = join(folder, `${Math.random()}.html`);
  writeFileSync(path, text);
  return path;
}

describe('answerable evidence verify', () => {
  it('says what holds, and what rests on whose word', async () => {
    const { status, said } = await run('verify', kept(whole));
    expect(status).toBe(0);
    for (const words of [
      'a report at commons',
      'file       whole',
      'no proof inside',
      'whoever reported',
      'download the file again',
    ])
      expect(said).toContain(words);
  });
  it('names the part that was changed, and ends with 1', async () => {
    const { status, said } = await run('verify', kept(whole.replace('Please look', 'Please see!')));
    expect(status).toBe(1);
    expect(said).toContain('changed since it was made: record.json');
  });
  it('takes no other file for one', async () => {
    expect((await run('verify', kept('<html></html>'))).status).toBe(1);
  });
  it.each([[[]], [['verify']], [['verify', 'a', 'b']], [['show', 'a']]])(
    'called as %j it says how, and ends with 2',
    async (args) => {
      expect((await run(...args)).status).toBe(2);
    },
  );
});
