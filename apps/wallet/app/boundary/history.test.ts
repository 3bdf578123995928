import { describe, expect, it } from 'vitest';
import { eraseHistory, keepDrawer, noteAnswer, openHistory, startHistory } from './history.ts';
import { memoryShelf } from './shelf.ts';
import { openVault } from './vault.ts';
import type { HistoryLine } from './vault-actions.ts';

const passphrase = 'somewhere quiet';
const line = (platform: string): HistoryLine => ({
  gateway: 'gate',
  platform,
  slot: 1,
  way: 'new',
  disclosed: ['over_18'],
  day: '2026-11-27',
});
const closed = expect.objectContaining({ code: 'history_closed' });

async function wallet() {
  const kept = new Map<string, unknown>();
  const vault = openVault(memoryShelf(kept));
  await keepDrawer(vault);
  return { vault, bytes: () => (kept.get('drawer') as Uint8Array).length };
}

describe('a history', () => {
  it('gives back what was noted since it was begun, and nothing once erased', async () => {
    const { vault } = await wallet();
    await noteAnswer(vault, line('before'));
    await startHistory(vault, passphrase);
    await noteAnswer(vault, line('one'));
    await noteAnswer(vault, line('two'));
    expect(await openHistory(vault, passphrase)).toEqual([line('two'), line('one')]);
    await eraseHistory(vault);
    await expect(openHistory(vault, passphrase)).rejects.toEqual(closed);
  });
  it('none and a wrong passphrase: one refusal, one size on the shelf', async () => {
    const [without, withOne] = [await wallet(), await wallet()];
    await startHistory(withOne.vault, passphrase);
    for (const { vault } of [without, withOne]) {
      await noteAnswer(vault, line('one'));
      await expect(openHistory(vault, 'somewhere loud')).rejects.toEqual(closed);
    }
    expect(withOne.bytes()).toBe(without.bytes());
  });
  it('counts wrong passphrases, and then makes them wait, history or none', async () => {
    const { vault } = await wallet();
    for (let i = 0; i < 5; i++) await expect(openHistory(vault, 'x')).rejects.toEqual(closed);
    await expect(openHistory(vault, passphrase)).rejects.toMatchObject({ code: 'lock_wait' });
  });
  it('a name too long for it keeps nobody from answering', async () => {
    const { vault } = await wallet();
    await noteAnswer(vault, line('x'.repeat(101)));
    await noteAnswer(vault, {
      ...line('x'.repeat(100)),
      gateway: 'y'.repeat(100),
      disclosed: Array(20).fill('z'.repeat(100)),
    });
  });
});
