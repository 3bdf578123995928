/**
 * Somebody at home holds the e-mail, the phone number and the evidence login, and not the words and no unlocked
 * device (ATTACKS): signs in as the other person, over HTTP, with software of their own. They get no accounts, no
 * record key and few guesses; what they can begin, the person sees on every device and stops.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { drawSecret, secretPoint } from '@answerable/core/presentation/issuance';
import { blindWords } from '@answerable/core/recall/recall';
import { drawWords } from '@answerable/core/recall/words';
import { randomBytes } from '@answerable/core/rng';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeviceWallet, startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, enrolWithWords, returnAs } from './visit.ts';

const days30 = 30 * 86_400;
const victim = { person: 'survivor' };
let network: TrialNetwork;
/** The person's phone, and an old tablet that came back with the words. */
let phone: DeviceWallet;
let tablet: DeviceWallet;
let words: string[];

beforeAll(async () => {
  network = await startTrialNetwork({ resetWaitSeconds: days30, recallBudget: 20, recallPerDay: 5 });
  phone = network.wallet();
  words = await enrolWithWords(victim, phone);
  tablet = network.wallet();
  await (await returnAs(victim, tablet, words)).everyFault;
  for (const device of [phone, tablet]) await device.watchReturn();
});
afterAll(() => network?.close());

const post = async (name: string, path: string, body: unknown) => {
  const response = await fetch(`${network.origin(name)}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
};
/** A visit with the victim's login, to the point where the words are asked for. */
async function asTheVictim(): Promise<DeviceWallet> {
  const theirs = network.wallet();
  await enrolAs(victim, theirs, { purpose: 'return' });
  return theirs;
}
const guess = (device: DeviceWallet) => {
  let other = drawWords();
  while (other.join() === words.join()) other = drawWords();
  return device.recall(other).catch((error: unknown) => error);
};

describe('with the evidence login alone, somebody', () => {
  it('reads nothing that leads to the record: not R, not what is sealed', async () => {
    const theirs = await asTheVictim();
    const all = JSON.stringify(await theirs.state());
    const { recordPoint, credential } = (await phone.state())!.holding!;
    const inBlob = Buffer.from((await theirs.state())!.session!.recall!.blob, 'base64url').toString('latin1');
    const inside = /"sealed":"([^"]+)"/.exec(inBlob)![1]!;
    for (const text of [all, inBlob]) expect(text).not.toContain(recordPoint);
    const hex = (text: string) => Buffer.from(text, 'base64url').toString('hex');
    expect(hex(inside)).not.toContain(hex(recordPoint));
    expect(all).not.toContain(credential);
    // Control: the words bring R out of these very bytes.
    await (await theirs.recall(words)).everyFault;
    expect((await theirs.state())!.holding!.recordPoint).toBe(recordPoint);
  });

  it('cannot set words of their own, ask how the record stands, or renew it', async () => {
    const { session } = (await (await asTheVictim()).state())!;
    const call = (name: string, body: unknown) =>
      signMessage(fromBase64url(session!.key), messageLabels.walletCall, {
        session: session!.id,
        call: name,
        body,
      });
    expect(await post('registrar', '/recall/keys', call('recall-open', {}))).toMatchObject({
      code: 'session_state',
    });
    const { recordPoint } = (await phone.state())!.holding!;
    const { nonce } = (await post('registrar', '/issuance/challenge', { recordPoint })) as { nonce?: string };
    const forged = { recordPoint, nonce, proof: toBase64url(randomBytes(64)) };
    const lookIn = { ...forged, call: { act: 'look-in' } };
    expect((await post('registrar', '/record/look-in', lookIn)).status).toBeGreaterThanOrEqual(400);
    expect((await post('registrar', '/reset/objection', forged)).status).toBeGreaterThanOrEqual(400);
    expect(await tablet.watchReturn()).toMatchObject({ reset: null });
  });

  it('cannot ask a keeper for the counts, nor have it count anew', async () => {
    const { session } = (await (await asTheVictim()).state())!;
    const { recallId, version } = session!.recall!;
    const own = fromBase64url(session!.key);
    const day = network.clock.now().toISOString().slice(0, 10);
    const asked = signMessage(own, messageLabels.recallTries, { keeper: 'keeper-1', recallId, day });
    expect(await post('keeper-1', '/recall/tries', asked)).toMatchObject({ code: 'signature_refused' });
    const nonce = toBase64url(randomBytes(16));
    const refill = { keeper: 'keeper-1', recallId, version, nonce };
    expect(
      await post('keeper-1', '/recall/refill', signMessage(own, messageLabels.recallRefill, refill)),
    ).toMatchObject({ code: 'signature_refused' });
  });

  it('guesses five times a day and no more, and every device of the person hears of it', async () => {
    network.clock.advance({ days: 1 });
    await Promise.all([phone.watchReturn(), tablet.watchReturn()]);
    await Promise.all([phone.noteWatched(), tablet.noteWatched()]);
    for (let i = 0; i < 5; i++)
      expect(await guess(await asTheVictim())).toMatchObject({ code: 'words_wrong' });
    expect(await guess(await asTheVictim())).toMatchObject({ code: 'budget_today_spent' });
    // A token of another session helps nobody: one try each, and none is left today.
    const { session } = (await (await asTheVictim()).state())!;
    const { recallId, version, blob: _, ...evidence } = session!.recall!;
    const key = randomBytes(32);
    const { blinded } = blindWords(fromBase64url(recallId), version, drawWords());
    const message = {
      recallId,
      version,
      ...evidence,
      blinded: toBase64url(blinded),
      sessionKey: verifyingKeyOf(key),
    };
    expect(
      await post('keeper-2', '/recall/evaluation', signMessage(key, messageLabels.recallEvaluation, message)),
    ).toMatchObject({ code: 'evidence_refused' });
    for (const device of [phone, tablet])
      expect(await device.watchReturn()).toMatchObject({
        news: { tries: 5, returns: 0 },
        words: { tries: 5, triesLeft: 15 },
      });
    // Once seen, it is no news; the count since the last success stays.
    await phone.noteWatched();
    expect(await phone.watchReturn()).toMatchObject({ news: { tries: 0 }, words: { tries: 5 } });
  });

  it('leaves tries that the person sees when they come back themself', async () => {
    network.clock.advance({ days: 1 });
    const mine = await asTheVictim();
    const back = await mine.recall(words);
    expect(back).toMatchObject({ triesBefore: 5, triesHere: 0 });
    await back.everyFault;
    // The other devices hear that somebody came back with the words: it was me, or it was not.
    expect(await tablet.watchReturn()).toMatchObject({ news: { returns: 1 }, words: { tries: 0 } });
    await Promise.all([phone.watchReturn(), tablet.watchReturn()]);
    await Promise.all([phone.noteWatched(), tablet.noteWatched()]);
  });
});

describe('a reset that somebody else asked for', () => {
  const theirReset = () => enrolAs(victim, network.wallet(), { purpose: 'reset' });

  it('is seen by every device, on the day it was asked, and stopped by any of them', async () => {
    const asked = await theirReset();
    const today = network.clock.now().toISOString().slice(0, 10);
    const ends = new Date(network.clock.now().getTime() + days30 * 1000).toISOString().slice(0, 10);
    expect(asked).toEqual({ end: 'waiting', ends });
    for (const device of [phone, tablet])
      expect(await device.watchReturn()).toMatchObject({ reset: { asked: today, ends } });
    network.clock.advance({ days: 20 });
    // Who comes again in the middle of it is told the same day, and gains none.
    expect(await theirReset()).toEqual({ end: 'waiting', ends });
    await tablet.objectToReset();
    expect(await phone.watchReturn()).toMatchObject({ reset: null });
    network.clock.advance({ days: 11 });
    expect(await theirReset()).toMatchObject({ end: 'waiting' });
    await phone.objectToReset();
    await phone.renew();
  });

  it('cannot be hurried: not by a second request at once, not by a record call made by hand', async () => {
    const ends = await Promise.all([theirReset(), theirReset(), theirReset()]);
    expect(ends.map(({ end }) => end)).toEqual(['waiting', 'waiting', 'waiting']);
    const join = { purpose: 'join' } as const;
    await expect(enrolAs(victim, network.wallet(), join)).rejects.toMatchObject({ code: 'person_known' });
    const begun = { purpose: 'return', secretPoint: toBase64url(secretPoint(drawSecret())) };
    const walletKey = verifyingKeyOf(randomBytes(32));
    expect(
      (await post('registrar', '/enrolment', { ...begun, walletKey, walletOrigin: 'http://localhost:9' }))
        .status,
    ).toBe(400);
    await tablet.objectToReset();
  });

  it('control: when no device objects for thirty days, it goes through, and the devices are told', async () => {
    await theirReset();
    network.clock.advance({ days: 31 });
    expect(await theirReset()).toMatchObject({ end: 'joined' });
    await expect(phone.watchReturn()).rejects.toMatchObject({ code: 'person_unknown' });
  });
});
