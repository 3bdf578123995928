/** Coming back: words, tries, tokens, other people, a reset. Against real keepers and a real provider. */
import { createCipheriv } from 'node:crypto';
import { concat, fromBase64url, i2osp, toBase64url } from '@answerable/core/bytes';
import { frame } from '@answerable/core/frame';
import { hkdf } from '@answerable/core/hash';
import { label } from '@answerable/core/label';
import { decodeCredential, recordKeyOf } from '@answerable/core/presentation/credential';
import { decodeBlob, encodeHead } from '@answerable/core/recall/blob';
import { refillKeyOf } from '@answerable/core/recall/recall';
import { randomBytes } from '@answerable/core/rng';
import { withConnection } from '@answerable/kit/database';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import type { WalletState } from '@answerable/wallet/engine/state';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeviceWallet, startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, enrolWithWords, returnAs } from './visit.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await startTrialNetwork({ recallBudget: 7, recallPerDay: 3 });
});
afterAll(() => network?.close());

const recordOf = async (wallet: DeviceWallet): Promise<string> => {
  const state = (await wallet.state()) as WalletState;
  return toBase64url(recordKeyOf(decodeCredential(fromBase64url(state.holding!.credential))));
};
/** A blob as it was before R was sealed in it (spec/recall.md, "Blob"). */
function asLayout1(blob: Uint8Array, recallSecret: Uint8Array, secret: Uint8Array): Uint8Array {
  const { nonce, ciphertext: _, ...head } = decodeBlob(blob);
  const octets = encodeHead({ ...head, layout: 1 });
  const name = frame(head.recallId, i2osp(head.version, 4));
  const key = hkdf(recallSecret, label('kdfRecall'), name, 32);
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  cipher.setAAD(octets, { plaintextLength: secret.length });
  return concat(octets, nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag());
}
const wrongWords = (words: readonly string[]) => [words[1]!, words[0]!, words[2]!, words[3]!];
const distinct = (words: readonly string[]) => new Set(words).size === words.length;

/** Words of which any order is another code. */
async function joined(person: string): Promise<{ wallet: DeviceWallet; words: string[] }> {
  const wallet = network.wallet();
  await enrolAs({ person }, wallet);
  let words = wallet.proposeWords();
  while (!distinct(words)) words = wallet.proposeWords();
  await wallet.setWords(words);
  return { wallet, words };
}

describe('with the four words', () => {
  it('gives the same secret back on an empty device', async () => {
    const old = network.wallet();
    const words = await enrolWithWords({ person: 'hounded' }, old);
    const fresh = network.wallet();
    const back = await returnAs({ person: 'hounded' }, fresh, words.join(' ').toUpperCase());
    expect(await back.everyFault).toEqual([]);
    expect(back).toMatchObject({ triesBefore: 0, triesHere: 0 });
    expect(await recordOf(fresh)).toBe(await recordOf(old));
    expect(await fresh.look()).toMatchObject({ holds: 'credential', ready: true, wordsSet: true });
  });

  it('knows a person by name and birth date with a new account and another document, and adds both', async () => {
    const { wallet: old, words } = await joined('survivor');
    const second = { person: 'survivor', account: 'second' } as const;
    await expect(enrolAs(second, network.wallet())).rejects.toMatchObject({ code: 'person_unsure' });
    const fresh = network.wallet();
    await returnAs(second, fresh, words);
    expect(await recordOf(fresh)).toBe(await recordOf(old));
    // Now the second document is known too.
    await expect(enrolAs(second, network.wallet())).rejects.toMatchObject({ code: 'person_known' });
  });

  it('takes new words from a device that came back, and the old ones stop', async () => {
    const { wallet, words } = await joined('young');
    const device = network.wallet({ state: (await wallet.state())! });
    expect(await enrolAs({ person: 'young' }, device, { purpose: 'return' })).toEqual({ end: 'returned' });
    let other = device.proposeWords();
    while (other.join() === words.join()) other = device.proposeWords();
    await device.setWords(other);
    const tries = network.wallet();
    await expect(returnAs({ person: 'young' }, tries, words)).rejects.toMatchObject({ code: 'words_wrong' });
    const fresh = network.wallet();
    await returnAs({ person: 'young' }, fresh, other);
    expect(await recordOf(fresh)).toBe(await recordOf(wallet));
  });

  it('needs somebody who has joined, and words that were set', async () => {
    await expect(
      enrolAs({ person: 'abroad' }, network.wallet(), { purpose: 'return' }),
    ).rejects.toMatchObject({ code: 'person_unknown' });
    await enrolAs({ person: 'abroad' }, network.wallet());
    await expect(
      enrolAs({ person: 'abroad' }, network.wallet(), { purpose: 'return' }),
    ).rejects.toMatchObject({ code: 'recall_missing' });
  });
});

describe('tries are counted', () => {
  it('so many a day, then tomorrow; a right answer counts anew', async () => {
    const { words } = await joined('whistleblower');
    const attempt = (typed: readonly string[]) =>
      returnAs({ person: 'whistleblower' }, network.wallet(), typed);
    for (const left of [2, 1, 0])
      await expect(attempt(wrongWords(words))).rejects.toMatchObject({
        code: 'words_wrong',
        triesLeftToday: left,
        triesLeft: 4 + left,
      });
    await expect(attempt(words)).rejects.toMatchObject({ code: 'budget_today_spent' });
    network.clock.advance({ days: 1 });
    await attempt(words);
    await expect(attempt(wrongWords(words))).rejects.toMatchObject({ code: 'words_wrong', triesLeft: 6 });
  });

  it('so many ever, and then not even the right words', async () => {
    const { words } = await joined('neighbour');
    const attempt = (typed: readonly string[]) => returnAs({ person: 'neighbour' }, network.wallet(), typed);
    for (const today of [3, 3, 1]) {
      for (let i = 0; i < today; i++)
        await expect(attempt(wrongWords(words))).rejects.toMatchObject({ code: 'words_wrong' });
      network.clock.advance({ days: 1 });
    }
    await expect(attempt(words)).rejects.toMatchObject({ code: 'budget_spent' });
  });

  it('takes no digits and no words that somebody chose, neither to set nor to try', async () => {
    const device = network.wallet();
    await enrolAs({ person: 'journalist' }, device);
    const chosen = ['puzzle', 'puzzle', 'puzzle', 'puzzle'];
    const drawn = device.proposeWords();
    const near = [...drawn.slice(0, 3), drawn[3] === 'velvet' ? 'walrus' : 'velvet'];
    for (const typed of ['1234', '1234 5678 9012 3456', '１２３４', ['1', '2', '3', '4'], chosen, near])
      await expect(device.setWords(typed)).rejects.toMatchObject({ code: 'words_malformed' });
    expect(await device.look()).toMatchObject({ wordsSet: false });
    await device.setWords(drawn);
    const fresh = network.wallet();
    await enrolAs({ person: 'journalist' }, fresh, { purpose: 'return' });
    for (const typed of ['1234', ['1', '2', '3', '4'], `${drawn.slice(0, 3).join(' ')} 1234`])
      await expect(fresh.recall(typed)).rejects.toMatchObject({ code: 'words_malformed' });
    expect(await fresh.recall(drawn)).toMatchObject({ triesBefore: 0 });
  });

  it('exchanges an envelope of before, which showed R, as soon as its words were right', async () => {
    const { wallet: old, words } = await joined('closeted');
    const state = (await old.state())!;
    const { recall, recordPoint, credential } = state.holding!;
    const door = network.wallet();
    await enrolAs({ person: 'closeted' }, door, { purpose: 'return' });
    const { session } = (await door.state())!;
    const envelope = JSON.parse(Buffer.from(session!.recall!.blob, 'base64url').toString()) as {
      sealed: string;
    };
    // Made anew as wallets made it before: s alone under the same head, and R signed beside it.
    const seed = fromBase64url(recall!.seed);
    const { refillSecretKey } = refillKeyOf(seed);
    const { recallId, version } = session!.recall!;
    const secret = decodeCredential(fromBase64url(credential)).secret;
    const sealed = toBase64url(asLayout1(fromBase64url(envelope.sealed), seed, secret));
    const record = signMessage(refillSecretKey, messageLabels.recallCase, { recallId, version, recordPoint });
    const before = Buffer.from(JSON.stringify({ v: 1, sealed, record })).toString('base64url');
    await withConnection(network.databases.registrar!.url, (run) =>
      run('update record set recall_blob = $1 where recall_id = $2', [before, recallId]),
    );
    const fresh = network.wallet();
    await returnAs({ person: 'closeted' }, fresh, words);
    expect(await recordOf(fresh)).toBe(await recordOf(old));
    const rows = await withConnection(network.databases.registrar!.url, (run) =>
      run('select recall_blob from record where recall_id = $1', [recallId]),
    );
    const kept = Buffer.from(String(rows[0]!.recall_blob), 'base64url').toString();
    expect(JSON.parse(kept)).toMatchObject({ v: 2 });
    expect(Buffer.from(before, 'base64url').toString()).toContain(recordPoint);
    expect(kept).not.toContain(recordPoint);
    await returnAs({ person: 'closeted' }, network.wallet(), words);
  });

  it('spends no try on what are not four words of the list', async () => {
    const { words } = await joined('newcomer');
    const fresh = network.wallet();
    await enrolAs({ person: 'newcomer' }, fresh, { purpose: 'return' });
    await expect(fresh.recall(['one', 'two', 'zzzzz', 'four'])).rejects.toMatchObject({
      code: 'words_malformed',
    });
    await fresh.recall(words);
  });
});

describe('a token', () => {
  interface Ready {
    recallId: string;
    version: number;
    idToken: string;
    key: Uint8Array;
  }
  /** A device that has shown who it is and has not typed the words. */
  async function atTheDoor(person: string): Promise<Ready> {
    const wallet = network.wallet();
    await enrolAs({ person }, wallet, { purpose: 'return' });
    const { session } = (await wallet.state())!;
    return { ...(session!.recall as Omit<Ready, 'key'>), key: fromBase64url(session!.key) };
  }
  const knock = async (ready: Ready, changed: Record<string, unknown> = {}, key = ready.key) => {
    const { recallId, version, idToken } = ready;
    const message = {
      recallId,
      version,
      idToken,
      blinded: element,
      sessionKey: verifyingKeyOf(key),
      ...changed,
    };
    const response = await fetch(`${network.origin('keeper-3')}/recall/evaluation`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signMessage(key, messageLabels.recallEvaluation, message)),
    });
    return { status: response.status, ...((await response.json()) as { code?: string }) };
  };
  // The base of ristretto255 (RFC 9496, A.1): an element like any other.
  const element = toBase64url(
    Buffer.from('e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76', 'hex'),
  );

  it('serves once at each keeper', async () => {
    const ready = await atTheDoor('hounded');
    expect(await knock(ready)).toMatchObject({ status: 200 });
    expect(await knock(ready)).toMatchObject({ code: 'token_spent' });
  });

  it('of somebody else opens nothing, and spends nobody’s try', async () => {
    const mine = await atTheDoor('hounded');
    const other = await atTheDoor('survivor');
    const { recallId, version } = other;
    expect(await knock(mine, { recallId, version })).toMatchObject({ code: 'recall_missing' });
    expect(await knock(other)).toMatchObject({ status: 200, triesLeft: 6 });
  });

  it('is bound to the key of its session', async () => {
    const ready = await atTheDoor('hounded');
    const stolen = randomBytes(32);
    expect(await knock(ready, {}, stolen)).toMatchObject({ code: 'evidence_refused' });
    expect(await knock(ready, { sessionKey: verifyingKeyOf(stolen) })).toMatchObject({
      code: 'signature_refused',
    });
  });

  it('is too old after ten minutes', async () => {
    const ready = await atTheDoor('hounded');
    network.clock.advance({ minutes: 11 });
    expect(await knock(ready)).toMatchObject({ code: 'evidence_refused' });
  });

  it('altered, of another provider or none at all is refused', async () => {
    const ready = await atTheDoor('hounded');
    const [head, payload, signature] = ready.idToken.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    const other = (changed: Record<string, unknown>) =>
      [head, Buffer.from(JSON.stringify({ ...claims, ...changed })).toString('base64url'), signature].join(
        '.',
      );
    for (const idToken of [
      other({ sub: 'somebody' }),
      other({ iss: 'https://provider.example/' }),
      other({ aud: 'another-client' }),
      `${head}.${payload}.`,
      'none',
    ])
      expect(await knock(ready, { idToken })).toMatchObject({ code: 'evidence_refused' });
    expect(await knock(ready)).toMatchObject({ status: 200 });
  });

  it('does not help a malformed element', async () => {
    const ready = await atTheDoor('hounded');
    expect(await knock(ready, { blinded: 'A'.repeat(43) })).toMatchObject({ code: 'malformed' });
    expect(await knock(ready, { blinded: 'short' })).toMatchObject({ code: 'malformed' });
    expect(await knock(ready, { recallId: 7 })).toMatchObject({ code: 'malformed' });
  });
});
