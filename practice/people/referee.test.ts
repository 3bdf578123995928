/** People without documents: somebody vouches. Over HTTP, with a whole network, and with everything that can be tried. */
import { fromBase64url, fromHex, toBase64url } from '@answerable/core/bytes';
import { randomBytes } from '@answerable/core/rng';
import { withConnection } from '@answerable/kit/database';
import type { RefereeAssertion } from '@answerable/protocol/enrolment/referee-word';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from './browser.ts';
import { type ConsoleVisit, firstAdmin } from './console-visit.ts';
import { type Described, practiceReferee, type Referee, vouchedBy } from './referee.ts';
import { startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, enrolWithWords, visitForum } from './visit.ts';

let network: TrialNetwork;
let admin: ConsoleVisit;
let ada: Referee;
let ben: Referee;
let origin = '';

beforeAll(async () => {
  network = await startTrialNetwork();
  origin = network.origin('registrar');
  admin = await firstAdmin(origin, network.operatorToken);
  ada = await practiceReferee(origin, admin, { name: 'Ada', at: { name: 'The Refuge', kind: 'refuge' } });
  ben = await practiceReferee(origin, admin, { name: 'Ben', at: { name: 'Town Library', kind: 'library' } });
});
afterAll(() => network?.close());

const person = (given: string, more: Partial<Described> = {}): Described => ({
  given,
  family: 'Okonkwo',
  birthDate: '1991-02-03',
  ...more,
});
const rows = (name: string, text: string) => withConnection(network.databases[name]!.url, (run) => run(text));

describe('somebody without documents', () => {
  it('is vouched for, joins, reads what was sealed, and signs up at a forum', async () => {
    const wallet = network.wallet();
    const end = await vouchedBy(ada, person('Grace'), wallet);
    expect(end).toMatchObject({
      end: 'joined',
      identity: {
        name: 'Grace Okonkwo',
        birthDate: '1991-02-03',
        evidence: 'no document (referee; vouched for by refuge The Refuge, registered there)',
      },
    });
    expect((await wallet.look()).attributes).toMatchObject({ assurance: 'referee', over_18: 'yes' });
    const back = (url: URL) => url.href.startsWith(network.forum.redirectUri);
    const way = { way: 'new' as const, slot: 1, handle: 'grace' };
    const { url } = await visitForum(network.forum, wallet, way, createBrowser(), back);
    expect(url).toContain(network.forum.redirectUri);
  });

  it('comes back on a new device by the words and a referee, of the same organisation or another', async () => {
    const [first, second, third] = [network.wallet(), network.wallet(), network.wallet()];
    await vouchedBy(ada, person('Hope'), first);
    const words = first.proposeWords();
    await first.setWords(words);
    for (const [referee, wallet] of [
      [ada, second],
      [ben, third],
    ] as const) {
      expect(await vouchedBy(referee, person('Hope'), wallet, 'return')).toEqual({ end: 'words-wanted' });
      await wallet.recall(words);
      const same = (await first.state())!.holding!.recordPoint;
      expect((await wallet.state())!.holding!.recordPoint).toBe(same);
    }
  });

  it('who shows a document later keeps the same record, and what it shows is signed from then on', async () => {
    const wallet = network.wallet();
    await vouchedBy(ada, { given: 'Rowan', family: 'Ashdown', birthDate: '1984-09-30' }, wallet);
    await wallet.setWords(wallet.proposeWords());
    const before = (await wallet.state())!.holding!.recordPoint;
    expect(await enrolAs({ person: 'survivor' }, wallet, { purpose: 'return' })).toEqual({ end: 'returned' });
    expect((await wallet.state())!.holding!.recordPoint).toBe(before);
    expect((await wallet.look()).attributes.assurance).not.toBe('referee');
    // The document is this person's from now on: nobody joins anew with it.
    await expect(enrolAs({ person: 'survivor' }, network.wallet())).rejects.toMatchObject({
      code: 'person_known',
    });
  });

  it('with a document that a referee saw is found by it, under another name too, and two people look', async () => {
    const document = { documentKind: 'passport', documentIssuer: 'NGA', documentNumber: 'A 0123 4567' };
    await vouchedBy(ada, person('Ify', document), network.wallet());
    const again = { given: 'Ify', family: 'Married', birthDate: '1991-02-03', ...document };
    await expect(
      vouchedBy(ben, { ...again, documentNumber: 'a01234567' }, network.wallet()),
    ).rejects.toMatchObject({ code: 'person_unsure' });
  });

  it('and of the vouching no table keeps more than who, for whom, which day and how often', async () => {
    const kept = await rows('registrar', 'select to_jsonb(v)::text as row from vouching v');
    expect(kept.length).toBeGreaterThan(0);
    for (const { row } of kept)
      expect(Object.keys(JSON.parse(String(row))).sort()).toEqual([
        'count',
        'day',
        'organisation_id',
        'staff_id',
      ]);
    for (const table of ['ledger', 'session', 'record', 'tag', 'vouching', 'referee_key', 'evidence_account'])
      for (const { row } of await rows('registrar', `select to_jsonb(t)::text as row from "${table}" t`))
        expect(String(row)).not.toMatch(/grace|okonkwo|1991-02-03/i);
    expect(
      String((await rows('registrar', "select count from daily_count where kind = 'vouched'"))[0]?.count),
    ).toMatch(/^[1-9]/);
  });
});

describe('a code', () => {
  let cleo: Referee;
  beforeAll(async () => {
    cleo = await practiceReferee(origin, admin, { name: 'Cleo', at: { name: 'A Council', kind: 'council' } });
  });

  it('that nobody shows, that was used, or that is over opens nothing', async () => {
    await expect(cleo.vouchFor('CDFG-3467', person('Nobody'))).rejects.toMatchObject({
      code: 'code_unknown',
    });
    const { code, session } = await network.wallet().beVouched('join');
    await cleo.vouchFor(code, person('Once'));
    await expect(cleo.vouchFor(code, person('Twice'))).rejects.toMatchObject({ code: 'code_unknown' });
    expect(session).toBeTruthy();
    const late = await network.wallet().beVouched('join');
    network.clock.advance({ minutes: 21 });
    await expect(cleo.vouchFor(late.code, person('Late'))).rejects.toMatchObject({ code: 'code_unknown' });
  });

  it('is taken as it was meant: small letters, spaces, no hyphen', async () => {
    const { code } = await network.wallet().beVouched('join');
    await cleo.vouchFor(` ${code.toLowerCase().replace('-', ' ')} `, person('Typed'));
  });

  it('asks for other words than were signed: refused', async () => {
    const { code } = await network.wallet().beVouched('join');
    const form = { code, ...person('First'), known: 'registered', declared: 'yes' };
    const options = await cleo.visit.post('/vouch/challenge', form);
    const other = { ...form, given: 'Second', response: cleo.visit.passkey.use(options) };
    await expect(cleo.visit.post('/vouch', other)).rejects.toMatchObject({ code: 'code_unknown' });
    await cleo.visit.post('/vouch', { ...form, response: cleo.visit.passkey.use(options) });
  });

  it.each<[string, Partial<Described> & Record<string, string>]>([
    ['a birth date that is none', { birthDate: '1991-02-31' }],
    ['half a document', { documentKind: 'passport' }],
    ['a name that is a script', { given: '<script>' }],
    ['no declaration', { declared: '' }],
  ])('with %s is malformed', async (_, changed) => {
    const { code } = await network.wallet().beVouched('join');
    const form = { code, ...person('Shape'), known: 'registered', declared: 'yes', ...changed };
    await expect(cleo.visit.post('/vouch/challenge', form)).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('a referee', () => {
  it('does not vouch with a signature from elsewhere, without a look, or of another passkey', async () => {
    const { code } = await network.wallet().beVouched('join');
    const refused = { code: 'passkey_refused' };
    for (const lie of [{ origin: 'https://elsewhere.example' }, { unverified: true }])
      await expect(ben.vouchFor(code, person('Forged'), lie)).rejects.toMatchObject(refused);
    const form = { code, ...person('Forged'), known: 'registered', declared: 'yes' };
    const options = await ben.visit.post('/vouch/challenge', form);
    const byAda = { ...form, response: ada.visit.passkey.use(options) };
    await expect(ben.visit.post('/vouch', byAda)).rejects.toMatchObject(refused);
  });

  it('who mistypes reads what was wrong, and types nothing else again', async () => {
    const { code } = await network.wallet().beVouched('join');
    const document = { documentKind: 'passport', documentIssuer: 'GBR', documentNumber: 'A0777' };
    const typed = { code, ...person('Typo'), ...document, known: 'two-years', declared: 'yes' };
    const send = (more: object) => ben.visit.send('/vouch/check', { ...typed, ...more });
    for (const [more, words] of [
      [{ code: 'CDFG-3467' }, 'code'],
      [{ code: 'half' }, 'Code: eight letters and digits.'],
      [{ birthDate: 'long ago' }, 'Date of birth: a day.'],
      [{ documentNumber: '' }, 'all three fields, or none of them'],
      [{ given: ' ' }, 'First and middle names: letters'],
      [{ declared: '' }, 'tick it'],
    ] as const) {
      const { status, text } = await send(more);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).toContain('Nothing was signed yet');
      expect(text).toContain(words);
      expect(text).toContain('value="A0777"'.slice(0, 'documentNumber' in more ? 7 : 13));
      expect(text).toMatch(/value="two-years" checked/);
      expect(text).not.toMatch(/name="declared"[^>]*checked/);
    }
    const { status, text } = await send({ act: 'change' });
    expect([status, text.includes('Nothing was signed yet'), text.includes('value="A0777"')]).toEqual([
      200,
      false,
      true,
    ]);
    expect((await send({})).text).toContain('Read this once more');
  });
  it('does not vouch for themself', async () => {
    const eve = await practiceReferee(origin, admin, { name: 'Eve Adams', at: ada.organisation });
    const { code } = await network.wallet().beVouched('join');
    await expect(
      eve.vouchFor(code, { given: 'Eve', family: 'Adams', birthDate: '1980-01-01' }),
    ).rejects.toMatchObject({ code: 'own_word' });
  });

  it('cannot look people up: what is compared and not signed is counted, and stops', async () => {
    const ida = await practiceReferee(origin, admin, { name: 'Ida', at: ada.organisation });
    const compare = async () => {
      const { code } = await network.wallet().beVouched('return');
      const form = { code, ...person('Anybody'), known: 'registered', declared: 'yes' };
      await ida.visit.post('/vouch/challenge', form);
    };
    for (let i = 0; i < 20; i++) await compare();
    await expect(compare()).rejects.toMatchObject({ code: 'too_many_requests' });
  });

  it('stops at the day’s limit, and goes on tomorrow; the organisation’s other referee is not held up', async () => {
    const dan = await practiceReferee(origin, admin, {
      name: 'Dan',
      at: { name: 'A School', kind: 'school' },
    });
    const next = await practiceReferee(origin, admin, { name: 'Dee', at: dan.organisation });
    const one = async (by: Referee, name: string) =>
      by.vouchFor((await network.wallet().beVouched('join')).code, person(name));
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) await one(dan, name);
    await expect(one(dan, 'Six')).rejects.toMatchObject({ code: 'referee_limit' });
    await one(next, 'Seven');
    network.clock.advance({ days: 1 });
    await dan.visit.signIn();
    await one(dan, 'Eight');
    const met = await rows('registrar', "select count from daily_count where kind = 'referee-limit-met'");
    expect(met.length).toBeLessThanOrEqual(1);
  });

  it('of a paused organisation vouches no more, until an admin lets it go on', async () => {
    await admin.signIn();
    const fay = await practiceReferee(origin, admin, {
      name: 'Fay',
      at: { name: 'A Surgery', kind: 'surgery' },
    });
    const standing = (to: string) =>
      admin.send(`/organisations/${fay.organisation}/standing`, { standing: to, reason: 'asked by phone' });
    expect((await standing('paused')).status).toBe(303);
    const { code } = await network.wallet().beVouched('join');
    await expect(fay.vouchFor(code, person('Pause'))).rejects.toMatchObject({ code: 'referee_paused' });
    expect((await standing('active')).status).toBe(303);
    await fay.vouchFor(code, person('Pause'));
  });
});

describe('before the keepers', () => {
  beforeAll(() => ada.visit.signIn());

  /** A device for which somebody vouched, and whose words are not typed yet. */
  async function atTheDoor(name: string, referee: Referee) {
    const first = network.wallet();
    await vouchedBy(referee, person(name), first);
    const words = first.proposeWords();
    await first.setWords(words);
    const wallet = network.wallet();
    await vouchedBy(referee, person(name), wallet, 'return');
    const { session } = (await wallet.state())!;
    return { recall: session!.recall!, key: fromBase64url(session!.key), wallet, words };
  }
  // The base of ristretto255 (RFC 9496, A.1): an element like any other.
  const element = toBase64url(fromHex('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76'));
  type Door = Awaited<ReturnType<typeof atTheDoor>>;
  const wordOf = ({ recall }: Door) => (recall as { assertion: RefereeAssertion }).assertion;
  const knock = async (door: Door, keeper: string, changed: object = {}, key = door.key) => {
    const { recallId, version, blob: _, ...proof } = door.recall;
    const message = {
      recallId,
      version,
      ...proof,
      blinded: element,
      sessionKey: verifyingKeyOf(key),
      ...changed,
    };
    const response = await fetch(`${network.origin(keeper)}/recall/evaluation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signMessage(key, messageLabels.recallEvaluation, message)),
    });
    return ((await response.json()) as { code?: string }).code ?? 'evaluated';
  };

  it('a word serves once per keeper, for its own session and record, and not after ten minutes', async () => {
    const door = await atTheDoor('Joy', ada);
    const other = await atTheDoor('Kofi', ada);
    expect(await knock(door, 'keeper-1', {}, randomBytes(32))).toBe('evidence_refused');
    expect(await knock(door, 'keeper-1', { recallId: other.recall.recallId })).toBe('evidence_refused');
    const forged = { ...wordOf(door), signature: wordOf(other).signature };
    expect(await knock(door, 'keeper-1', { assertion: forged })).toBe('evidence_refused');
    expect(await knock(door, 'keeper-1')).toBe('evaluated');
    expect(await knock(door, 'keeper-1')).toBe('token_spent');
    network.clock.advance({ minutes: 11 });
    expect(await knock(door, 'keeper-2')).toBe('evidence_refused');
    await expect(door.wallet.recall(door.words)).rejects.toMatchObject({ code: 'evidence_refused' });
  });

  it('a removed referee’s word counts no more, though it was given in time', async () => {
    await admin.signIn();
    const gil = await practiceReferee(origin, admin, { name: 'Gil', at: ben.organisation });
    const door = await atTheDoor('Lara', gil);
    const [{ id }] = (await rows('registrar', "select id from staff where name = 'Gil'")) as [{ id: string }];
    expect((await admin.send(`/people/${id}/removal`, {})).status).toBe(303);
    for (const keeper of ['keeper-1', 'keeper-2', 'keeper-3'])
      expect(await knock(door, keeper)).toBe('evidence_refused');
  });

  it('the lists of keepers do not say which organisation stands on them', async () => {
    const organisations = (await rows('registrar', 'select id from organisation')).map(({ id }) =>
      String(id),
    );
    const lists = await rows('keeper-1', 'select subject from recall_subject');
    expect(lists.length).toBeGreaterThan(0);
    for (const { subject } of lists) expect(organisations).not.toContain(String(subject));
  });
});

describe('control', () => {
  it('with documents nothing changed', async () => {
    await enrolWithWords({ person: 'newcomer' }, network.wallet());
  });
});
