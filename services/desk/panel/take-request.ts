/**
 * desk of another forum → desk, POST /panel/requests and /panel/withdrawals: what their people may not decide, for
 * somebody here. Signed with the key that the two desks gave each other; the same question twice is one.
 */
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { panelRequest, panelWithdrawal } from '@answerable/protocol/report/panel';
import type { Context } from 'hono';
import type { DeskParts } from '../parts.ts';
import { askedHash, opened } from './panel-key.ts';

const requestBytesMax = 800_000;

export function takeRequest(parts: DeskParts) {
  const { panel, clock } = parts;
  return async (c: Context) => {
    const given = await readJson(c, panelRequest, requestBytesMax);
    const { from } = given.message;
    const message = opened('request', await keyOf(parts, from), given);
    requireToUs(parts, message.to);
    const hash = askedHash(message);
    // Another text under a number that is taken: nobody's question.
    if ((await panel.keepReceived(given, hash, clock.now().toISOString())) !== hash)
      throw new Refusal('not_asked');
    return c.json({ ok: true });
  };
}

export function takeWithdrawal(parts: DeskParts) {
  const { panel, clock } = parts;
  return async (c: Context) => {
    const given = await readJson(c, panelWithdrawal);
    const { from } = given.message;
    const { request, to } = opened('withdrawal', await keyOf(parts, from), given);
    requireToUs(parts, to);
    await panel.withdraw(request, from, clock.now().toISOString());
    return c.json({ ok: true });
  };
}

async function keyOf({ panel }: DeskParts, forum: string): Promise<string> {
  const peer = await panel.peer(forum);
  if (!peer) throw new Refusal('peer_unknown');
  return peer.key;
}

function requireToUs({ config }: DeskParts, to: string): void {
  if (to !== config.platform.name) throw new Refusal('not_asked');
}
