/**
 * From `network init` to somebody who joined at one organisation and signs up at the forum of another: three
 * organisations, each with a folder of its own, referees only, in production mode.
 */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { realClock } from '@answerable/kit/clock';
import { step } from '@answerable/kit/hold-ceremony';
import { policySource } from '@answerable/kit/policy-source';
import { createBrowser } from '@answerable/practice-people/browser';
import { consoleVisit } from '@answerable/practice-people/console-visit';
import { practiceReferee, vouchedBy } from '@answerable/practice-people/referee';
import { visitForum } from '@answerable/practice-people/visit';
import { signPolicyResponse } from '@answerable/protocol/party-identity';
import { trustPolicyHash } from '@answerable/protocol/trust-policy';
import { memoryStore } from '@answerable/wallet/engine/state';
import { createWallet } from '@answerable/wallet/engine/wallet';
import { askParties, composeFor, signersOf } from 'answerable/network/ask-parties';
import { checkNetwork } from 'answerable/network/check';
import { foundNetwork } from 'answerable/network/found';
import { cardPath, readSettings, roleDir } from 'answerable/network/home';
import type { Card } from 'answerable/network/invitation';
import { linkFor } from 'answerable/network/link';
import type { NetworkPlan } from 'answerable/network/plan';
import { signFirstPolicy } from 'answerable/network/sign';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatherOrganisations, type Name, names, type Organisations } from './three-organisations.ts';

let three: Organisations;

beforeAll(async () => {
  three = await gatherOrganisations();
  await Promise.all(names.map((name) => three.run(name)));
});
afterAll(() => three?.close());

const policyAt = (name: Name) => policySource(three.homes[name].policyPath).current();

describe.sequential('before anything is signed', () => {
  const conduct = (cards: string[], agrees = async () => true) =>
    foundNetwork(three.homes.harbour, cards, three.desk('harbour', agrees));
  const cards = () => [cardPath(three.homes.mill), cardPath(three.homes.orchard)];
  /** The card of a member, with something else in it. */
  const altered = (name: Name, change: (card: Card) => void): string => {
    const copy = JSON.parse(readFileSync(cardPath(three.homes[name]), 'utf8')) as Card;
    change(copy);
    const path = join(three.folder, `${name}-altered.json`);
    writeFileSync(path, JSON.stringify(copy));
    return path;
  };
  const other = 'A'.repeat(43);

  it.each<[string, () => string[], string]>([
    ['the card of a member that is missing', () => cards().slice(1), 'The card of Mill is missing'],
    ['two cards of one organisation', () => [...cards(), cards()[0]!], 'Two cards are of one organisation'],
    [
      'a card for an older invitation',
      () => [altered('mill', (card) => Object.assign(card, { plan: other })), cards()[1]!],
      'A card is for another plan',
    ],
    [
      'another key than is on the card',
      () => [altered('mill', ({ keys }) => Object.assign(keys, { guardian: other })), cards()[1]!],
      'The guardian of Mill answers with another key than is on its card',
    ],
  ])('no ceremony is held with %s', async (_sin, given, sentence) => {
    await expect(conduct(given())).rejects.toThrow(sentence);
    expect((await askParties(three.homes.mill.plan)).guardians.map(({ share }) => share)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('nor by who does not conduct, nor when the invitations are over', async () => {
    await expect(foundNetwork(three.homes.mill, [], three.desk('mill'))).rejects.toThrow('The conductor');
    const late = new Date(Date.now() + 60 * 86_400_000);
    await expect(foundNetwork(three.homes.harbour, cards(), three.desk('harbour'), late)).rejects.toThrow(
      'The invitations were good until',
    );
  });

  it('a member that answers with another’s key is named, and so is one at another’s address', async () => {
    const { plan } = three.homes.harbour;
    const [keeper] = (await askParties(plan)).keepers;
    const orchard = three.homes.orchard.organisation;
    const says: [object, string][] = [
      [
        { ...keeper, name: 'orchard-keeper', title: 'Orchard', origin: orchard.roles.keeper },
        'with the key of',
      ],
      [{ ...keeper }, 'somebody else than the keeper of Orchard'],
    ];
    await three.stop('orchard');
    try {
      for (const [said, sentence] of says) {
        const close = await answering(Number(new URL(orchard.roles.keeper!).port), said);
        // Of its other roles nobody is asked before this answer is in doubt.
        const alone = { ...plan, organisations: plan.organisations.map(onlyKeeperOf('orchard')) };
        const error = await askParties(alone).then(
          () => undefined,
          (refused: Error) => refused,
        );
        await close();
        expect(error?.message).toContain(sentence);
      }
    } finally {
      await three.run('orchard');
    }
  });

  it('who reads and does not agree signs nothing; the card’s tokens, which the conductor has, sign nothing', async () => {
    await expect(conduct(cards(), async () => false)).rejects.toThrow('Nothing was signed.');
    const { plan } = three.homes.mill;
    const policy = composeFor(plan, plan.effective!, await askParties(plan));
    const { ceremony } = JSON.parse(readFileSync(cards()[0]!, 'utf8')) as Card;
    const guardian = three.homes.mill.organisation.roles.guardian!;
    await expect(
      step(
        { origin: guardian, operatorToken: ceremony.guardian! },
        'sign-policy',
        { policy },
        signPolicyResponse,
      ),
    ).rejects.toMatchObject({ code: 'unauthorised' });
    for (const { origin } of signersOf(plan))
      expect((await fetch(`${origin}/ceremony/signed`)).status).toBe(404);
  });

  it('what is signed is what was looked at; who signed another text is named, and nothing is put in place', async () => {
    const { plan } = three.homes.mill;
    const policy = composeFor(plan, plan.effective!, await askParties(plan));
    const lured = { ...policy, limits: { ...policy.limits, hearingSeconds: 0 } };
    const { port, operatorToken } = readSettings(three.homes.mill, 'guardian');
    const own = { origin: `http://localhost:${port}`, operatorToken: operatorToken! };
    await step(own, 'sign-policy', { policy: lured }, signPolicyResponse);
    // It signs no second text, whatever its own people are shown.
    await expect(signFirstPolicy(three.homes.mill, three.desk('mill'))).rejects.toThrow(
      'Our guardian refuses',
    );
    await expect(signFirstPolicy(three.homes.orchard, three.desk('orchard'))).rejects.toThrow(
      'The guardian of Mill has signed another policy than we have',
    );
    for (const name of names) expect(existsSync(three.homes[name].policyPath)).toBe(false);
    // The text would hold for whoever was shown it: the parties’ own words are not in the line that was changed.
    expect(trustPolicyHash(lured)).not.toBe(trustPolicyHash(policy));
    const keys = join(roleDir(three.homes.mill, 'guardian'), 'keys');
    for (const file of ['signed-policy-1', 'signed-policy-1.json']) rmSync(join(keys, file));
  });
});

describe.sequential('founded', () => {
  beforeAll(() => three.found(), 60_000);

  it('one trust policy is in place at all three, signed by all, on the record', () => {
    const hashes = names.map((name) => trustPolicyHash(policyAt(name)));
    expect(new Set(hashes).size).toBe(1);
    const { opening, tags, witnesses, authorities, registrar } = policyAt('mill');
    expect([opening.threshold, opening.guardians.length, tags.threshold, tags.keepers.length]).toEqual([
      2, 3, 2, 3,
    ]);
    expect([witnesses.quorum, witnesses.list.length, authorities]).toEqual([4, 6, []]);
    expect(registrar.title).toBe('Harbour');
    expect(three.said.harbour).toContain('The trust policy is on the record.');
    expect(three.said.orchard.at(-1)).toContain('The wallet’s release is on the record');
  });

  it('each read the same in plain words, with what is lost', () => {
    const words = names.map((name) =>
      three.said[name].find((text) => text.includes('first trust policy of')),
    );
    expect(new Set(words).size).toBe(1);
    for (const part of [
      'any 2 of 3 can open an account',
      'by somebody who vouches for them',
      'Any 2 organisations',
      'nobody may ask yet',
      'Orchard serves the wallet and runs a gateway',
      'Fingerprint of the whole text',
    ])
      expect(words[0]).toContain(part);
  });

  it('no secret of one is in the folder of another, and operators’ tokens in nothing that is sent', () => {
    const filesIn = (dir: string): string[] =>
      readdirSync(dir, { withFileTypes: true }).flatMap((one) =>
        one.isDirectory() ? filesIn(join(dir, one.name)) : [join(dir, one.name)],
      );
    const secretsOf = (name: Name) => {
      const text = ['keeper', 'guardian', 'gateway'].map((role) =>
        readFileSync(join(three.homes[name].dir, 'settings', `${role}.json`), 'utf8'),
      );
      return [
        ...text.join('').matchAll(/"(?:operatorToken|domainToken|clientSecret|apiToken)": "([^"]+)"/g),
      ].map(([, secret]) => secret!);
    };
    for (const name of names) {
      const secrets = secretsOf(name);
      expect(secrets.length).toBeGreaterThanOrEqual(6);
      const { dir } = three.homes[name];
      const sent = [join(dir, 'card.json'), join(dir, 'invitation.json')];
      const others = names
        .filter((other) => other !== name)
        .flatMap((other) => filesIn(three.homes[other].dir));
      for (const path of [...sent, ...others]) {
        const text = readFileSync(path, 'utf8');
        expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      }
      for (const role of three.homes[name].roles)
        expect(statSync(join(dir, 'settings', `${role}.json`)).mode & 0o077).toBe(0);
    }
  });

  it('somebody for whom a referee of one vouches signs up at the forum of another', async () => {
    const policy = policyAt('orchard');
    const { origin } = policy.registrar;
    const link = await linkFor(three.homes.harbour, 'registrar', 'Robin');
    const admin = consoleVisit(origin);
    await admin.comeIn(new URL(link).pathname + new URL(link).search);
    const referee = await practiceReferee(origin, admin, {
      name: 'Ada',
      at: { name: 'The Library', kind: 'library' },
    });
    const wallet = createWallet({
      policy,
      policyHash: trustPolicyHash(policy),
      fetch,
      clock: realClock,
      store: memoryStore(),
      origin: policy.wallets[0]!,
      pollMs: 50,
    });
    const who = { given: 'Grace', family: 'Okonkwo', birthDate: '1991-02-03' };
    expect(await vouchedBy(referee, who, wallet)).toMatchObject({ end: 'joined' });
    const redirect = `${three.homes.orchard.organisation.forums[0]!.url}/auth/orchard/callback`;
    const asked = {
      client_id: 'orchard',
      redirect_uri: redirect,
      response_type: 'code',
      scope: 'openid',
      state: 's',
    };
    const signInUrl = `${three.homes.orchard.organisation.roles.gateway}/oidc/auth?${new URLSearchParams(asked)}`;
    const back = (url: URL) => url.href.startsWith(redirect);
    const way = { way: 'new' as const, slot: 1, handle: 'grace' };
    const { url } = await visitForum({ signInUrl }, wallet, way, createBrowser(), back);
    expect(url).toContain('code=');
  });

  it('one key in two hands would be taken for two, if nobody compared: that is why `askParties` does', async () => {
    const { plan } = three.homes.harbour;
    const parties = await askParties(plan);
    const [first, second, ...others] = parties.keepers;
    const twice = { ...second!, signingKey: first!.signingKey, witnessKey: first!.witnessKey! };
    const policy = composeFor(plan, plan.effective!, { ...parties, keepers: [first!, twice, ...others] });
    expect(new Set(policy.tags.keepers.map(({ signingKey }) => signingKey)).size).toBe(2);
  });

  it('a check finds all as promised, and says so when one member is away', async () => {
    const findings = async () => (await checkNetwork(three.homes.mill)).filter(({ good }) => !good);
    const desks = names.map(
      (name) => `The desk of ${three.homes[name].organisation.title} answers, and is not set up yet.`,
    );
    expect((await findings()).map(({ says }) => says).toSorted()).toEqual(desks);
    await three.stop('orchard');
    const wrong = (await findings()).map(({ says }) => says);
    expect(wrong).toContain(
      `The keeper of Orchard does not answer at ${three.homes.orchard.organisation.roles.keeper}.`,
    );
    expect(wrong.some((says) => says.includes('guardian of Harbour'))).toBe(false);
    const { keeper } = three.homes.orchard.organisation.roles;
    const [other] = (await askParties(withoutOrchard(three.homes.mill.plan))).keepers;
    const hourAgo = new Date(Date.now() - 3_600_000);
    const close = await answering(
      Number(new URL(keeper!).port),
      { ...other, name: 'orchard-keeper' },
      hourAgo,
    );
    const told = (await findings()).map(({ says }) => says);
    await close();
    expect(told).toContain('The keeper of Orchard is NOT who the policy says: other keys answer there.');
    expect(
      told.some((says) =>
        /^The clock of the keeper of Orchard and ours differ by 3[56]\d\d seconds/.test(says),
      ),
    ).toBe(true);
  });
});

const withoutOrchard = (plan: NetworkPlan): NetworkPlan => ({
  ...plan,
  organisations: plan.organisations.filter(({ name }) => name !== 'orchard'),
});

const onlyKeeperOf =
  (name: string) =>
  <T extends { name: string; roles: object }>(one: T): T =>
    one.name === name ? { ...one, roles: { keeper: (one.roles as { keeper: string }).keeper } } : one;

/** Somebody who answers everything with `said`, at this port. */
async function answering(port: number, said: object, date = new Date()): Promise<() => Promise<unknown>> {
  const server = createServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      connection: 'close',
      date: date.toUTCString(),
    });
    response.end(JSON.stringify(said));
  });
  await new Promise<void>((up) => server.listen(port, '127.0.0.1', up));
  // Connections to who was there before are still in the pool, and end now.
  while (
    !(await fetch(`http://localhost:${port}`).then(
      (answer) => answer.ok,
      () => false,
    ))
  );
  return () => new Promise((down) => server.close(down));
}
