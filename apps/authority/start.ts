/** Starts an authority's tool: keys, inquiries on disk, pages, and rounds that pursue what is open. */
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { type Clock, realClock } from '@answerable/kit/clock';
import { createJournal, describeError, type Journal } from '@answerable/kit/journal';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { createMetrics } from '@answerable/kit/metrics';
import { policySource } from '@answerable/kit/policy-source';
import { rounds } from '@answerable/kit/rounds';
import type { Running } from '@answerable/kit/run';
import { loadOrCreateSealingKey } from '@answerable/kit/sealing-key';
import { serve } from '@answerable/kit/serve';
import { createSignIn } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import { authorityApp } from './app.ts';
import { type AuthorityConfig, authorityConfig } from './config.ts';
import type { Setting } from './engine/parts.ts';
import { isOver } from './inquiry.ts';
import { openInquiryBook } from './inquiry-book.ts';
import { type Pursuit, pursueInquiry } from './pursue-inquiry.ts';

const tickSecondsDefault = 1;

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

export interface RunningAuthority extends Running {
  /** the address of a sign-in link for one of its people; works once */
  staffLink(name: string): string;
}

/** Serves until close(). Throws ConfigRefused, PortTaken. */
export async function start(input: AuthorityConfig, brought: Parts = {}): Promise<RunningAuthority> {
  const config = authorityConfig.parse(input);
  const { name, title, origin, operatorToken } = config;
  const clock = brought.clock ?? realClock;
  const journal = brought.journal ?? createJournal(name);
  const keysDir = join(config.dataDir, 'keys');
  const signing = loadOrCreateSigningKey(join(keysDir, 'signing.key'));
  const sealing = loadOrCreateSealingKey(join(keysDir, 'sealing.key'));
  const policy = policySource(config.policyPath, clock);
  const setting = (): Setting => ({
    policy: policy.current(),
    keys: { name, signingSecret: signing.seed, sealingSecret: sealing.secretKey },
  });
  const book = openInquiryBook(join(config.dataDir, 'inquiries'));
  const pursuit: Pursuit = { book, setting, underWay: new Map() };
  const identity = () => ({
    name,
    title,
    origin,
    signingKey: toBase64url(signing.publicKey),
    sealingKey: toBase64url(sealing.publicKey),
  });
  const signIn = createSignIn({ service: name, clock, secure: origin.startsWith('https:') });
  const app = authorityApp({
    config,
    clock,
    journal,
    metrics: createMetrics(name),
    signIn,
    signer: { identity, signingKey: signing, operatorToken, keysDir, policies: policy, clock },
    setting,
    pursuit,
  });
  const served = await serve(app, { host: config.host, port: config.port });
  const pursuing = rounds(config.tickSeconds ?? tickSecondsDefault, async () => {
    for (const one of book.list().filter((each) => !isOver(each))) await pursueInquiry(pursuit, one.id);
  });
  pursuing.onFailure((error) => {
    if (!(error instanceof Refusal)) journal.error('a round is to be repeated', describeError(error));
  });
  return {
    origin,
    staffLink: (staff) => origin + signIn.issueLink({ name: staff, roles: ['officer'] }),
    async close() {
      await served.close();
      await pursuing.stop();
    },
  };
}
