/**
 * Asks other forums' desks what nobody here may decide: chooses one, never this one; sends the file; takes the
 * question back when it does not wait any more. Whoever does not answer in time is asked once more, then another.
 * What is sent is kept first and is the same at every try.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { after } from '@answerable/kit/clock';
import { callJson } from '@answerable/kit/http-client';
import { Refusal } from '@answerable/protocol/refusal';
import { panelTaken } from '@answerable/protocol/report/panel';
import type { Happening } from '../casebook.ts';
import { answerDue, type Matter, unaskedMatters } from '../casework/apply-panel.ts';
import { appealDue } from '../casework/deadline.ts';
import { rule, theDesk } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import { forumOf, tookPart } from '../casework/taking-part.ts';
import type { DeskParts } from '../parts.ts';
import { panelFileOf, sanctionedIn } from './panel-file.ts';
import { askedHash } from './panel-key.ts';

const idBytes = 16;
/** Words of other forums' people are erased here after this. */
const keptDays = 30;
const timeoutMs = 8_000;

type Parts = Omit<DeskParts, 'outbox'>;
type Pick1 = (choices: readonly string[]) => string;

/** Asks about everything that may be asked now. The clock's look of this room. */
export async function askPanels({
  panel,
  casebook,
  clock,
}: Pick<DeskParts, 'panel' | 'casebook' | 'clock'>): Promise<void> {
  await panel.forget(after(clock.now(), { days: -keptDays }).toISOString());
  const waiting = await panel.waiting(clock.now().toISOString());
  if (waiting.length === 0) return;
  const forums = (await panel.peers()).map((one) => one.name);
  if (forums.length === 0) return;
  for (const { case_id } of waiting)
    await casebook.act(case_id, (state, at) => asking(state, at, forums, isDue(state, at)));
}

const isDue = (state: CaseState, at: string) => (matter: Matter) => {
  if (state.rules.oneModerator) return true;
  const appeal = state.appeals.find((one) => matter.subject.startsWith(`${one.appeal}/`));
  return appeal !== undefined && appealDue(state, appeal) <= at;
};

/** The questions to begin now, each to one forum. */
export function asking(
  state: CaseState,
  at: string,
  forums: readonly string[],
  may: (matter: Matter) => boolean,
): Happening[] {
  const others = forums.filter((one) => one !== state.rules.forum);
  if (others.length === 0) return [];
  return unaskedMatters(state)
    .filter(may)
    .flatMap((matter) => {
      const request = toBase64url(randomBytes(idBytes));
      const due = answerDue(state, matter, at);
      if (due <= at) return [];
      const forum = nextForum(state, matter, others, oneOf);
      const body = { kind: 'panel-asked' as const, request, forum, ...matter, due };
      return [{ actor: theDesk, tool: rule('panel'), body }];
    });
}

const oneOf: Pick1 = (choices) => choices[randomInt(choices.length)] ?? '';
const thing = (subject: string): string => subject.split('/')[0] ?? '';

/** The same forum when only the question changed, or once more when it was late; else one that was not asked yet. */
export function nextForum(
  state: CaseState,
  { about, subject }: Matter,
  forums: readonly string[],
  pick: Pick1,
): string {
  const earlier = (state.panel ?? []).filter(
    (one) => one.about === about && thing(one.subject) === thing(subject),
  );
  const last = earlier.at(-1);
  const again =
    last?.state === 'moot' ||
    (last?.state === 'late' && earlier.filter((one) => one.forum === last.forum).length === 1);
  if (last && again && forums.includes(last.forum)) return last.forum;
  const asked = new Set(earlier.map((one) => one.forum));
  const had = new Set(tookPart(state).map(forumOf));
  const fresh = forums.filter((one) => !asked.has(one));
  const best = [
    fresh.filter((one) => !had.has(one)),
    fresh,
    forums.filter((one) => one !== last?.forum),
    forums,
  ].find((choices) => choices.length > 0);
  return pick(best ?? forums);
}

/** Does the effect `ask-panel`. */
export async function askPanel(parts: Parts, caseId: string, request: string): Promise<unknown> {
  const { store, panel, panelKey, config, promises } = parts;
  const state = await store.state(caseId);
  const asked = state?.panel?.find((one) => one.request === request);
  if (!state || asked?.state !== 'asked') return { over: true };
  const { origin } = await peerOf(parts, asked.forum);
  const [texts, records] = await Promise.all([
    store.texts(state.items.map((item) => item.hash)),
    store.pageRecords(caseId),
  ]);
  const steps = await promises.stepsFor(sanctionedIn(state));
  const file = panelFileOf(state, asked, { texts, records, steps });
  const { about, due, forum } = asked;
  const message = { request, from: config.platform.name, to: forum, about, due, file };
  const row = { request, caseId, forum, hash: askedHash(message) };
  const kept = await panel.keepSent(row, panelKey.sign('request', message));
  if (!kept) return { over: true };
  // From here on the question is what it is; a lost answer sends the same letters again.
  await callJson(`${origin}/panel/requests`, { body: kept, schema: panelTaken, timeoutMs });
  return { forum };
}

/** Does the effect `withdraw-panel`. */
export async function withdrawPanel(parts: Parts, request: string, forum: string): Promise<unknown> {
  if (!(await parts.panel.sent(request))) return null;
  const { origin } = await peerOf(parts, forum);
  const message = { request, from: parts.config.platform.name, to: forum, withdrawn: true as const };
  const body = parts.panelKey.sign('withdrawal', message);
  await callJson(`${origin}/panel/withdrawals`, { body, schema: panelTaken, timeoutMs });
  return null;
}

async function peerOf({ panel }: Parts, forum: string) {
  const peer = await panel.peer(forum);
  if (!peer) throw new Refusal('peer_unknown');
  return peer;
}
