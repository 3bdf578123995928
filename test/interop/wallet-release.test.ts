/** spec/wallet-release.md, from the page alone: hashes by Node, JSON by hand; then our own code, on the same files. */
import { createHash } from 'node:crypto';
import { encodeEntry } from '@answerable/log/verify/entry';
import { leafHash } from '@answerable/log/verify/merkle';
import { manifestOf, releaseEntryOf, releaseHash, releaseKeyOf } from '@answerable/protocol/wallet-release';
import { expect, it } from 'vitest';
import { exampleOf } from './second/example.ts';

const files = { '/guard.js': 'guard\n', '/index.html': '<!doctype html>\n' };
const { text } = exampleOf('wallet-release');
const sha256 = (...parts: (string | Buffer)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

it('a second reading of the page makes its example', () => {
  const listed = Object.entries(files).map(
    ([path, body]) =>
      `{"bytes":${Buffer.byteLength(body)},"path":"${path}","sha256":"${sha256(body).toString('base64url')}"}`,
  );
  const manifest = `{"files":[${listed.join(',')}],"v":1,"version":"1.0.0"}`;
  expect(manifest).toBe(text('JCS(manifest)'));
  const release = sha256('answerable/2026-11/hash/wallet-release\n', manifest);
  expect(release.toString('hex')).toBe(text('release'));
  const entry = `{"files":2,"kind":"wallet-release","release":"${release.toString('base64url')}","v":1,"version":"1.0.0"}`;
  expect(entry).toBe(text('JCS(entry)'));
  const key = sha256('answerable/2026-11/key/wallet-release\n', entry).subarray(0, 16);
  expect(key.toString('base64url')).toBe(text('submission key'));
  expect(sha256(Buffer.of(0), entry.padEnd(1024, ' ')).toString('hex')).toBe(text('leaf hash'));
});

it('our own code makes the same', () => {
  const manifest = manifestOf(
    '1.0.0',
    Object.entries(files).map(([path, body]) => [path, Buffer.from(body)] as const),
  );
  const entry = releaseEntryOf(manifest);
  expect(Buffer.from(releaseHash(manifest), 'base64url').toString('hex')).toBe(text('release'));
  expect(releaseKeyOf(entry)).toBe(text('submission key'));
  expect(Buffer.from(leafHash(encodeEntry({ ...entry }))).toString('hex')).toBe(text('leaf hash'));
});
