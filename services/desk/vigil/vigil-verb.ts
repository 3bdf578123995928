/**
 * POST /vigils, /vigils/:vigil/{agree,end}, /vigils/terms, /vigils/terms/:term/end: what the people on duty begin and
 * end after a death. A preservation is ended by an admin alone: what was kept may be evidence.
 */
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { locator } from '../casework/decision.ts';
import { refusalPage } from '../console/refusal-page.tsx';
import { type Form, formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { agreeVigil, beginVigil, daysMax, endVigil } from './change-vigil.ts';
import type { VigilAbout } from './vigil-schema.ts';

const threadsMax = 20;
const namesMax = 20;
const addressCharsMax = 2_000;
const address = wire.text(addressCharsMax);
const daysDefault = { event: 7, memorial: null, preservation: 365 } as const;

const beginning = z.strictObject({
  kind: z.enum(['event', 'memorial', 'preservation']),
  /** an address of the account, or of something it wrote */
  account: address.optional(),
  threads: z.array(address).max(threadsMax).optional(),
  shielded: z.array(wire.text(80)).max(namesMax).optional(),
  slow: z.boolean().optional(),
  help: z.boolean().optional(),
  days: z.int().min(1).max(daysMax.preservation).optional(),
  caseId: wire.id.optional(),
});
const term = z.strictObject({ words: wire.text(100).refine((text) => text.trim() !== '') });

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

const ofForm = (form: Form) => ({
  kind: form.one('kind'),
  ...(form.one('account') ? { account: form.one('account') } : {}),
  threads: lines(form.one('threads')),
  shielded: lines(form.one('shielded')),
  slow: form.one('slow') === 'yes',
  help: form.one('help') === 'yes',
  ...(form.one('days') ? { days: Number(form.one('days')) } : {}),
  ...(form.one('caseId') ? { caseId: form.one('caseId') } : {}),
});

export const startVigil = (parts: DeskParts) =>
  byStaff(parts, async (c, who) => {
    const given = await bodyOf(c, beginning, ofForm);
    const about: VigilAbout = {
      account: given.account ? await accountAt(parts, given.account) : null,
      threads: await threadsAt(parts, given.threads ?? []),
      shielded: [...new Set((given.shielded ?? []).map((one) => one.trim()).filter(Boolean))],
      slow: given.slow ?? false,
      help: given.help ?? false,
    };
    const named =
      given.kind === 'event' ? about.threads.length + about.shielded.length > 0 : about.account !== null;
    if (!named && about.account === null)
      throw new Refusal('reasons_missing', given.kind === 'event' ? 'threads' : 'account');
    if (given.caseId !== undefined && !(await parts.store.state(given.caseId)))
      throw new Refusal('case_unknown');
    const days = given.kind === 'memorial' ? null : (given.days ?? daysDefault[given.kind]);
    return beginVigil(parts, who, { kind: given.kind, about, days, caseId: given.caseId ?? null });
  });

export const agreeToVigil = (parts: DeskParts) =>
  byStaff(parts, (c, who) => agreeVigil(parts, who, checkShape(c.req.param('vigil'), wire.id)));

export const stopVigil = (parts: DeskParts) =>
  byStaff(parts, async (c, who) => {
    const id = checkShape(c.req.param('vigil'), wire.id);
    const found = await parts.vigils.find(id);
    if (!found) throw new Refusal('not_found');
    if (found.kind === 'preservation' && found.state === 'running' && !who.admin)
      throw new Refusal('forbidden');
    await endVigil(parts, who.name, id);
    return parts.vigils.find(id);
  });

export const addTerm = (parts: DeskParts) =>
  byStaff(parts, async (c, { name }) => {
    const { words } = await bodyOf(c, term, (form) => ({ words: form.one('words') }));
    if (!(await parts.vigils.addTerm(name, words.trim()))) throw new Refusal('malformed', 'words');
  });

export const removeTerm = (parts: DeskParts) =>
  byStaff(parts, (c) => parts.vigils.removeTerm((c.req.param('term') ?? '').slice(0, 200)));

/** A moderator or an admin; whatever else somebody may read, this they may not. */
function byStaff(
  parts: DeskParts,
  work: (c: Context, who: { name: string; admin: boolean }) => Promise<unknown>,
) {
  return async (c: Context) => {
    const { staff } = parts.signIn.session(c);
    try {
      const admin = staff.roles.includes('admin');
      if (!admin && !staff.roles.includes('moderator')) throw new Refusal('forbidden');
      const result = await work(c, { name: staff.name, admin });
      return wantsJson(c) ? c.json(result ?? { ok: true }) : c.redirect('/vigils', 303);
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return refusalPage(c, parts.config, error, '/vigils');
    }
  };
}

async function bodyOf<T>(c: Context, schema: z.ZodType<T>, fromForm: (form: Form) => unknown): Promise<T> {
  if (isJson(c)) return storable(await readJson(c, schema));
  return checkShape(storable(fromForm(await formOf(c))), schema);
}

/** Whose account it is: by its own address, or by something it wrote. Refuses `account_unknown`. */
async function accountAt(parts: DeskParts, where: string): Promise<string> {
  const at = await locatorOf(parts, where);
  const own = at?.startsWith('account/') ? wire.sub.safeParse(at.slice('account/'.length)) : undefined;
  if (own?.success) return own.data;
  if (at === undefined) throw new Refusal('account_unknown');
  const kept = await parts.store.seenItem(at);
  const author = kept?.author ?? (await parts.platform.item(at)).author;
  if (author === null) throw new Refusal('account_unknown');
  return author;
}

async function threadsAt(parts: DeskParts, where: readonly string[]): Promise<string[]> {
  const found = await Promise.all(where.map((one) => locatorOf(parts, one)));
  if (found.some((one) => !one?.startsWith('post/'))) throw new Refusal('malformed', 'threads');
  return [...new Set(found.flatMap((one) => one ?? []))];
}

async function locatorOf({ platform }: DeskParts, where: string): Promise<string | undefined> {
  const trimmed = where.trim();
  if (locator.safeParse(trimmed).success) return trimmed;
  return platform.locate(trimmed, 'post').catch(() => undefined);
}
