import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { issuerSecretAt, loadRegistrarKeys } from './keys.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerable-registrar-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string) => join(folder, 'keys', name);

describe('issuer keys', () => {
  it('are drawn together, kept, and each signs for its own epochs', async () => {
    const keys = await loadRegistrarKeys(folder, ['ES256'], { issuerKeys: 3 });
    expect((await loadRegistrarKeys(folder, ['ES256'], { issuerKeys: 3 })).issuers).toEqual(keys.issuers);
    const [one, two, three] = keys.issuers.map(({ publicKey }) => toBase64url(publicKey));
    const registrar = {
      issuerKey: one,
      nextIssuerKeys: [
        { fromEpoch: 5, issuerKey: two },
        { fromEpoch: 6, issuerKey: three },
      ],
    };
    const policy = { registrar } as TrustPolicy;
    const secrets = [4, 5, 6, 7].map((epoch) => issuerSecretAt(keys, policy, epoch));
    expect(secrets).toEqual([0, 1, 2, 2].map((i) => keys.issuers[i]!.secretKey));

    // Taken away until its time: known by its public half, and not drawn anew.
    const away = readFileSync(file('issuer-3.key'), 'utf8');
    rmSync(file('issuer-3.key'));
    const without = await loadRegistrarKeys(folder, ['ES256'], { issuerKeys: 3 });
    expect(without.issuers[2]).toEqual({ publicKey: keys.issuers[2]!.publicKey, secretKey: undefined });
    expect(() => issuerSecretAt(without, policy, 6)).toThrow(expect.objectContaining({ code: 'not_ready' }));
    expect(issuerSecretAt(without, policy, 5)).toEqual(keys.issuers[1]!.secretKey);
    writeFileSync(file('issuer-3.key'), away, { mode: 0o600 });
    expect((await loadRegistrarKeys(folder, ['ES256'], { issuerKeys: 3 })).issuers).toEqual(keys.issuers);
    expect(() => issuerSecretAt(keys, { registrar: { issuerKey: 'another' } } as TrustPolicy, 4)).toThrow(
      expect.objectContaining({ code: 'not_ready' }),
    );
  });

  it('that cannot be read are refused and left as they are', async () => {
    await loadRegistrarKeys(folder, ['ES256']);
    writeFileSync(file('issuer.key'), 'not a key', { mode: 0o600 });
    await expect(loadRegistrarKeys(folder, ['ES256'])).rejects.toMatchObject({ name: 'ConfigRefused' });
    expect(readFileSync(file('issuer.key'), 'utf8')).toBe('not a key');
  });
});

describe('the key by which providers know us', () => {
  const day = (n: number) => `2026-${String(n).padStart(2, '0')}-01`;

  it('is followed by the one that was published beside it, after its days', async () => {
    const first = (await loadRegistrarKeys(folder, ['ES256'], { today: day(1) })).evidenceClients.ES256!;
    expect(first.published).toHaveLength(2);
    expect(first.published[0]).toEqual(first.publicJwk);
    const same = (await loadRegistrarKeys(folder, ['ES256'], { today: day(3) })).evidenceClients.ES256!;
    expect(same.kid).toBe(first.kid);
    const second = (await loadRegistrarKeys(folder, ['ES256'], { today: day(5) })).evidenceClients.ES256!;
    // Whoever had fetched our keys before already knew it.
    expect(second.kid).toBe(first.published[1]!.kid);
    expect(second.published.map(({ kid }) => kid)).not.toContain(first.kid);
    expect(second.published).toHaveLength(2);
    expect((await loadRegistrarKeys(folder, ['ES256'], { today: day(6) })).evidenceClients.ES256!.kid).toBe(
      second.kid,
    );
    for (const jwk of second.published) expect(jwk).not.toHaveProperty('d');
  });

  it('of a registrar that kept only one goes on with it', async () => {
    await loadRegistrarKeys(folder, ['ES256'], { today: day(1) });
    const before = readFileSync(file('evidence-client.pem'), 'utf8');
    rmSync(file('evidence-client-next.pem'));
    rmSync(file('evidence-client.since'));
    await loadRegistrarKeys(folder, ['ES256'], { today: day(6) });
    expect(readFileSync(file('evidence-client.pem'), 'utf8')).toBe(before);
  });
});
