/** The life of a record: seen, taken along, left and come back to; by its person, and by somebody at home. */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { identityLeaf } from '@answerable/core/escrow/sealed-identity';
import { openDatabase, withConnection } from '@answerable/kit/database';
import { lift, suspend } from '@answerable/registrar/record-standing';
import { migrations, type RegistrarTables } from '@answerable/registrar/schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeviceWallet, startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, enrolWithWords, returnAs, visitForum } from './visit.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await startTrialNetwork();
});
afterAll(() => network?.close());

const pointOf = async (wallet: DeviceWallet) => (await wallet.state())!.holding!.recordPoint;
const rows = (sql: string, values: unknown[] = []) =>
  withConnection(network.databases.registrar!.url, (run) => run(sql, values));
const atForum = ({ href }: URL) => href.startsWith(network.forum.redirectUri);
const signUp = (wallet: DeviceWallet, handle: string, slot = 1) =>
  visitForum(network.forum, wallet, { way: 'new', slot, handle }, undefined, atForum);
/** A wallet that has the evidence login, the mail and the phone, and knows which record it is, but not the secret. */
async function atHome(of: DeviceWallet, helper: DeviceWallet): Promise<DeviceWallet> {
  const state = (await helper.state())!;
  const recordPoint = await pointOf(of);
  return network.wallet({ state: { ...state, holding: { ...state.holding!, recordPoint } } });
}

describe('a record', () => {
  let wallet: DeviceWallet;
  let words: string[];
  let stranger: DeviceWallet;
  beforeAll(async () => {
    wallet = network.wallet({ label: 'Kitchen laptop' });
    words = await enrolWithWords({ person: 'survivor' }, wallet);
    stranger = network.wallet();
    await enrolAs({ person: 'hounder' }, stranger);
  });

  it('is shown to its person, whole and without a name', async () => {
    const { record, devices, seal } = await wallet.showRecord();
    expect(seal).toBe('logged');
    expect(record).toMatchObject({
      standing: 'live',
      end: null,
      words: { set: true, version: 1 },
      resets: { count: 0, last: null, asked: null },
      identifiers: { accounts: 1 },
      keeps: { identityUntil: null, recordUntil: null },
      routes: [{ purpose: 'join', day: record.enrolled }],
    });
    expect(devices).toMatchObject([{ label: 'Kitchen laptop', here: true, day: record.enrolled }]);
    expect(JSON.stringify(record)).not.toMatch(/helen|priya|survivor|kitchen/i);
  });

  it('goes along as one file that anybody can check', async () => {
    const { name, text } = await wallet.exportRecord();
    expect(name).toMatch(/^my-record-\d{4}-\d{2}-\d{2}\.json$/);
    const { recordPoint, record } = JSON.parse(text);
    const { identity, leaf, receipt } = record.sealed;
    const computed = identityLeaf({
      tag: fromBase64url(identity.tag),
      salt: fromBase64url(identity.salt),
      recordKey: fromBase64url(recordPoint),
      entropy: fromBase64url(record.entropy),
      sealed: fromBase64url(identity.sealed),
    });
    expect(toBase64url(computed)).toBe(leaf);
    expect(receipt.entryProof).toContain('c2sp.org/tlog-proof');
    expect(record.devices).toEqual([{ label: 'Kitchen laptop', since: record.enrolled }]);
    // Nothing with which somebody could be this person.
    const { credential, device } = (await wallet.state())!.holding!;
    for (const secret of [credential, device!.key]) expect(text).not.toContain(secret);
  });

  it('is doubted when the registrar shows another one, or a seal that is not the one from the beginning', async () => {
    const lying =
      (change: (record: Record<string, unknown>) => void): typeof fetch =>
      async (url, init) => {
        const response = await fetch(url, init);
        if (!String(url).endsWith('/record/view')) return response;
        const record = (await response.json()) as Record<string, unknown>;
        change(record);
        return Response.json(record);
      };
    const state = (await wallet.state())!;
    const other = (await stranger.showRecord()).record;
    const cheats: ((record: Record<string, unknown>) => void)[] = [
      (record) => Object.assign(record, { entropy: other.entropy }),
      (record) => Object.assign(record, { sealed: other.sealed }),
      (record) => Object.assign(record.sealed!, { leaf: other.sealed!.leaf }),
      (record) => Object.assign(record.sealed!, { receipt: other.sealed!.receipt }),
    ];
    for (const cheat of cheats)
      await expect(network.wallet({ state, fetch: lying(cheat) }).showRecord()).rejects.toMatchObject({
        name: 'Distrust',
      });
    await network.wallet({ state, fetch: lying(() => {}) }).showRecord();
  });

  it('tells nothing and obeys nobody who has only login, mail and phone', async () => {
    const home = await atHome(wallet, stranger);
    const { device } = (await wallet.showRecord()).devices[0]!;
    for (const act of [
      () => home.showRecord(),
      () => home.exportRecord(),
      () => home.lookIn(),
      () => home.endRecord('ask'),
      () => home.endRecord('confirm'),
      () => home.endRecord('veto'),
      () => home.nameDevice('Mine now'),
      () => home.removeDevice(device),
      () => home.objectToReset(),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'presentation_refused' });

    // Signed in as the person, and still without words.
    const signedIn = network.wallet();
    await enrolAs({ person: 'survivor' }, signedIn, { purpose: 'return' });
    for (const act of [() => signedIn.showRecord(), () => signedIn.endRecord('ask'), () => signedIn.renew()])
      await expect(act()).rejects.toMatchObject({ code: 'person_unknown' });
    expect((await wallet.showRecord()).record).toMatchObject({ standing: 'live', end: null });
  });

  it('takes a proof for what it was made for, once', async () => {
    const sent: { url: string; body: Record<string, unknown> }[] = [];
    const listening: typeof fetch = (url, init) => {
      sent.push({ url: String(url), body: JSON.parse(String(init?.body)) });
      return fetch(url, init);
    };
    const state = (await wallet.state())!;
    const held = (url: string | URL | Request, init?: RequestInit) =>
      String(url).endsWith('/record/end') ? Promise.reject(new Error('held back')) : fetch(url, init);
    const post = async (path: string, body: unknown) => {
      const headers = { 'content-type': 'application/json' };
      const init = { method: 'POST', headers, body: JSON.stringify(body) };
      const response = await fetch(network.origin('registrar') + path, init);
      return ((await response.json()) as { code?: string }).code;
    };
    // Heard and held back: a veto does not become a request to end.
    const caught: typeof fetch = (url, init) => {
      sent.push({ url: String(url), body: JSON.parse(String(init?.body)) });
      return held(url, init);
    };
    await expect(network.wallet({ state, fetch: caught }).endRecord('veto')).rejects.toThrow();
    const veto = sent.at(-1)!.body;
    const ask = { ...veto, call: { act: 'end', step: 'ask' } };
    expect(await post('/record/end', ask)).toBe('presentation_refused');
    expect(await post('/record/end', veto)).toBe('nonce_expired');
    await network.wallet({ state, fetch: listening }).endRecord('veto');
    expect(await post('/record/end', sent.at(-1)!.body)).toBe('nonce_expired');
    const bad = { ...veto, call: { act: 'end', step: 'now' } };
    expect(await post('/record/end', bad)).toBe('malformed');
    expect(await post('/record/view', { ...veto, call: { act: 'view' } })).toBe('nonce_expired');
  });

  it('ends only when that was said twice with a wait between; every device can stop it', async () => {
    await expect(wallet.endRecord('confirm')).rejects.toMatchObject({ code: 'end_unasked' });
    expect((await wallet.endRecord('ask')).end).not.toBeNull();
    await expect(wallet.endRecord('confirm')).rejects.toMatchObject({ code: 'end_waiting' });
    const other = network.wallet();
    await returnAs({ person: 'survivor' }, other, words);
    // The other device hears of it by itself, and stops it.
    expect(await other.lookIn()).toMatchObject({ standing: 'live', end: { asked: expect.any(String) } });
    expect(await other.endRecord('veto')).toEqual({ standing: 'live', end: null });
    network.clock.advance({ days: 8 });
    await expect(wallet.endRecord('confirm')).rejects.toMatchObject({ code: 'end_unasked' });

    // Asked twice, the wait does not begin anew; left alone, it lapses.
    const first = await wallet.endRecord('ask');
    network.clock.advance({ days: 3 });
    expect(await wallet.endRecord('ask')).toEqual(first);
    network.clock.advance({ days: 40 });
    await expect(wallet.endRecord('confirm')).rejects.toMatchObject({ code: 'end_unasked' });
  });

  it('once ended gives nothing more, and is found again by who enrols again: the same record', async () => {
    const before = await pointOf(wallet);
    await signUp(wallet, 'leaving');
    await wallet.endRecord('ask');
    network.clock.advance({ days: 8 });
    expect(await wallet.closeAccounts()).toEqual({
      closed: [{ platform: 'forum', accounts: 1 }],
      silent: [],
    });
    expect(await wallet.endRecord('confirm')).toEqual({ standing: 'ended', end: null });
    await expect(wallet.renew()).rejects.toMatchObject({ code: 'record_ended' });
    await expect(wallet.endRecord('ask')).rejects.toMatchObject({ code: 'record_ended' });
    // Still seen by its person, with the days until which what is kept.
    expect((await wallet.showRecord()).record).toMatchObject({
      standing: 'ended',
      reason: 'own-wish',
      keeps: { identityUntil: expect.any(String), recordUntil: expect.any(String) },
    });
    // Answerable as before: what was sealed is there until the retention date.
    expect(
      await rows('select 1 from leaf where record_point = $1 and item is not null', [before]),
    ).toHaveLength(1);

    await expect(enrolAs({ person: 'survivor' }, network.wallet())).rejects.toMatchObject({
      code: 'person_known',
    });
    const back = network.wallet();
    await returnAs({ person: 'survivor' }, back, words);
    expect(await pointOf(back)).toBe(before);
    await back.renew();
    expect(await back.lookIn()).toMatchObject({ standing: 'live', end: null });
    // The account that was closed keeps its slot: leaving and coming back washes nothing.
    await expect(signUp(back, 'newme')).rejects.toMatchObject({
      code: 'slot_taken',
    });
  });
});

describe('a suspension', () => {
  it('stops renewals; the credential lapses after epoch and grace; lifted, it works again', async () => {
    const wallet = network.wallet();
    await enrolAs({ person: 'closeted' }, wallet);
    const point = await pointOf(wallet);
    const [{ record_id: id }] = (await rows('select record_id from record_key where record_point = $1', [
      point,
    ])) as [{ record_id: string }];
    const database = await openDatabase<RegistrarTables>({
      url: network.databases.registrar!.url,
      migrations,
    });
    const day = '2026-11-27';
    await database.db.transaction().execute((trx) => suspend(trx, id, { reason: 'fraud', day }));
    try {
      // Within the epoch what was given counts; nothing new comes.
      await signUp(wallet, 'before');
      await expect(wallet.renew()).rejects.toMatchObject({ code: 'record_suspended' });
      await expect(wallet.endRecord('ask')).rejects.toMatchObject({ code: 'record_suspended' });
      expect(await wallet.lookIn()).toMatchObject({ standing: 'suspended', reason: 'fraud' });
      expect((await wallet.showRecord()).record).toMatchObject({ standing: 'suspended' });
      await expect(
        enrolAs({ person: 'closeted' }, network.wallet(), { purpose: 'return' }),
      ).rejects.toMatchObject({ code: 'record_suspended' });
      network.clock.advance({ seconds: 3600 + 601 });
      await expect(signUp(wallet, 'after', 2)).rejects.toMatchObject({
        code: 'record_suspended',
      });
      // The account that exists lapses with the record: it cannot present again, and nothing of it is gone.
      const signInThere = () =>
        visitForum(network.forum, wallet, { way: 'sign-in', slot: 1 }, undefined, atForum);
      await expect(signInThere()).rejects.toMatchObject({ code: 'record_suspended' });
      const withoutProof = { way: 'sign-in' as const, slot: 1, again: false };
      await expect(visitForum(network.forum, wallet, withoutProof, undefined, atForum)).rejects.toMatchObject(
        { code: 'present_again' },
      );
      await database.db.transaction().execute((trx) => lift(trx, id, day));
      await signInThere();
      await signUp(wallet, 'after', 2);
      expect(await wallet.lookIn()).toMatchObject({ standing: 'live', reason: null });
    } finally {
      await database.close();
    }
  });
});

describe('after the retention date', () => {
  it('the sealed identity goes, then everything; who comes back between is the same person, sealed anew', async () => {
    const wallet = network.wallet();
    const words = await enrolWithWords({ person: 'whistleblower' }, wallet);
    const before = await pointOf(wallet);
    const end = async (device: DeviceWallet) => {
      await device.endRecord('ask');
      network.clock.advance({ days: 8 });
      await device.endRecord('confirm');
    };
    const sealed = () =>
      withConnection(network.databases.registrar!.url, (run) =>
        run('select 1 from leaf where record_point = $1 and sealed is not null', [before]),
      );
    await end(wallet);
    network.clock.advance({ days: 364 });
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await sealed()).toHaveLength(1);
    network.clock.advance({ days: 2 });
    await expect.poll(sealed).toHaveLength(0);
    expect(await wallet.showRecord()).toMatchObject({ seal: 'erased', record: { sealed: null } });

    const back = network.wallet();
    await returnAs({ person: 'whistleblower' }, back, words);
    expect(await pointOf(back)).toBe(before);
    await back.waitForReceipt();
    expect(await back.showRecord()).toMatchObject({ seal: 'logged', record: { standing: 'live' } });

    await end(back);
    network.clock.advance({ days: 5 * 365 + 1 });
    const left = () => rows('select 1 from record_key where record_point = $1', [before]);
    await expect.poll(left).toHaveLength(0);
    await expect(back.showRecord()).rejects.toMatchObject({ code: 'person_unknown' });
    const anew = network.wallet();
    await enrolAs({ person: 'whistleblower' }, anew);
    expect(await pointOf(anew)).not.toBe(before);
  });
});
