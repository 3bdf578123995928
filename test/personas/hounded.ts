/** The one hounded: the bar holds the person and not the account, strangers without a name keep out, and she is told. */
import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBrowser } from '@answerable/practice-people/browser';
import { enrolAs, returnAs, signInAt, signUpAt } from '@answerable/practice-people/visit';
import { ask, doorOf, newWallet, player, refusalOf, type Seat } from '@answerable/practice-story/cast';
import { setRule } from '@answerable/practice-story/join';
import { until } from '@answerable/practice-story/staff';
import type { World } from '@answerable/practice-story/world';
import { openFile } from '@answerable/protocol/report/evidence-pack';
import { verifyEvidence } from '@answerable/protocol/report/verify-evidence';
import { inWords } from 'answerable/evidence';
import { expect, it } from 'vitest';
import {
  barBehind,
  expectBroken,
  readAsStranger,
  seatOf,
  seatUnderTheBan,
  type Written,
  write,
} from './town.ts';

const command = fileURLToPath(new URL('../../apps/cli/answerable.mjs', import.meta.url));
const stranger = {
  handle: 'no_patience',
  words: ['Nobody asked you.', 'Close your shop.', 'I said close it.'],
};

export function hounded(given: () => World): void {
  let receipt: string;

  it('lets only answerable accounts reply: throw-aways keep out, neighbours do not', async () => {
    const world = given();
    const own = await seatOf(world, 'hounded', 'commons', 'morning_loaf');
    const neighbour = await seatOf(world, 'journalist', 'commons', 'two_columns');
    const thread = await write(world, own, 'Rye on Fridays', 'From six in the morning.');
    await ask(world, own, 'POST', '/me', { replyRule: 'answerable' });
    const throwAway = await throwAwayAccount(world);
    const reply = (by: Pick<Seat, 'forum' | 'browser'>) =>
      refusalOf(() => ask(world, by, 'POST', `/posts/${thread.id}/replies`, { text: 'Well.' }));
    expect(await reply(throwAway)).toBe('forbidden');
    expect(await reply(neighbour)).toBe('let in');
  });

  it('reports without giving herself away, and the bar holds whoever it was', async () => {
    const world = given();
    const own = await seatOf(world, 'hounded', 'commons', 'morning_loaf');
    const thread = await write(world, own, 'New oven', 'It came today.');
    const hounding = await seatOf(world, 'abroad', 'commons', stranger.handle);
    const replies: Written[] = [];
    for (const text of stranger.words)
      replies.push(await ask(world, hounding, 'POST', `/posts/${thread.id}/replies`, { text }));
    const targets = replies.map(({ locator }) => locator);
    const report = { targets, reasons: ['abuse'], capacity: 'subject', statement: 'It does not stop.' };
    ({ receipt } = await ask<{ receipt: string }>(world, own, 'POST', '/report', report));
    await barBehind(world, targets);
    const again = () => ask(world, hounding, 'POST', `/posts/${thread.id}/replies`, { text: 'And?' });
    expect(['suspended', 'unauthorised']).toContain(await refusalOf(again));
  });

  it('has peace from every new account of that person', async () => {
    const world = given();
    const door = doorOf(world, 'commons');
    const { wallet, words } = player(world, 'abroad');
    const fresh = { handle: 'quite_new', slot: 2 };
    const ways = [
      () => signInAt(door, wallet),
      () => signUpAt(door, wallet, fresh),
      async () => {
        const device = newWallet(world);
        await returnAs({ person: 'abroad', account: 'second' }, device, words);
        await signUpAt(door, device, fresh);
      },
    ];
    for (const way of ways) expect(await refusalOf(way)).toBe('barred');
    const asNew = () => enrolAs({ person: 'abroad' }, newWallet(world));
    expect(await refusalOf(asNew)).toBe('person_known');
  });

  it('is told what came of it, and nothing about who it was', async () => {
    const { origin } = given().network.roles.desk;
    const told = await (await fetch(`${origin}/receipts/${receipt}`)).json();
    expect(told).toMatchObject({ state: 'decided' });
    expect(told.outcome).toContain('we have acted on it');
    expect(JSON.stringify(told)).not.toContain(stranger.handle);
  });

  it('takes away one file that holds by itself: what was said to her, and nothing of her or of him', async () => {
    const world = given();
    const bytes = await evidenceOf(world, receipt);
    const path = join(mkdtempSync(join(tmpdir(), 'answerable-evidence-')), 'evidence-commons.html');
    writeFileSync(path, bytes);
    const { status, said } = await verifyAlone(path, world.network.policyPath);
    expect({ status, said }).toMatchObject({
      status: 0,
      said: expect.stringMatching(/entry \d+; it was there by/),
    });
    // Without the trust policy nothing is claimed of the log.
    expect(inWords(verifyEvidence(bytes, undefined))).toContain('NOT checked: name the trust policy');
    const text = new TextDecoder().decode(bytes);
    for (const words of stranger.words) expect(text).toContain(words);
    const own = await seatOf(world, 'hounded', 'commons', 'morning_loaf');
    const { device } = player(world, 'hounded');
    const hers = (await device.load())!.holding!.recordPoint;
    const secrets = [receipt, hers, own.handle, own.id, stranger.handle, 'Marlowe', 'Fontanel'];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    for (let at = 0; at < bytes.length; at += 3) {
      bytes[at] = bytes[at]! ^ 1;
      if (verifyEvidence(bytes, undefined).faults.length === 0) throw new Error(`byte ${at} can be changed`);
      bytes[at] = bytes[at]! ^ 1;
    }
    writeFileSync(path, text.replace('I said close it.', 'I never said so.'));
    const changed = await verifyAlone(path, world.network.policyPath);
    expect(changed).toMatchObject({ status: 1, said: expect.stringContaining('changed since it was made') });
  });

  it('is not known by name to whoever reads her; under the ban she is', async () => {
    const world = given();
    const nobodyReadsHerName = async (forum: Seat['forum'], by: Pick<Seat, 'forum' | 'browser'>) => {
      const { id } = await write(world, by, 'Closed on Monday', 'A day of rest.');
      expect(await readAsStranger(world, forum, id)).not.toContain('Marlowe');
    };
    await nobodyReadsHerName('commons', await seatOf(world, 'hounded', 'commons', 'morning_loaf'));
    const there = await seatUnderTheBan(world, 'hounded');
    await expectBroken(() => nobodyReadsHerName('commons-of-the-ban', there));
  });
}

/** As she downloads it, once the log has it. */
const evidenceOf = ({ network }: World, receipt: string): Promise<Uint8Array> =>
  until(async () => {
    const response = await fetch(`${network.roles.desk.origin}/receipts/${receipt}/evidence`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return openFile(new TextDecoder().decode(bytes))?.seal.proof ? bytes : undefined;
  }, 'the proof of the log in the evidence file');

/** `answerable evidence verify` in a process of its own that ends if it would speak to anybody. */
const verifyAlone = (path: string, policy: string): Promise<{ status: number; said: string }> =>
  new Promise((resolve) => {
    // A path is a pipe on this machine, as the loader of TypeScript has one.
    const deaf = `import net from 'node:net';
      const { connect } = net.Socket.prototype;
      net.Socket.prototype.connect = function (...args) {
        const [to] = args.flat();
        return to?.path ? connect.apply(this, args) : process.exit(9);
      };`;
    const args = ['--import', `data:text/javascript,${encodeURIComponent(deaf)}`, command];
    execFile(
      process.execPath,
      [...args, 'evidence', 'verify', path, '--policy', policy],
      (error, stdout, stderr) => resolve({ status: Number(error?.code ?? 0), said: stdout + stderr }),
    );
  });

/** An account that nobody answers for, made while the forum had no rule. */
async function throwAwayAccount(world: World): Promise<Pick<Seat, 'forum' | 'browser'>> {
  const throwAway = { forum: 'commons', browser: createBrowser() } as const;
  await setRule(world, { rule: 'no-rule' });
  await ask(world, throwAway, 'POST', '/sign-up', { handle: 'x_9917', email: 'x@example.org' });
  await setRule(world, { rule: 'answerable', forUk: false, geography: 'GB' });
  return throwAway;
}
