/**
 * POST /xrpc/com.atproto.moderation.createReport: an account of the AT Protocol reports to us as to any moderation
 * service. Its server signs for it; the key is in its DID document, which the configured resolver gives. The DID
 * goes back in the answer, as the lexicon wants it, and is not kept.
 */
import { createCaller } from '@answerable/connector/call';
import type { SettingsOf } from '@answerable/connector/settings';
import { unixSeconds } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import type { DeskParts } from '../parts.ts';
import { reasonsFrom } from './reason-table.ts';
import { recordForeign, unseen } from './record-foreign.ts';
import { isSignedBy, readServiceToken, type ServiceToken } from './service-token.ts';

export const reportMethod = 'com.atproto.moderation.createReport';
const keptMinutes = 10;
const documentsMax = 1_000;
const idBytes = 6;

const did = z.string().regex(/^did:[a-z]+:[\w.:%-]{1,300}$/);
const createReport = z.object({
  reasonType: z.string().max(200),
  reason: z.string().max(20_000).optional(),
  subject: z.discriminatedUnion('$type', [
    z.object({ $type: z.literal('com.atproto.admin.defs#repoRef'), did }),
    z.object({
      $type: z.literal('com.atproto.repo.strongRef'),
      uri: z.string().max(900),
      cid: z.string().max(200),
    }),
  ]),
});
const didDocument = z.object({
  id: z.string(),
  verificationMethod: z
    .array(
      z.object({
        id: z.string(),
        type: z.string(),
        controller: z.string(),
        publicKeyMultibase: z.string().max(200).optional(),
      }),
    )
    .max(50)
    .catch([]),
});

export function takeBlueskyReport(
  parts: DeskParts,
  { serviceDid, resolver }: NonNullable<SettingsOf<'bluesky'>['reports']>,
) {
  const { clock, config, platform } = parts;
  const resolve = createCaller(resolver, {});
  const kept = new Map<string, { key: string; until: number }>();

  async function keyOf(of: string, fresh: boolean): Promise<string | undefined> {
    const now = clock.now().getTime();
    const known = kept.get(of);
    if (!fresh && known && known.until > now) return known.key;
    const document = await resolve(`/${encodeURIComponent(of)}`, { schema: didDocument });
    const names = ['#atproto', `${of}#atproto`];
    const found = document.verificationMethod.find((one) => names.includes(one.id) && one.controller === of);
    const key = document.id === of && found?.type === 'Multikey' ? found.publicKeyMultibase : undefined;
    if (key === undefined) return undefined;
    kept.delete(of);
    kept.set(of, { key, until: now + keptMinutes * 60_000 });
    const oldest = kept.keys().next();
    if (kept.size > documentsMax && !oldest.done) kept.delete(oldest.value);
    return key;
  }
  async function requireSigned(token: ServiceToken): Promise<void> {
    for (const fresh of [false, true]) {
      const key = await keyOf(token.did, fresh).catch((error) => {
        throw error instanceof Refusal && error.code === 'not_found' ? new Refusal('unauthorised') : error;
      });
      if (key !== undefined && isSignedBy(token, key)) return;
    }
    throw new Refusal('unauthorised');
  }

  return async (c: Context) => {
    const token = readServiceToken(
      c.req.header('authorization'),
      serviceDid,
      reportMethod,
      unixSeconds(clock),
    );
    await requireSigned(token);
    const given = await readJson(c, createReport);
    const reason = given.reasonType.split('#')[1] ?? '';
    // Whoever was decided about appeals with the address that came with the decision.
    if (reason === 'reasonAppeal') throw new Refusal('forbidden');
    const { subject } = given;
    const address = 'uri' in subject ? subject.uri : `https://bsky.app/profile/${subject.did}`;
    const locator = await platform.locate(address, 'post');
    if (!locator) throw new Refusal('malformed', 'subject');
    const at = clock.now().toISOString();
    const receipt = await recordForeign(parts, {
      id: `atproto/${token.did}/${token.id}`,
      seen: false,
      items: [unseen(config.platform.name, locator, at)],
      reasons: reasonsFrom('atproto', [reason]),
      statement: given.reason ?? '',
    });
    const id = Buffer.from(receipt, 'base64url').readUIntBE(0, idBytes);
    return c.json({ ...given, id, reportedBy: token.did, createdAt: at });
  };
}
