import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readSignature, type SignedRequest } from './http-signature.ts';

const origin = 'https://desk.example';
const now = new Date('2026-11-27T12:00:00Z');
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const keyId = 'https://town.example/actor#main-key';
const body = '{"type":"Flag"}';
const digestOf = (text: string) => createHash('sha256').update(text).digest('base64');
const sign = (text: string) => createSign('sha256').update(text).sign(privateKey, 'base64');
const httpDate = (time: Date) => time.toUTCString();

interface Change {
  /** changes to what is signed */
  date?: Date;
  listed?: string;
  algorithm?: string;
  /** changes after it was signed */
  headers?: Record<string, string>;
  body?: string;
  target?: string;
  method?: string;
}

function cavage(change: Change = {}): SignedRequest {
  const listed = change.listed ?? '(request-target) host date digest content-type';
  const headers: Record<string, string> = {
    host: 'desk.example',
    date: httpDate(change.date ?? now),
    digest: `SHA-256=${digestOf(body)}`,
    'content-type': 'application/activity+json',
  };
  const base = listed
    .split(' ')
    .map((name) =>
      name === '(request-target)' ? '(request-target): post /inbox' : `${name}: ${headers[name]}`,
    )
    .join('\n');
  const algorithm = change.algorithm === undefined ? 'algorithm="rsa-sha256",' : change.algorithm;
  headers.signature = `keyId="${keyId}",${algorithm}headers="${listed}",signature="${sign(base)}"`;
  return {
    method: change.method ?? 'POST',
    target: change.target ?? '/inbox',
    headers: { ...headers, ...change.headers },
    body: change.body ?? body,
  };
}

function message(change: Change & { created?: number | null; params?: string } = {}): SignedRequest {
  const names = change.listed ?? '"@method" "@target-uri" "content-digest"';
  const created = change.created === null ? '' : `;created=${change.created ?? now.getTime() / 1000}`;
  const params = `(${names})${created};keyid="${keyId}"${change.params ?? ''}`;
  const values: Record<string, string> = {
    '@method': 'POST',
    '@target-uri': `${origin}/inbox`,
    'content-digest': `sha-256=:${digestOf(body)}:`,
    date: httpDate(now),
  };
  const lines = [...names.matchAll(/"([^"]+)"/g)].map((found) => `"${found[1]}": ${values[found[1]!]}`);
  const base = [...lines, `"@signature-params": ${params}`].join('\n');
  const headers = {
    host: 'desk.example',
    date: values.date!,
    'content-digest': values['content-digest']!,
    'signature-input': `sig1=${params}`,
    signature: `sig1=:${sign(base)}:`,
  };
  return {
    method: change.method ?? 'POST',
    target: change.target ?? '/inbox',
    headers: { ...headers, ...change.headers },
    body: change.body ?? body,
  };
}

async function holds(request: SignedRequest): Promise<boolean> {
  const { createVerify } = await import('node:crypto');
  try {
    const { base, signature } = readSignature(request, origin, now);
    return createVerify('sha256').update(base).verify(publicKey, signature);
  } catch (error) {
    expect(error).toMatchObject({ code: 'signature_refused' });
    return false;
  }
}

describe('a signature as Mastodon sends it', () => {
  it('is read, with its key’s name', async () => {
    expect(readSignature(cavage(), origin, now)).toMatchObject({ keyId, algorithm: 'rsa-v1_5-sha256' });
    expect(await holds(cavage())).toBe(true);
    expect(await holds(cavage({ algorithm: 'algorithm="hs2019",' }))).toBe(true);
    expect(await holds(cavage({ algorithm: '' }))).toBe(true);
  });
  it.each([
    ['over another body', cavage({ body: '{"type":"Delete"}' })],
    [
      'with the digest of another body, unsigned',
      cavage({ body: '{}', headers: { digest: `SHA-256=${digestOf('{}')}` } }),
    ],
    ['an hour and a minute old', cavage({ date: new Date(now.getTime() - 3_660_000) })],
    ['from tomorrow', cavage({ date: new Date(now.getTime() + 86_400_000) })],
    ['with a date that is none', cavage({ headers: { date: 'yesterday' } })],
    ['for another host', cavage({ headers: { host: 'other.example' } })],
    ['for another path', cavage({ target: '/todo/x/done' })],
    ['for another method', cavage({ method: 'PUT' })],
    ['that leaves out the target', cavage({ listed: 'host date digest' })],
    ['that leaves out the host', cavage({ listed: '(request-target) date digest' })],
    ['that leaves out the date', cavage({ listed: '(request-target) host digest' })],
    ['that leaves out the digest', cavage({ listed: '(request-target) host date' })],
    ['that names a header twice', cavage({ listed: '(request-target) host date digest date' })],
    [
      'over a header that is not there',
      cavage({ headers: { signature: cavage().headers.signature!.replace('content-type', 'x-missing') } }),
    ],
    ['of another algorithm', cavage({ algorithm: 'algorithm="hmac-sha256",' })],
    ['of the algorithm none', cavage({ algorithm: 'algorithm="none",' })],
    ['without a key', cavage({ headers: { signature: cavage().headers.signature!.replace(keyId, '') } })],
    [
      'with another signature',
      cavage({
        headers: { signature: cavage().headers.signature!.replace(/signature="..../, 'signature="AAAA') },
      }),
    ],
    [
      'that is not base64',
      cavage({
        headers: { signature: cavage().headers.signature!.replace(/signature="..../, 'signature="<%!>') },
      }),
    ],
    ['with a weaker digest', cavage({ headers: { digest: 'MD5=abc' } })],
    ['of 10,000 characters', cavage({ headers: { signature: 'x'.repeat(10_000) } })],
    ['that is missing', cavage({ headers: { signature: '' } })],
  ])('refused: %s', async (_sin, request) => expect(await holds(request)).toBe(false));
});

describe('a message signature of RFC 9421', () => {
  it('is read', async () => {
    expect(await holds(message())).toBe(true);
    expect(await holds(message({ listed: '"@method" "@target-uri" "content-digest" "date"' }))).toBe(true);
    expect(await holds(message({ params: ';alg="rsa-v1_5-sha256"' }))).toBe(true);
  });
  it.each([
    ['over another body', message({ body: '{}' })],
    ['for another path', message({ target: '/other' })],
    ['for another method', message({ method: 'DELETE' })],
    ['without the time', message({ created: null })],
    ['an hour and a minute old', message({ created: now.getTime() / 1000 - 3_660 })],
    ['that ended', message({ params: `;expires=${now.getTime() / 1000 - 1}` })],
    ['that leaves out the method', message({ listed: '"@target-uri" "content-digest"' })],
    ['that leaves out the target', message({ listed: '"@method" "content-digest"' })],
    ['that leaves out the digest', message({ listed: '"@method" "@target-uri"' })],
    [
      'that names a component twice',
      message({ listed: '"@method" "@method" "@target-uri" "content-digest"' }),
    ],
    ['of the algorithm none', message({ params: ';alg="none"' })],
    ['of a shared secret', message({ params: ';alg="hmac-sha256"' })],
    [
      'under another label',
      message({ headers: { signature: message().headers.signature!.replace('sig1', 'sig2') } }),
    ],
    [
      'of two at once',
      message({
        headers: { 'signature-input': `${message().headers['signature-input']}, sig2=();created=1` },
      }),
    ],
    [
      'with its parameters changed',
      message({
        headers: {
          'signature-input': message().headers['signature-input']!.replace('created=1', 'created=2'),
        },
      }),
    ],
    [
      'whose digest header is of another body',
      message({ headers: { 'content-digest': `sha-256=:${digestOf('{}')}:` }, body: '{}' }),
    ],
    ['with an empty input', message({ headers: { 'signature-input': '' } })],
  ])('refused: %s', async (_sin, request) => expect(await holds(request)).toBe(false));
});
