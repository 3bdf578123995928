/**
 * Does what stands in the outbox, through platform and gateway. What follows from an answer is written as an
 * event or as further effects, never kept in memory.
 */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { accountHoldOf, notedAs, stepWords, targetOf } from './casework/account-hold.ts';
import { derivedId, type Effect } from './casework/effects.ts';
import { rule, theDesk } from './casework/event.ts';
import { performDisclosure } from './disclosure/perform-disclosure.ts';
import { commitHead } from './heads/commit-head.ts';
import { tellHolder } from './holder/tell-holder.ts';
import type { OutboxRow } from './outbox.ts';
import { mailNotice } from './outside/mail-notice.ts';
import { askPanel, withdrawPanel } from './panel/ask-panel.ts';
import { sendVerdict } from './panel/give-verdict.ts';
import type { DeskParts } from './parts.ts';
import { actOnAccount, actOnPlatform } from './platforms/act-on-platform.ts';
import { keepItem } from './store.ts';

type Parts = Omit<DeskParts, 'outbox'>;

export async function performEffect(parts: Parts, row: OutboxRow): Promise<unknown> {
  const { effect, caseId } = row;
  switch (effect.kind) {
    case 'connector':
      return connector(parts, caseId, effect);
    case 'sanction':
      return sanction(parts, caseId, effect);
    case 'lift':
      return lift(parts, caseId, effect);
    case 'inbox':
      return gatewayOf(parts).write(effect.request);
    case 'letter':
      return tellHolder(parts, effect.request);
    case 'ask-panel':
      return askPanel(parts, caseId, effect.request);
    case 'withdraw-panel':
      return withdrawPanel(parts, effect.request, effect.forum);
    case 'answer-panel':
      return sendVerdict(parts, effect.request);
    case 'count-persons':
      return countPersons(parts, caseId);
    case 'fetch-item':
      return fetchItem(parts, caseId, effect.locator);
    case 'fetch-page-record': {
      const record = await parts.platform.pageRecord(effect.locator);
      return parts.store.keepPageRecord(caseId, effect.locator, record, parts.clock.now().toISOString());
    }
    case 'mark-elsewhere':
      return markElsewhere(parts, effect.items);
    case 'commit-head':
      return commitHead(parts, row.effectId, effect.day);
    case 'mail-notice':
      return mailNotice(parts, row.effectId, effect);
    default:
      return performDisclosure(parts, row, effect);
  }
}

type Of<K extends Effect['kind']> = Extract<Effect, { kind: K }>;

// A post that another case still hides, or an account that another sanction still holds so, stays as it is.
async function connector(parts: Parts, caseId: string, { act, undo }: Of<'connector'>): Promise<unknown> {
  if (undo && (await parts.store.isHeld(notedAs(act.kind, act.target)))) return { kept: true };
  return actOnPlatform(parts, caseId, act);
}

/** On the person through the gateway, and on the platform's own accounts where the step holds them there. */
async function sanction(parts: Parts, caseId: string, { request }: Of<'sanction'>): Promise<unknown> {
  const answer = await gatewayOf(parts).sanction(request);
  const { accounts } = answer;
  // From here on the sanction holds at the gateway; a crash now is repaired by doing all of this again.
  const hold = accountHoldOf(request.step);
  if (!hold) return { accounts };
  const { begins: kind, words } = hold;
  const noted = accounts.map((sub) => notedAs(kind, `account/${sub}`));
  await parts.store.standAccounts(caseId, request.sanction, noted);
  for (const sub of accounts) {
    const act = derivedId(`${request.sanction}/${sub}/${words[0]}`);
    const begin = { act, kind, target: `account/${sub}`, notice: stepWords(request.step) };
    await actOnAccount(parts, caseId, begin, answer);
  }
  return { accounts };
}

async function lift(parts: Parts, caseId: string, { sanction: id, step }: Of<'lift'>): Promise<unknown> {
  const answer = await gatewayOf(parts).lift(id);
  const { accounts } = answer;
  const hold = accountHoldOf(step);
  if (!hold) return { accounts };
  const { ends: kind, words, over: notice } = hold;
  const fallen = await parts.store.fallAccounts(id);
  const targets = new Set([...accounts.map((sub) => `account/${sub}`), ...fallen.map(targetOf)]);
  for (const target of targets) {
    if (await parts.store.isHeld(notedAs(kind, target))) continue;
    const act = derivedId(`${id}/${target}/${words[1]}`);
    await actOnAccount(parts, caseId, { act, kind, target, notice }, answer);
  }
  return { accounts };
}

async function countPersons(parts: Parts, caseId: string): Promise<unknown> {
  const state = await parts.store.state(caseId);
  const subs = [...new Set(state?.items.flatMap((item) => item.author ?? []))];
  if (subs.length === 0) return null;
  const persons = await gatewayOf(parts).persons(caseId, subs);
  await happen(parts, caseId, { kind: 'persons-counted', persons }, 'gateway');
  return null;
}

async function fetchItem(parts: Parts, caseId: string, locator: string): Promise<unknown> {
  const snapshot = await parts.platform.item(locator);
  if (snapshot.locator !== locator || snapshot.platform !== parts.config.platform.name)
    throw new Refusal('not_found');
  await parts.store.transaction(async (trx) => {
    const item = await keepItem(trx, snapshot, 'platform');
    await parts.casebook.actWithin(trx, caseId, (state) => {
      const known = state.items.find((one) => one.locator === locator);
      const fresh = known?.seen === 'reporter' && known.kind === item.kind;
      return fresh
        ? [{ actor: theDesk, tool: rule('platform'), body: { kind: 'item-seen' as const, item } }]
        : [];
    });
  });
  return null;
}

/** Every other case with one of these items learns of it; the casebook looks at each when it is touched. */
async function markElsewhere({ store, casebook }: Parts, items: string[]): Promise<unknown> {
  const cases = await store.casesWith(items);
  for (const { case_id } of cases) await casebook.act(case_id, () => []);
  return { cases: cases.length };
}

function happen(
  { casebook }: Parts,
  caseId: string,
  body: { kind: 'persons-counted'; persons: { sub: string; person: number }[] },
  tool: string,
) {
  return casebook.act(caseId, (state) =>
    JSON.stringify(state.persons) === JSON.stringify(body.persons)
      ? []
      : [{ actor: theDesk, tool: rule(tool), body }],
  );
}

function gatewayOf({ gateway }: Parts) {
  if (!gateway) throw new Refusal('not_ready');
  return gateway;
}

/** What the answer to a sanction said, as the case page shows it. */
export const accountsOf = (result: unknown): string[] =>
  checkShape(result ?? {}, z.object({ accounts: z.array(z.string()).optional() })).accounts ?? [];
