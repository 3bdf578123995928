/**
 * Begins and ends what is done after a death: an event mode for a set time, an account kept as a memorial, what is
 * about an account kept from erasure. An admin begins it, or two moderators, and a memorial always two people; it is on the record; every effect on
 * the platform has its undo. Nothing here can decide about anybody's words.
 */

import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { Refusal } from '@answerable/protocol/refusal';
import { derivedId, type Effect } from '../casework/effects.ts';
import { rule, theDesk } from '../casework/event.ts';
import { helpText } from '../casework/signposts.ts';
import { isSameName } from '../casework/taking-part.ts';
import { countriesOf } from '../deciding/write-decision.ts';
import { opening } from '../intake/opening.ts';
import type { NewEffect } from '../outbox.ts';
import type { DeskParts } from '../parts.ts';
import type { Trx } from '../store.ts';
import type { VigilAbout, VigilKind } from './vigil-schema.ts';
import { isRunning, recordVigil, type Vigil } from './vigil-store.ts';

const idBytes = 16;
const msPerDay = 86_400_000;
export const daysMax: Record<VigilKind, number> = { event: 30, memorial: 0, preservation: 730 };
const slowWords = 'Replies come slowly here for now. Take your time.';
const openWords = 'Replies are open again.';
const memorialWords = 'This account is kept in memory of the person who wrote here.';
const endedWords = 'This account is open again.';

export interface Beginning {
  kind: VigilKind;
  about: VigilAbout;
  /** null for a memorial */
  days: number | null;
  caseId: string | null;
}
interface Who {
  name: string;
  admin: boolean;
}

/** The new one, or the one about the same that is there already. */
export async function beginVigil(parts: DeskParts, who: Who, given: Beginning): Promise<Vigil> {
  const { vigils } = parts;
  const begun = await vigils.change(async (trx) => {
    const at = vigils.now();
    const same = (await waiting(trx)).find(
      (one) => one.kind === given.kind && overlaps(given.kind, one.about, given.about),
    );
    if (same) {
      if (same.state === 'running') return same;
      return agreeWithin(trx, parts, who, same, at);
    }
    const vigil = toBase64url(randomBytes(idBytes));
    const caseId = given.caseId ?? (await openCase(trx, parts, vigil));
    const days = given.days === null ? null : Math.min(given.days, daysMax[given.kind]);
    const until = days === null ? null : new Date(Date.parse(at) + days * msPerDay).toISOString();
    const row: Vigil = {
      vigil,
      kind: given.kind,
      case_id: caseId,
      about: given.about,
      state: beginsAlone(who, given.kind) ? 'running' : 'asked',
      asked_by: who.name,
      asked_at: at,
      agreed_by: null,
      until,
      ended_by: null,
      ended_at: null,
    };
    await trx
      .insertInto('vigil')
      .values({ ...row, about: JSON.stringify(row.about) })
      .execute();
    const effects = row.state === 'running' ? beginEffects(parts, row) : [];
    await recordVigil(trx, at, who.name, { kind: row.state, vigil, what: row.kind, until }, effects);
    return row;
  });
  parts.outbox.kick();
  return begun;
}

export async function agreeVigil(parts: DeskParts, who: Who, id: string): Promise<Vigil> {
  const { vigils } = parts;
  const agreed = await vigils.change(async (trx) => {
    const row = await trx.selectFrom('vigil').selectAll().where('vigil', '=', id).executeTakeFirst();
    if (!row) throw new Refusal('not_found');
    if (row.state !== 'asked') throw new Refusal('already_decided');
    return agreeWithin(trx, parts, who, row, vigils.now());
  });
  parts.outbox.kick();
  return agreed;
}

async function agreeWithin(trx: Trx, parts: DeskParts, who: Who, row: Vigil, at: string): Promise<Vigil> {
  if (isSameName(row.asked_by, who.name) && !beginsAlone(who, row.kind)) throw new Refusal('same_decider');
  // The set time runs from when it begins, not from when it was asked for.
  const until =
    row.until === null
      ? null
      : new Date(Date.parse(at) + Date.parse(row.until) - Date.parse(row.asked_at)).toISOString();
  const running: Vigil = { ...row, state: 'running', agreed_by: who.name, until };
  const change = { state: running.state, agreed_by: who.name, until };
  await trx.updateTable('vigil').set(change).where('vigil', '=', row.vigil).execute();
  const said = { kind: 'running', vigil: row.vigil, what: row.kind, until };
  await recordVigil(trx, at, who.name, said, beginEffects(parts, running));
  return running;
}

/** Early by a person, or by the desk when its hour has come. What it did on the platform is undone. */
export async function endVigil(
  parts: Pick<DeskParts, 'vigils' | 'outbox'>,
  who: string,
  id: string,
): Promise<void> {
  const { vigils } = parts;
  await vigils.change(async (trx) => {
    const at = vigils.now();
    const row = await trx.selectFrom('vigil').selectAll().where('vigil', '=', id).executeTakeFirst();
    if (!row) throw new Refusal('not_found');
    if (row.state === 'over') return;
    const change = { state: 'over' as const, ended_by: who, ended_at: at };
    await trx.updateTable('vigil').set(change).where('vigil', '=', id).execute();
    const others = (await waiting(trx)).filter((one) => one.kind === row.kind && isRunning(one, at));
    const effects = row.state === 'running' ? endEffects(row, others) : [];
    await recordVigil(trx, at, who, { kind: 'over', vigil: id, what: row.kind, until: row.until }, effects);
  });
  parts.outbox.kick();
}

/** An admin alone, but for a memorial: it shuts somebody out of an account, and the dead do not appeal. */
const beginsAlone = (who: Who, kind: VigilKind): boolean => who.admin && kind !== 'memorial';

const waiting = (trx: Trx): Promise<Vigil[]> =>
  trx.selectFrom('vigil').selectAll().where('state', '<>', 'over').orderBy('asked_at').execute();

/** Whoever begins the same agrees to it; what is about an account is the same only about the same account. */
function overlaps(kind: VigilKind, one: VigilAbout, other: VigilAbout): boolean {
  if (one.account !== null && one.account === other.account) return true;
  return kind === 'event' && one.threads.some((thread) => other.threads.includes(thread));
}

/** Whatever is done has a case in which it shows, and which somebody answers for. */
async function openCase(trx: Trx, parts: DeskParts, caseId: string): Promise<string> {
  const by = { actor: theDesk, tool: rule('vigil') };
  await parts.casebook.openWithin(trx, caseId, [
    opening(parts, caseId, 'care'),
    { ...by, body: { kind: 'asked-after-death', by: 'the-desk', asks: [] } },
    { ...by, body: { kind: 'queued' } },
  ]);
  return caseId;
}

function beginEffects({ config }: DeskParts, row: Vigil): NewEffect[] {
  const { account, threads, slow, help } = row.about;
  if (row.kind === 'memorial' && account !== null)
    return [effect(row, 'keep-as-memorial', `account/${account}`, memorialWords)];
  if (row.kind !== 'event') return [];
  const words = helpText(countriesOf(config)[0] ?? '');
  return threads.flatMap((thread) => [
    ...(slow ? [effect(row, 'slow-replies', thread, slowWords)] : []),
    ...(help ? [effect(row, 'show-help', thread, words)] : []),
  ]);
}

// Help stays where it is. A thread that another one keeps slow stays slow.
function endEffects(row: Vigil, others: readonly Vigil[]): NewEffect[] {
  const { account, threads, slow } = row.about;
  if (row.kind === 'memorial' && account !== null)
    return [effect(row, 'end-memorial', `account/${account}`, endedWords)];
  if (row.kind !== 'event' || !slow) return [];
  const kept = new Set(others.flatMap((one) => (one.about.slow ? one.about.threads : [])));
  return threads
    .filter((thread) => !kept.has(thread))
    .map((thread) => effect(row, 'restore-replies', thread, openWords));
}

type ActKind = Extract<Effect, { kind: 'connector' }>['act']['kind'];

function effect({ vigil, case_id }: Vigil, kind: ActKind, target: string, notice: string): NewEffect {
  const act = derivedId(`${vigil}/${kind}/${target}`);
  const done = { kind: 'connector' as const, act: { act, kind, target, notice }, undo: false };
  return { id: act, caseId: case_id, lane: target, effect: done };
}
