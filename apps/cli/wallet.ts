/** `answerable wallet`: builds a release of the wallet, puts it on the record, and checks what a host serves. */
import type { Verb } from './verb.ts';
import { buildManual, buildRelease } from './wallet-build.ts';
import { publishRelease, releaseManual, showKey } from './wallet-release.ts';
import { verifyHost, verifyManual } from './wallet-verify.ts';

const manual = `answerable wallet — the wallet's code: build it, put it on the record, check what a host serves

usage: answerable wallet build   [--out DIR]
       answerable wallet key     FILE
       answerable wallet release --key FILE [--policy FILE]
       answerable wallet verify  <address> [--policy FILE] [--no-build] [--json]

${buildManual}
${releaseManual}
${verifyManual}
exit status: 0 as promised, 1 not as promised, 2 wrong call

examples:
  answerable wallet build --out /srv/wallet
  answerable wallet verify http://localhost:4601
`;

const steps: Record<string, (args: string[]) => Promise<number>> = {
  build: buildRelease,
  key: showKey,
  release: publishRelease,
  verify: verifyHost,
};

async function run([step = '', ...args]: string[]): Promise<number> {
  const act = Object.hasOwn(steps, step) ? steps[step] : undefined;
  if (act) return act(args);
  process.stderr.write('answerable wallet: say build, key, release or verify. See --help.\n');
  return 2;
}

export const walletVerb: Verb = { manual, run };
