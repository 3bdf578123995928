/**
 * GET /panel/forums, POST /panel/forums and /panel/forums/:name/removal: the forums with which this desk has agreed
 * to hear each other's appeals. Both sides enter the other's card; an admin does it, and the ledger keeps who did.
 */
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { refusalPage } from '../console/refusal-page.tsx';
import { formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import { appendRecord } from '../ledger.ts';
import type { DeskParts } from '../parts.ts';
import { changesChain } from '../setup/settings.ts';

const filled = wire.text(80).refine((text) => text.trim() !== '');
/** What one desk gives the other: to copy and paste. */
const card = z.strictObject({ name: wire.name, title: filled, origin: wire.origin, key: wire.verifyingKey });
export type PanelCard = z.infer<typeof card>;

export const ownCard = ({ config, panelKey }: DeskParts): PanelCard => ({
  name: config.platform.name,
  title: config.platform.title ?? config.platform.name,
  origin: config.origin,
  key: panelKey.publicKey,
});

const forAdmin = (parts: DeskParts, act: (c: Context) => Promise<Response>) => async (c: Context) => {
  try {
    return await act(c);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, '/panel');
  }
};

export const addForum = (parts: DeskParts) =>
  forAdmin(parts, async (c) => {
    const { panel, clock, signIn } = parts;
    const given = isJson(c) ? await readJson(c, card) : checkShape(await cardOf(c), card);
    const own = ownCard(parts);
    // Nobody hears their own appeals by another name.
    if (given.name === own.name || given.key === own.key || given.origin === own.origin)
      throw new Refusal('forbidden');
    const who = signIn.session(c).staff.name;
    await panel.addPeer({ ...given, added_by: who, day: clock.now().toISOString().slice(0, 10) });
    await record(parts, who, { kind: 'panel-forum-added', ...given });
    return wantsJson(c) ? c.json({ ok: true }) : c.redirect('/panel', 303);
  });

export const removeForum = (parts: DeskParts) =>
  forAdmin(parts, async (c) => {
    const name = checkShape(c.req.param('name'), wire.name);
    const who = parts.signIn.session(c).staff.name;
    await parts.panel.removePeer(name);
    await record(parts, who, { kind: 'panel-forum-removed', name });
    return wantsJson(c) ? c.json({ ok: true }) : c.redirect('/panel', 303);
  });

const record = ({ store, clock }: DeskParts, who: string, body: object) =>
  store.transaction((trx) => appendRecord(trx, changesChain, { at: clock.now().toISOString(), who, body }));

/** One text, as the other desk shows it: name, title, origin, key, a line each. */
async function cardOf(c: Context): Promise<unknown> {
  const lines = (await formOf(c))
    .one('card')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const [name, title, origin, key] = lines;
  return { name, title, origin, key };
}
