/**
 * Attacks that need more than one party's real service, over HTTP. Each has its control beside it: the same
 * request without the attack is taken, so what is refused is refused for the attack.
 */
import { join } from 'node:path';
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { interpolateG1, type PublicKeySet } from '@answerable/core/ceremony/key';
import { decodeG1, decodeScalar, encodeG1, encodeScalar, mulG1, ONE, subG1 } from '@answerable/core/curve';
import { deriveAccount } from '@answerable/core/presentation/account';
import { type Credential, decodeCredential } from '@answerable/core/presentation/credential';
import { drawSecret, requestCredential, requestRecord } from '@answerable/core/presentation/issuance';
import { prove } from '@answerable/core/presentation/prove';
import type { DisclosableField } from '@answerable/core/presentation/schema';
import { decodePresentation } from '@answerable/core/presentation/wire';
import { randomBytes } from '@answerable/core/rng';
import { combineTag } from '@answerable/core/tag/tag';
import { withConnection } from '@answerable/kit/database';
import { callJson } from '@answerable/kit/http-client';
import { readKeyShare } from '@answerable/kit/key-share';
import type { RoleName } from '@answerable/practice-constellation/network';
import { createBrowser } from '@answerable/practice-people/browser';
import { askedBy, enrolAs, proveWho } from '@answerable/practice-people/visit';
import { accountProofBytes } from '@answerable/protocol/admission/account-proof';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import { admissionQuestion } from '@answerable/protocol/admission/question';
import { type AdmissionRequest, admissionRequestHash } from '@answerable/protocol/admission/request';
import { issuanceBinding, recordBinding } from '@answerable/protocol/enrolment/binding';
import { evidenceResponse } from '@answerable/protocol/enrolment/session';
import {
  decodeTagEvaluation,
  tagBinding,
  tagEvaluationResponse,
} from '@answerable/protocol/enrolment/tag-evaluation';
import { messageLabels } from '@answerable/protocol/labels';
import { scopeId } from '@answerable/protocol/scope';
import { signBytes, signMessage } from '@answerable/protocol/signed';
import { deviceRenewal } from '@answerable/wallet/engine/devices';
import { describe, expect, it } from 'vitest';
import { canary } from './hostile.ts';
import type { DeviceWallet, Who } from './network.ts';
import { reportOf, type Stage } from './stage.ts';

const tries = 20;

interface Said {
  status: number;
  code?: string;
  [field: string]: unknown;
}

const post = async (url: string, body: unknown, send: typeof fetch = fetch, more = {}): Promise<Said> => {
  const headers = { 'content-type': 'application/json', accept: 'application/json', ...more };
  const response = await send(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return { ...((await response.json()) as object), status: response.status };
};

async function standBefore(stage: Stage, forum: 'commons' | 'lantern') {
  const browser = createBrowser();
  const { at, text } = await askedBy(
    { signInUrl: `${stage.network.roles[forum].origin}/sign-in/gateway` },
    browser,
  );
  const { message } = JSON.parse(Buffer.from(text, 'base64url').toString()) as { message: AdmissionRequest };
  const answer = (said: unknown) => post(`${at}/answer`, said, browser.fetch as typeof fetch);
  return { text, request: message, answer };
}

const credentialOf = async (wallet: DeviceWallet): Promise<Credential> =>
  decodeCredential(fromBase64url((await wallet.state()).holding!.credential));

/** A presentation of the wallet's own making: right in everything but in what it discloses. */
async function present(
  { policy, guest }: Stage,
  request: AdmissionRequest,
  taken: NewAccount,
  disclose: readonly DisclosableField[],
): Promise<NewAccount> {
  const credential = await credentialOf(guest);
  const question = { ...admissionQuestion(policy, request, taken), disclose };
  const presentation = toBase64url(prove(credential, question));
  const { secretKey } = deriveAccount(credential, scopeId(request.scope), taken.slot);
  const proof = accountProofBytes(admissionRequestHash(request), presentation);
  return { ...taken, presentation, accountProof: signBytes(secretKey, proof) };
}

export function attacks(stage: () => Stage): void {
  describe('a presentation', () => {
    it('is for one gateway: replayed to another, it is refused there and still good here', async () => {
      const here = await standBefore(stage(), 'commons');
      const there = await standBefore(stage(), 'lantern');
      const { answer } = await stage().guest.answerRequest(here.text, {
        way: 'new',
        slot: 1,
        handle: 'replayed_1',
      });
      const moved = { ...answer, request: there.request.request };
      expect(await there.answer(moved)).toMatchObject({ status: 403, code: 'presentation_refused' });
      expect(await there.answer(answer)).toMatchObject({ status: 400, code: 'malformed' });
      expect(await here.answer(answer)).toMatchObject({ status: 200 });
    });

    it('discloses what the platform asks: not less, not more, not something else', async () => {
      const { text, request, answer } = await standBefore(stage(), 'commons');
      const way = { way: 'new', slot: 2, handle: 'chooser_1' } as const;
      const taken = (await stage().guest.answerRequest(text, way)).answer as NewAccount;
      const asked = request.platformPolicy.disclose;
      const others: DisclosableField[][] = [
        [],
        asked.slice(1),
        [...asked, 'name'],
        ['over_16', 'residence', 'reset_recent'],
      ];
      for (const disclose of others) {
        const { code } = await answer(await present(stage(), request, taken, disclose));
        // Of another number of fields it cannot even be read.
        expect(code).toBe(disclose.length === asked.length ? 'presentation_refused' : 'malformed');
      }
      expect(await answer(await present(stage(), request, taken, asked))).toMatchObject({ status: 200 });
    });

    it(`sent ${tries} times at once is one account, and none of it is lost`, async () => {
      const wallet = stage().newWallet();
      await enrolAs({ person: 'journalist' }, wallet);
      const { text, answer } = await standBefore(stage(), 'commons');
      const said = (await wallet.answerRequest(text, { way: 'new', slot: 1, handle: 'often_sent' })).answer;
      const codes = (await Promise.all(Array.from({ length: tries }, () => answer(said)))).map(
        ({ status, code }) => code ?? status,
      );
      expect(codes.filter((code) => code === 200).length).toBeGreaterThan(0);
      expect(codes.filter((code) => code !== 200 && code !== 'nonce_spent')).toEqual([]);
      const accounts = await rows(stage(), 'gateway-commons', `account where handle = 'often_sent'`);
      expect(accounts).toBe(1);
    });
  });

  describe('the registrar', () => {
    it('signs one secret for one person: another one for the same record is refused', async () => {
      const { policy, network, recordPoint, wallet } = stage();
      const { origin } = network.roles.registrar;
      const { secret, entropy } = await credentialOf(wallet);
      const ask = async (s: Uint8Array) => {
        const { nonce } = (await post(`${origin}/issuance/challenge`, { recordPoint })) as unknown as {
          nonce: string;
        };
        const binding = issuanceBinding(policy.registrar.name, nonce, undefined);
        const { request } = requestCredential(s, entropy, binding);
        const device = deviceRenewal((await wallet.state()).holding!, nonce);
        return post(`${origin}/issuance`, { recordPoint, nonce, ...encoded(request), device });
      };
      expect(await ask(drawSecret())).toMatchObject({ status: 403, code: 'presentation_refused' });
      expect(await ask(secret)).toMatchObject({ status: 200 });
    });

    it('draws ε once: other commitments of one session, one after the other or at once, move nothing', async () => {
      const { policy, network, newWallet } = stage();
      const { origin } = network.roles.registrar;
      const wallet = newWallet();
      const { authorizationUrl } = await wallet.beginEnrolment('join');
      const { session, code } = await proveWho(authorizationUrl, { person: 'abroad' });
      const { secret, key } = (await wallet.state()).session!;
      const sign = (call: string, body: object) =>
        signMessage(fromBase64url(key), messageLabels.walletCall, { session, call, body });
      await callJson(`${origin}/enrolment/evidence`, {
        body: sign('evidence', { code }),
        schema: evidenceResponse,
      });
      const ask = async () => {
        const binding = recordBinding(policy.registrar.name, session);
        const { request } = requestRecord(fromBase64url(secret!), binding);
        return post(`${origin}/enrolment/record`, sign('record', encoded(request)));
      };
      const answers = [...(await Promise.all([ask(), ask(), ask()])), await ask()];
      const drawn = answers.filter(({ status }) => status === 200) as unknown as {
        recordPoint: string;
        grant: { entropy: string };
      }[];
      expect(drawn.length).toBeGreaterThan(0);
      expect(new Set(drawn.map(({ recordPoint }) => recordPoint)).size).toBe(1);
      expect(new Set(drawn.map(({ grant }) => grant.entropy)).size).toBe(1);
      for (const { status, code: refused } of answers)
        if (status !== 200) expect(['session_state', 'person_known', 'unavailable']).toContain(refused);
      const points = await rows(
        stage(),
        'registrar',
        `record_key where record_point = '${drawn[0]!.recordPoint}'`,
      );
      expect(points).toBe(1);
    });
  });

  describe('the E0 of an account', () => {
    it('fed to the keepers as an identifier comes back under the tag key, which does not open it', async () => {
      const { network, policy, keyOf, recordPoint, visit } = stage();
      const asked = ['over_13', 'residence', 'reset_recent'] as const;
      const { E0, E1 } = decodePresentation(fromBase64url(visit.answer.presentation), asked).escrow;
      const blinded = encodeG1(E0);
      const session = toBase64url(randomBytes(16));
      const message = {
        session,
        day: new Date().toISOString().slice(0, 10),
        blinded: [toBase64url(blinded)],
      };
      const body = signMessage(keyOf('registrar'), messageLabels.tagEvaluation, message);
      const evaluations = await Promise.all(
        policy.tags.keepers.map(async ({ origin, index }) => {
          const answer = await callJson(`${origin}/tags/evaluations`, {
            body,
            schema: tagEvaluationResponse,
          });
          return { index, evaluation: decodeTagEvaluation(index, answer.evaluations[0]!) };
        }),
      );
      const asIs = { blinded, blind: encodeScalar(ONE) };
      const combined = combineTag(tagKeys(stage()), asIs, tagBinding(session), evaluations);
      if (!combined.ok) throw new Error('the keepers answered badly');
      const minus = (point: Uint8Array) => toBase64url(encodeG1(subG1(E1, decodeG1(point))));
      expect(minus(combined.element)).not.toBe(recordPoint);
      // The control: the same product under two shares of the opening key is the record key.
      const shares = (['guardian-1', 'guardian-2'] as const).map(
        (name) => readKeyShare(join(network.roles[name].dataDir, 'keys'), 'opening')!.share,
      );
      const parts = shares.map(({ secret }) => mulG1(E0, decodeScalar(secret)));
      const opened = encodeG1(
        interpolateG1(
          shares.map(({ index }) => index),
          parts,
        ),
      );
      expect(minus(opened)).toBe(recordPoint);
      // Who holds the opening key has no such address at all.
      for (const name of ['guardian-1', 'guardian-2', 'guardian-3'] as const)
        expect(await post(`${network.roles[name].origin}/tags/evaluations`, body)).toMatchObject({
          code: 'not_found',
        });
      // Nor do the keepers take a key to choose by.
      const other = { ...message, session: toBase64url(randomBytes(16)), key: 'opening' };
      const choosing = signMessage(keyOf('registrar'), messageLabels.tagEvaluation, other);
      expect(await post(`${network.roles['keeper-1'].origin}/tags/evaluations`, choosing)).toMatchObject({
        code: 'malformed',
      });
    });
  });

  describe('a script in every text that a stranger can write', () => {
    const evil = `<script>${canary}()</script><img src=x onerror=${canary}()>"'>`;
    const page = async (role: RoleName, path: string, who: Who) => {
      const headers = { accept: 'text/html', ...stage().headersOf(who) };
      const response = await fetch(stage().network.roles[role].origin + path, { headers });
      expect([role, path, response.status]).toEqual([role, path, 200]);
      const html = await response.text();
      expect([role, path, html.includes(`<script>${canary}`) || html.includes('<img src=x')]).toEqual([
        role,
        path,
        false,
      ]);
      // It is there, as what was written.
      expect([role, path, html.includes(`&lt;script&gt;${canary}`)]).toEqual([role, path, true]);
    };
    const send = async (role: RoleName, path: string, who: Who, body: object) => {
      const said = await post(stage().network.roles[role].origin + path, body, fetch, stage().headersOf(who));
      expect([role, path, said.status < 300]).toEqual([role, path, true]);
      return said as Said & Record<string, string>;
    };

    it('is text on every page that shows it', async () => {
      const { keyOf, sub } = stage();
      await send('commons', '/me', 'member', { bio: evil });
      const written = await send('commons', '/threads', 'member', { title: evil, text: evil });
      const opened = await send('commons', '/pages', 'member', { title: evil, about: evil });
      const locator = `post/${written.id}`;
      await send('desk', '/reports', 'connector', { ...reportOf(locator, sub), statement: evil });
      const ask = {
        v: 1,
        ask: toBase64url(randomBytes(16)),
        authority: 'authority',
        platform: 'commons',
        ground: 'threat-to-life',
        order: { reference: evil, text: evil, day: '2026-11-23' },
        item: locator,
      };
      const asked = signMessage(keyOf('authority'), messageLabels.authorityAsk, ask);
      const { caseId } = await send('desk', '/disclosures', 'connector', asked);
      const { platform, ground, order } = ask;
      const begun = await send('authority', '/api/inquiries', 'officer', {
        platform,
        ground,
        order,
        item: locator,
      });

      await page('commons', '/', 'member');
      await page('commons', `/posts/${written.id}`, 'member');
      await page('commons', '/pages', 'member');
      await page('commons', `/pages/${opened.id}`, 'member');
      await page('commons', '/me', 'member');
      await page('desk', '/requests', 'moderator');
      await page('authority', `/inquiries/${begun.id}`, 'officer');
      await expect.poll(() => rows(stage(), 'guardian-1', `case_file where case_id = '${caseId}'`)).toBe(1);
      await page('guardian-1', `/cases/${caseId}`, 'judge');
    });
  });

  describe('one act of the desk', () => {
    it(`asked for ${tries} times at once is one sanction and one letter`, async () => {
      const { network, sub, headersOf } = stage();
      const { origin } = network.roles['gateway-commons'];
      const [sanction, message, caseId] = [1, 2, 3].map(() => toBase64url(randomBytes(16))) as [
        string,
        string,
        string,
      ];
      const warn = { sanction, caseId, sub, holds: 'person', step: 'warn', until: null };
      const item = { kind: 'statement', caseId, day: '2026-11-23', title: 'Reasons', body: 'Because.' };
      const often = (path: string, body: object) =>
        Promise.all(
          Array.from({ length: tries }, () => post(origin + path, body, fetch, headersOf('domain'))),
        );
      const warned = await often('/desk/sanctions', warn);
      const written = await often('/desk/inbox', { message, sub, holds: 'account', item });
      expect(warned.filter(({ status }) => status !== 200)).toEqual([]);
      expect(written.filter(({ status }) => status !== 200)).toEqual([]);
      expect(await rows(stage(), 'gateway-commons', `sanction where id = '${sanction}'`)).toBe(1);
      expect(await rows(stage(), 'gateway-commons', `inbox where message = '${message}'`)).toBe(1);
    });
  });
}

const encoded = (request: { commitmentWithProof: Uint8Array; bindingProof: Uint8Array }) => ({
  commitmentWithProof: toBase64url(request.commitmentWithProof),
  bindingProof: toBase64url(request.bindingProof),
});

export const rows = ({ network }: Stage, role: RoleName, from: string): Promise<number> =>
  withConnection(network.roles[role].databaseUrl!, async (run) =>
    Number((await run(`select count(*) as n from ${from}`))[0]!.n),
  );

function tagKeys({ policy: { tags } }: Stage): PublicKeySet {
  const inOrder = tags.keepers.toSorted((a, b) => a.index - b.index);
  return {
    role: 'tag',
    threshold: tags.threshold,
    publicKey: fromBase64url(tags.publicKey),
    verificationKeys: inOrder.map(({ verificationKey }) => fromBase64url(verificationKey)),
  };
}
