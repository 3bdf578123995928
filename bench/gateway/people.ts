/** What people do at a gateway, in two steps: what they need is made ready before the clock runs, then sent. */
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount } from '@answerable/core/presentation/account';
import type { Credential } from '@answerable/core/presentation/credential';
import type { Network } from '@answerable/gateway/testing/network';
import { answerAsNew } from '@answerable/gateway/testing/wallet';
import { signInBytes } from '@answerable/protocol/admission/account-proof';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import { admissionRequestHash, type SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import { scopeId } from '@answerable/protocol/scope';
import { call, visitor } from './caller.ts';

/** Accounts that one person takes: people are slow to enrol. */
const accountsEach = 4;
/** An ed25519 private key in PKCS #8, up to its 32 octets. */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

type Visitor = ReturnType<typeof visitor>;

/** Where people come in: a gateway, and its platform as the gateway knows it. */
export interface Place {
  origin: string;
  network: Network;
  client: { clientId: string; clientSecret: string; redirectUri: string };
}

export interface Admission {
  /** Posts the answer; throws unless it is taken. */
  post(): Promise<void>;
  account: Account;
}

export interface Account {
  key: KeyObject;
  publicKey: string;
}

/**
 * People, requests and proofs for `count` admissions, or as many as there is time for. `inFlight`: people who come
 * at once, for a gateway that is busy with others.
 */
export async function prepareAdmissions(
  gateway: Place,
  count: number,
  { inFlight = 1, ms = Number.POSITIVE_INFINITY } = {},
): Promise<Admission[]> {
  const prepared: Admission[] = [];
  const begun = performance.now();
  let left = count;
  const person = async () => {
    const credential = gateway.network.enrol();
    for (let slot = 1; slot <= accountsEach && left > 0; slot++) {
      left -= 1;
      prepared.push(await prepareAdmission(gateway, credential, slot));
    }
  };
  const people = async () => {
    while (left > 0 && performance.now() - begun < ms) await person();
  };
  await Promise.all(Array.from({ length: inFlight }, people));
  return prepared;
}

async function prepareAdmission(gateway: Place, credential: Credential, slot: number) {
  const person = visitor();
  const { address, signed } = await arrive(gateway, person);
  const checkpoint = gateway.network.log.checkpoint();
  const answer: NewAccount = answerAsNew(credential, signed, gateway.network.policy, { slot, checkpoint });
  const { secretKey } = deriveAccount(credential, scopeId(signed.message.scope), slot);
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, secretKey]), format: 'der', type: 'pkcs8' });
  return {
    account: { key, publicKey: answer.accountKey },
    async post() {
      await postAnswer(person, gateway, address, answer);
    },
  };
}

/** The platform sends a browser here; the wallet takes the request out of the page. */
async function arrive(gateway: Place, person: Visitor) {
  const query = new URLSearchParams({
    client_id: gateway.client.clientId,
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: gateway.client.redirectUri,
    state: 'state',
    nonce: 'nonce-of-the-bench',
  });
  const { location = '' } = await person(`${gateway.origin}/oidc/auth?${query}`);
  const { text } = await person(location);
  const [, coded = ''] = text.match(/#\/ask\?request=([\w-]+)/) ?? [];
  const signed = JSON.parse(Buffer.from(coded, 'base64url').toString()) as SignedAdmissionRequest;
  return { address: location, signed };
}

async function postAnswer(person: Visitor, { origin }: Place, address: string, answer: object) {
  const { status, text } = await person(`${address}/answer`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(answer),
  });
  if (status !== 200) throw new Error(`an answer was answered ${status}: ${text}`);
  return (JSON.parse(text) as { resume: string }).resume;
}

/** A whole sign-in: authorize, page, answer, code, tokens, userinfo. Returns `sub` and the access token. */
export async function signIn(
  gateway: Place,
  { key, publicKey }: Account,
): Promise<{ sub: string; accessToken: string }> {
  const person = visitor();
  const { address, signed } = await arrive(gateway, person);
  const bytes = signInBytes(admissionRequestHash(signed.message));
  const resume = await postAnswer(person, gateway, address, {
    kind: 'sign-in',
    request: signed.message.request,
    accountKey: publicKey,
    signature: toBase64url(new Uint8Array(sign(null, bytes, key))),
  });
  const { location = '' } = await person(resume);
  const code = new URL(location).searchParams.get('code') ?? '';
  const { clientId, clientSecret, redirectUri } = gateway.client;
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  const tokens = await call(`${gateway.origin}/oidc/token`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${basic}`,
    },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
    }).toString(),
  });
  const { access_token: accessToken, id_token: idToken } = JSON.parse(tokens.text) as Record<string, string>;
  if (!accessToken || !idToken) throw new Error(`a code was answered ${tokens.status}`);
  const me = await userinfo(gateway, accessToken);
  if (me.status !== 200) throw new Error(`userinfo was answered ${me.status}`);
  return { sub: (JSON.parse(me.text) as { sub: string }).sub, accessToken };
}

export const userinfo = ({ origin }: Place, accessToken: string) =>
  call(`${origin}/oidc/me`, { headers: { authorization: `Bearer ${accessToken}` } });
