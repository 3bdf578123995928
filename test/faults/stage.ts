/**
 * What the messages of the sweep are about: one person with a credential, another in the middle of enrolling, an
 * account, a browser before its gateway, a case at the desk. Made once, over HTTP, as people make them.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { withConnection } from '@answerable/kit/database';
import { callJson } from '@answerable/kit/http-client';
import { type Browser, createBrowser } from '@answerable/practice-people/browser';
import { askedBy, enrolAs, proveWho, signUpAt } from '@answerable/practice-people/visit';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import { evidenceResponse } from '@answerable/protocol/enrolment/session';
import { messageLabels } from '@answerable/protocol/labels';
import { reportReceipt } from '@answerable/protocol/report/report';
import { signMessage } from '@answerable/protocol/signed';
import { z } from 'zod';
import type { DeviceWallet, FaultNetwork } from './network.ts';

export interface Stage extends FaultNetwork {
  /** has joined and has an account at Commons */
  wallet: DeviceWallet;
  recordPoint: string;
  /** has joined and has no account anywhere */
  guest: DeviceWallet;
  /** the account's number at Commons */
  sub: string;
  post: string;
  page: string;
  /** somebody else, who has shown who they are and not yet asked for a record */
  enrolling: { session: string; key: Uint8Array };
  /** a browser that Commons has sent to its gateway, and an answer that would be taken */
  visit: { browser: Browser; at: string; answer: NewAccount };
  caseId: string;
}

const handle = 'somebody_2';

export async function setStage(given: FaultNetwork): Promise<Stage> {
  const { network } = given;
  const commons = network.roles.commons.origin;
  const forum = { signInUrl: `${commons}/sign-in/gateway` };
  const wallet = given.newWallet();
  const guest = given.newWallet();
  await Promise.all([enrolAs({ person: 'neighbour' }, wallet), enrolAs({ person: 'closeted' }, guest)]);
  const home = createBrowser();
  await signUpAt(forum, wallet, { handle }, home);
  const write = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await home.fetch(commons + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return z.object({ id: z.string() }).parse(await answer.json()).id;
  };
  const post = await write('/threads', { title: 'Bread', text: 'Where is the good bread?' });
  const page = await write('/pages', { title: 'Bakers', about: 'All about bakers.' });
  const [visit, enrolling, sub] = await Promise.all([
    stand(forum, wallet),
    showWho(given),
    subOf(network.roles['gateway-commons'].databaseUrl!),
  ]);
  return {
    ...given,
    wallet,
    guest,
    recordPoint: (await wallet.state()).holding!.recordPoint,
    sub,
    post,
    page,
    enrolling,
    visit,
    caseId: await caseAbout(given, `post/${post}`, sub),
  };
}

async function stand(forum: { signInUrl: string }, wallet: DeviceWallet): Promise<Stage['visit']> {
  const browser = createBrowser();
  const { at, text } = await askedBy(forum, browser);
  const { answer } = await wallet.answerRequest(text, { way: 'new', slot: 2, handle: 'somebody_3' });
  return { browser, at, answer: answer as NewAccount };
}

async function showWho({ network, newWallet }: FaultNetwork): Promise<Stage['enrolling']> {
  const wallet = newWallet();
  const { authorizationUrl } = await wallet.beginEnrolment('join');
  const { session, code } = await proveWho(authorizationUrl, { person: 'survivor' });
  const key = fromBase64url((await wallet.state()).session!.key);
  await callJson(`${network.roles.registrar.origin}/enrolment/evidence`, {
    body: signMessage(key, messageLabels.walletCall, { session, call: 'evidence', body: { code } }),
    schema: evidenceResponse,
  });
  return { session, key };
}

const subOf = (databaseUrl: string): Promise<string> =>
  withConnection(databaseUrl, async (run) =>
    String((await run('select sub from account where handle = $1', [handle]))[0]!.sub),
  );

async function caseAbout(
  { network, headersOf }: FaultNetwork,
  locator: string,
  author: string,
): Promise<string> {
  const { origin } = network.roles.desk;
  await callJson(`${origin}/reports`, {
    body: reportOf(locator, author),
    headers: headersOf('connector'),
    schema: reportReceipt,
  });
  const { cases } = await callJson(`${origin}/`, {
    headers: headersOf('moderator'),
    schema: z.object({ cases: z.array(z.object({ caseId: z.string() })) }),
  });
  return cases[0]!.caseId;
}

export const reportOf = (locator: string, author: string) => ({
  capacity: 'user',
  reasons: ['abuse'],
  characteristics: ['religion'],
  items: [
    {
      platform: 'commons',
      kind: 'post',
      locator,
      author,
      text: 'Where is the good bread?',
      language: 'en',
      posted: new Date().toISOString(),
    },
  ],
  statement: 'Please look.',
  goodFaith: true,
  wishesToBeTold: true,
});
