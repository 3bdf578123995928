import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CeremonyParticipant, createCeremonyParticipant } from './ceremony-participant.ts';
import { realClock } from './clock.ts';
import { holdCeremony, identityOf, type Operated, step } from './hold-ceremony.ts';
import { createJournal } from './journal.ts';
import { readKeyShare } from './key-share.ts';
import { loadOrCreateSigningKey } from './keys.ts';
import { createMetrics } from './metrics.ts';
import { mountPolicySigner } from './policy-signer.ts';
import { policySource } from './policy-source.ts';
import { type Served, serve } from './serve.ts';
import { createServiceApp } from './service.ts';

const token = 'operator-token-of-thirty-two-characters';
const passToken = 'ceremony-token-of-thirty-two-characters';
interface Seat extends Operated {
  dir: string;
  participant: CeremonyParticipant;
  served: Served;
}
let root: string;
let seats: Seat[];
let lines: string[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'ceremony-'));
  lines = [];
  seats = await Promise.all([1, 2, 3].map((i) => sit(i)));
});
afterEach(async () => {
  await Promise.all(seats.map(({ served }) => served.close()));
  rmSync(root, { recursive: true });
});

async function sit(
  i: number,
  role: 'opening' | 'tag' = 'opening',
  answers = (_path: string) => true,
): Promise<Seat> {
  const name = `guardian-${i}`;
  const dir = join(root, name);
  const signingKey = loadOrCreateSigningKey(join(dir, 'signing.key'));
  const participant = createCeremonyParticipant({
    role,
    name,
    signingKey,
    operatorToken: token,
    ceremonyToken: passToken,
    keysDir: dir,
  });
  const journal = createJournal(name, { write: (line) => lines.push(line) });
  const app = createServiceApp({ name, journal, metrics: createMetrics(name) });
  app.use(async (c, next) => {
    if (!answers(c.req.path)) return c.text('away', 503);
    await next();
  });
  participant.mount(app);
  const identity = () => {
    const share = participant.outcome();
    const own = { name, title: name, origin: served.origin, signingKey: toBase64url(signingKey.publicKey) };
    return { ...own, ...(share ? { share } : {}) };
  };
  mountPolicySigner(app, {
    identity,
    signingKey,
    operatorToken: token,
    keysDir: dir,
    policies: policySource(undefined),
    clock: realClock,
  });
  const served: Served = await serve(app, { port: 0 });
  return { origin: served.origin, operatorToken: token, dir, participant, served };
}

async function restart(i: number, answers?: (path: string) => boolean): Promise<void> {
  await seats[i]!.served.close();
  seats[i] = await sit(i + 1, 'opening', answers);
}

const plan = () => ({ role: 'opening' as const, network: 'trial', threshold: 2, participants: seats });

describe('a ceremony over HTTP', () => {
  it('gives everybody a share of one key, on disk for its owner only, and closes', async () => {
    const outcome = await holdCeremony(plan());
    for (const [i, { dir, participant }] of seats.entries()) {
      expect(participant.outcome()).toEqual({ ...outcome, index: i + 1 });
      const path = join(dir, 'opening-share.key');
      expect(statSync(path).mode & 0o777).toBe(0o600);
      expect(readKeyShare(dir, 'opening')).toEqual(participant.held());
      const secret = toBase64url(participant.share().share.secret);
      const others = seats.filter((_, j) => j !== i).flatMap((seat) => filesOf(seat.dir));
      expect([...others, ...lines].some((text) => text.includes(secret))).toBe(false);
      await expect(step(seats[i]!, 'commit', {}, z.unknown())).rejects.toMatchObject({
        code: 'session_state',
      });
      await expect(step(seats[i]!, 'confirm', { confirmations: [] }, z.unknown())).rejects.toMatchObject({
        code: 'session_state',
      });
    }
    await restart(0);
    expect((await identityOf(seats[0]!)).share).toEqual(outcome);
    expect(await holdCeremony(plan())).toEqual(outcome);
  });

  it.each(['/ceremony/reveal', '/ceremony/deal', '/ceremony/finish'])(
    'killed at %s, it begins again',
    async (path) => {
      await restart(1, (asked) => asked !== path);
      await expect(holdCeremony(plan())).rejects.toMatchObject({ code: 'unavailable' });
      await restart(1);
      const outcome = await holdCeremony(plan());
      expect(outcome.verificationKeys).toHaveLength(3);
    },
  );

  it('killed while some have confirmed, it completes with the same key', async () => {
    await restart(2, (asked) => asked !== '/ceremony/confirm');
    await expect(holdCeremony(plan())).rejects.toMatchObject({ code: 'unavailable' });
    const first = await identityOf(seats[0]!);
    expect((await identityOf(seats[2]!)).share).toBeUndefined();
    await restart(2);
    const outcome = await holdCeremony(plan());
    expect(outcome.publicKey).toBe(first.share?.publicKey);
    expect(seats[2]!.participant.outcome()).toEqual({ ...outcome, index: 3 });
  });

  it('refuses a stranger, a wrong role, a session without us, and a step out of turn', async () => {
    const stranger = { ...seats[0]!, operatorToken: token.replace('operator', 'stranger') };
    await expect(step(stranger, 'commit', {}, z.unknown())).rejects.toMatchObject({ code: 'unauthorised' });
    await expect(holdCeremony({ ...plan(), role: 'tag' })).rejects.toMatchObject({ code: 'session_state' });
    await expect(step(seats[0]!, 'reveal', { commits: [] }, z.unknown())).rejects.toMatchObject({
      code: 'session_state',
    });
    const others = await Promise.all(seats.slice(1).map(identityOf));
    const people = [...others, { name: 'guardian-9', signingKey: others[0]!.signingKey }];
    const session = {
      role: 'opening',
      network: 'trial',
      threshold: 2,
      participants: people.map(({ name, signingKey }) => ({ name, signingKey })),
      nonce: toBase64url(new Uint8Array(32)),
    };
    await expect(step(seats[0]!, 'commit', { session }, z.unknown())).rejects.toMatchObject({
      code: 'session_state',
    });
  });

  it('is held with the ceremony’s own tokens, which sign no policy', async () => {
    const passes = seats.map(({ origin }) => ({ origin, operatorToken: passToken }));
    await holdCeremony({ ...plan(), participants: passes });
    await expect(step(passes[0]!, 'sign-policy', { policy: {} }, z.unknown())).rejects.toMatchObject({
      code: 'unauthorised',
    });
  });

  it('names who says two things', async () => {
    const identities = await Promise.all(seats.map(identityOf));
    const session = {
      role: 'opening',
      network: 'trial',
      threshold: 2,
      participants: identities.map(({ name, signingKey }) => ({ name, signingKey })),
      nonce: toBase64url(new Uint8Array(32)),
    };
    const message = z.strictObject({ message: z.string() });
    const commits = await Promise.all(seats.map((seat) => step(seat, 'commit', { session }, message)));
    const again = await step(seats[1]!, 'commit', { session }, message);
    const texts = [...commits, again].map((one) => one.message);
    await expect(step(seats[0]!, 'reveal', { commits: texts }, message)).rejects.toMatchObject({
      code: 'ceremony_fault',
      pointer: 'commit: participants 2',
    });
  });

  it('does not start on a share file that was altered', async () => {
    await holdCeremony(plan());
    const path = join(seats[0]!.dir, 'opening-share.key');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"opening"', '"tag"'));
    await expect(restart(0)).rejects.toThrow('does not hold a share of the opening key');
  });
});

const filesOf = (dir: string): string[] =>
  readdirSync(dir).map((name) => readFileSync(join(dir, name), 'utf8'));
