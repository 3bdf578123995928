/** `answerable wallet release`: signs the release that these sources make, and puts it into the log. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toBase64url } from '@answerable/core/bytes';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { openLogReader } from '@answerable/kit/log-reader';
import { submitRelease } from '@answerable/kit/submit-release';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { placeOfRelease } from '@answerable/protocol/log/release-place';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { hashInGroups, type ReleaseManifest, releaseHash } from '@answerable/protocol/wallet-release';
import { buildWallet } from '@answerable/wallet/build';
import { readManifest } from '@answerable/wallet/built-files';
import { readPolicy } from './read-policy.ts';

const placeAskedMs = 1_000;
const placeAskedMax = 60;

export const releaseManual = `release: signs the release with the publisher's key and hands it to the log of the trust policy; then waits
until witnesses have seen it. Do this before a host serves it: wallets refuse a release that is not there yet.
key: makes the publisher's key, if FILE is not there, and prints its public half, for the trust policy.

  --key FILE      the publisher's key
  --policy FILE   the trust policy (default: the practice network's, if there is one)
`;

export async function showKey(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [path] = positionals;
  if (!path || positionals.length > 1) {
    process.stderr.write('answerable wallet: name one file for the key. See --help.\n');
    return 2;
  }
  process.stdout.write(`${toBase64url(loadOrCreateSigningKey(resolve(path)).publicKey)}\n`);
  return 0;
}

export async function publishRelease(args: string[]): Promise<number> {
  const options = { key: { type: 'string' }, policy: { type: 'string' } } as const;
  const { values } = parseArgs({ args, options });
  if (!values.key) {
    process.stderr.write('answerable wallet: name the publisher’s key with --key. See --help.\n');
    return 2;
  }
  const policy = await readPolicy(values.policy);
  const path = resolve(values.key);
  if (!existsSync(path)) throw new Error(`there is no key at ${path}. \`answerable wallet key\` makes one.`);
  const key = loadOrCreateSigningKey(path);
  if (toBase64url(key.publicKey) !== policy.releases.signingKey)
    throw new Error('the trust policy names another publisher’s key. Nothing was sent.');
  const manifest = readManifest(await buildWallet());
  await submitRelease(policy, key, manifest);
  const index = await placed(policy, manifest);
  if (index === undefined)
    throw new Error(
      'the log has taken the release, and no witnessed checkpoint covers it yet. Ask again later.',
    );
  process.stdout.write(
    `version    ${manifest.version}\nrelease    ${hashInGroups(releaseHash(manifest))}\nin the log as entry ${index}\n`,
  );
  return 0;
}

async function placed(policy: TrustPolicy, manifest: ReleaseManifest): Promise<number | undefined> {
  const reader = openLogReader(policy);
  const fetchFile = fetchFrom(policy.log.origin);
  for (let asked = 0; asked < placeAskedMax; asked++) {
    const index = await placeOfRelease(reader, fetchFile, manifest);
    if (index !== undefined) return index;
    await new Promise((resolve) => setTimeout(resolve, placeAskedMs));
  }
  return undefined;
}
