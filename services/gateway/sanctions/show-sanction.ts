/** GET /desk/sanctions/:sanction: what a sanction did: sessions ended, platforms told, acts done and not done. */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { SanctionEffect } from '@answerable/protocol/report/sanction';
import { id } from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { GatewayParts } from '../parts.ts';
import type { SanctionRow } from './sanction-store.ts';
import type { Telling } from './telling-store.ts';
import { wordsOfWaiting } from './words.ts';

export function showSanction(parts: GatewayParts) {
  return async (c: Context) => {
    c.header('cache-control', 'no-store');
    return c.json(await effectOf(checkShape(c.req.param('sanction'), id), parts));
  };
}

/** For whoever has the right to ask: the desk, and people who run the gateway. Throws `not_found`. */
export async function effectOf(
  sanction: string,
  { sanctions, config }: Pick<GatewayParts, 'sanctions' | 'config'>,
): Promise<SanctionEffect> {
  const row = await sanctions.store.row(sanction);
  if (!row) throw new Refusal('not_found');
  const tellings = await sanctions.tellings.ofSanction(sanction);
  const platformOfClient = new Map(config.platforms.map(({ clientId, name }) => [clientId, name]));
  return {
    sanction,
    step: row.step,
    holds: row.holds,
    state: stateOf(row),
    from: row.starts_at?.toISOString() ?? null,
    until: row.until,
    sessionsEnded: row.sessions_ended,
    tellings: tellings.map((one) => ({
      sub: one.sub,
      platform: one.way === 'act' ? one.target : (platformOfClient.get(one.target) ?? 'unknown'),
      what: (one.kind ?? 'sign-out') as SanctionEffect['tellings'][number]['what'],
      ...saidOf(one),
    })),
  };
}

function stateOf({ lifted, phase }: SanctionRow): SanctionEffect['state'] {
  if (lifted) return 'lifted';
  return phase === 'begun' ? 'holds' : phase;
}

function saidOf({
  state,
  code,
  could,
}: Telling): Pick<SanctionEffect['tellings'][number], 'state' | 'words'> {
  switch (state) {
    case 'pending':
      return { state: 'waits', words: code === null ? '' : wordsOfWaiting(code) };
    case 'undone':
      return { state: 'by-hand', words: could };
    case 'dropped':
      return { state: 'needless', words: '' };
    case 'done':
      return { state: 'done', words: could };
  }
}
