/**
 * POST /interaction/:request/code: an invite code for the account that was taken in, or the one that is open.
 * decode → verify whose browser → decide → record the mark → act: the server is asked under it → reply.
 * A code whose answer was lost was told to nobody: it is ended by its mark before another is asked for, so that
 * one account here never has two codes.
 */
import { randomBytes } from 'node:crypto';
import { after } from '@answerable/kit/clock';
import { readForm } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import { requireOwnPage } from '../interaction.ts';
import type { GatewayParts } from '../parts.ts';
import { refusalOf, standingOf } from '../policy.ts';
import { findJoining, type Joining } from './joining.ts';
import { did, inviteMinutesDefault } from './settings.ts';
import type { OpenInvitation } from './store.ts';
import { readBack } from './watch.ts';

const markBytes = 16;
/** `brings`: the DID of an account that moves here; empty for a new one. */
const form = z.strictObject({ brings: z.union([z.literal(''), did]).optional() });

export function giveCode(parts: GatewayParts) {
  return async (c: Context) => {
    requireOwnPage(c, parts.config.origin);
    const { brings } = await readForm(c, form);
    const joining = await findJoining(c, parts);
    if (!joining?.sub) throw new Refusal('request_unknown');
    await requireStanding(joining.sub, parts);
    await openCode(joining, joining.sub, brings || null, parts);
    return c.redirect(`/interaction/${joining.id}/joined`, 303);
  };
}

/** Whether the code of an open invitation can still be used. */
export const isLive = ({ expires_at }: Pick<OpenInvitation, 'expires_at'>, now: Date): boolean =>
  expires_at !== null && expires_at > now;

/** A sanction that came after the answer holds here too. */
async function requireStanding(sub: string, { store, clock }: GatewayParts): Promise<void> {
  const account = await store.accountBySub(sub);
  if (!account) throw new Refusal('account_unknown');
  if (account.closed_day !== null) throw new Refusal('account_closed');
  const sanctions = await store.sanctionsOf(account);
  const refusal = refusalOf(standingOf(sanctions, clock.now().toISOString(), sub).standing);
  if (refusal) throw new Refusal(refusal);
}

async function openCode(
  { platform, watched }: Joining,
  sub: string,
  brings: string | null,
  parts: GatewayParts,
) {
  const { bluesky, clock } = parts;
  const { store } = bluesky;
  const { server } = watched;
  // The accounts of before must be known before the first code is, and a code that was used gives an account.
  await readBack(watched);
  if (await store.accountOf(sub)) return;
  const open = await store.invitationOf(sub);
  if (open?.code && isLive(open, clock.now()) && open.brings === brings) return;
  if (open) {
    await server.endInvites(open.mark);
    // It may have been used until just now.
    await readBack(watched);
    if (await store.accountOf(sub)) return;
    await store.endInvitation(open.mark);
    // One that was on its way when the first end came: kept by now, or to be ended by whoever asked for it.
    await server.endInvites(open.mark);
  }
  const mark = `did:invite:${randomBytes(markBytes).toString('hex')}`;
  const minutes = platform.bluesky?.inviteMinutes ?? inviteMinutesDefault;
  const expires_at = after(clock.now(), { minutes });
  // Somebody who pressed twice finds the code of the first time.
  if (!(await store.invite({ mark, platform: platform.name, sub, brings, expires_at }))) return;
  // From here on a code under this mark may exist; until it is kept, nobody has been told.
  const code = await server.invite(mark);
  // Ended meanwhile by somebody who pressed again: this one was told to nobody either.
  if (!(await store.keepCode(mark, code))) await server.endInvites(mark);
}
