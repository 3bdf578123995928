/** The whistleblower with a journalist: guardians protect the source, and what they refused is gone. */
import { randomBytes } from 'node:crypto';
import { signAsk } from '@answerable/authority/engine/ask-for-account';
import { collectApprovals } from '@answerable/authority/engine/collect-approvals';
import { fetchFiling } from '@answerable/authority/engine/fetch-filing';
import { requestShares } from '@answerable/authority/engine/request-shares';
import type { Inquiry } from '@answerable/authority/inquiry';
import { callJson } from '@answerable/kit/http-client';
import { sharedSecret } from '@answerable/practice-constellation/configs';
import type { RoleName } from '@answerable/practice-constellation/network';
import { ask, player, refusalOf, type Seat } from '@answerable/practice-story/cast';
import { settingOf } from '@answerable/practice-story/open';
import { until, worker } from '@answerable/practice-story/staff';
import type { World } from '@answerable/practice-story/world';
import { Refusal } from '@answerable/protocol/refusal';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readable } from '../privacy/cupboards.ts';
import { namedIn, tracesLeft } from '../privacy/traces.ts';
import {
  commonsAt,
  expectBroken,
  heldBy,
  rowsOf,
  seatOf,
  seatUnderTheBan,
  type Written,
  write,
} from './town.ts';

const guardians = ['guardian-1', 'guardian-2', 'guardian-3'] as const;
const today = () => new Date().toISOString().slice(0, 10);
const order = () => ({ reference: 'NHS-7', text: 'The trust asks who wrote this.', day: today() });

export function whistleblower(given: () => World): void {
  let post: Written;
  let inquiry: string;
  let caseId: string;

  it('tells what the ward hides; a journalist asks on, under his own name if he likes', async () => {
    const world = given();
    const own = await seatOf(world, 'whistleblower', 'commons', 'ward_seven');
    const press = await seatOf(world, 'journalist', 'commons', 'two_columns');
    post = await write(world, own, 'The list', 'They moved the waiting list into a drawer.');
    await ask(world, press, 'POST', `/posts/${post.id}/replies`, { text: 'I write about this. Talk to me?' });
  });

  it('is asked for by an authority; the guardians refuse, to protect the source', async () => {
    const world = given();
    const officer = await worker(world, 'authority', 'Officer');
    const asked = { platform: 'commons', ground: 'court-order', item: post.locator, order: order() };
    inquiry = (await officer.post<Inquiry>('/api/inquiries', asked)).id;
    const filed = await until(async () => {
      const now = await pursue(world, inquiry);
      return now.progress.stage === 'judging' ? now : undefined;
    }, 'the filing');
    caseId = filed.caseId!;
    for (const name of guardians) await refuse(world, name, caseId);
    const end = await until(async () => {
      const { progress } = await pursue(world, inquiry);
      return progress.stage === 'refused' ? progress : undefined;
    }, 'the refusal');
    expect(end.refused.length).toBeGreaterThanOrEqual(2);
    expect(new Set(end.refused.map(({ code }) => code))).toEqual(new Set(['source-protection']));
  });

  it('stays closed: no share, and the authority holds no name', async () => {
    const world = given();
    const setting = settingOf(world);
    const filed = await fetchFiling(setting, world.network.roles.desk.origin, caseId);
    const { approvals } = await collectApprovals(setting, filed);
    expect(approvals).toEqual([]);
    const answers = await requestShares(setting, filed, approvals);
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect(namedIn(await heldBy(world, ['authority', 'desk', ...guardians]), ['whistleblower'])).toEqual([]);
    const notices = await player(world, 'whistleblower').wallet.findNotices();
    expect(notices.notices).toEqual([]);
  });

  it('has her file deleted by each guardian that refused, with an entry in the log', async () => {
    const world = given();
    for (const name of guardians) {
      const query = `select ask, sealed, place from case_file join log_outbox on key = judgement_key where case_id = $1`;
      const [row] = await until(async () => {
        const rows = await rowsOf(world, name, query, [caseId]);
        return rows[0]?.place == null ? undefined : rows;
      }, 'the entry of the refusal');
      expect(row).toMatchObject({ ask: null, sealed: null });
      expect(await rowsOf(world, name, 'select 1 from case_reply')).toEqual([]);
    }
  });

  it('was told that she was asked for, and could have answered', async () => {
    const { items } = await player(given(), 'whistleblower').wallet.readInbox(commonsAt(1));
    expect(items.map(({ kind, caseId: of }) => [kind, of])).toContainEqual(['hearing', caseId]);
  });

  it('cannot be asked for on a ground that her forum never named', async () => {
    const world = given();
    const own = await seatOf(world, 'whistleblower', 'lantern', 'night_nurse');
    const { id, locator } = await write(world, own, 'Night shifts', 'Does anybody else see this?');
    const [sub] = (await tracesLeft(world, [player(world, 'whistleblower')]))['subs at Lantern'];
    const inquired = { platform: 'lantern', ground: 'court-order', item: locator, order: order() };
    const file = (ground: string) =>
      callJson(`${world.network.roles['gateway-lantern'].origin}/desk/filings`, {
        body: {
          caseId: randomBytes(16).toString('base64url'),
          sub,
          ask: signAsk(settingOf(world), { ...inquired, ground }),
          item: {
            locator: `post/${id}`,
            text: 'Does anybody else see this?',
            posted: new Date().toISOString(),
          },
        },
        headers: { authorization: `Bearer ${sharedSecret(world.network.tokens, 'domain lantern')}` },
        schema: z.unknown(),
      });
    expect(await refusalOf(() => file('court-order'))).toBe('ground_not_in_force');
    expect(await refusalOf(() => file('curiosity'))).toBe('ground_not_in_force');
    expect(await refusalOf(() => file('threat-to-life'))).toBe('let in');
  });

  it('has no name that her forum could hand over; under the ban it lies there', async () => {
    const world = given();
    const theForumCannotSay = async (forum: RoleName, thread: string) => {
      const rows = await rowsOf(
        world,
        forum,
        'select account.* from account join post on author = account.id where post.id = $1',
        [thread],
      );
      expect(rows).toHaveLength(1);
      const told = rows.map((row) => JSON.parse(JSON.stringify(row)));
      expect(namedIn(readable(told), ['whistleblower'])).toEqual([]);
    };
    await theForumCannotSay('commons', post.id);
    const there: Pick<Seat, 'forum' | 'browser'> = await seatUnderTheBan(world, 'whistleblower');
    const { id } = await write(world, there, 'The list', 'They moved the waiting list into a drawer.');
    await expectBroken(() => theForumCannotSay('commons-of-the-ban', id));
  });
}

const pursue = async (world: World, id: string): Promise<Inquiry> =>
  (await worker(world, 'authority', 'Officer')).post<Inquiry>(`/api/inquiries/${id}/pursue`);

async function refuse(world: World, name: (typeof guardians)[number], caseId: string): Promise<void> {
  const judge = await worker(world, name, 'Panel');
  await until(async () => {
    // The desk brings the case to each guardian in its own time.
    const found = await judge.get<{ state: string }>(`/api/cases/${caseId}`).catch(notThereYet);
    return found?.state === 'hearing' ? undefined : found?.state;
  }, 'the end of the hearing');
  const decision = { decision: 'refuse', reason: 'source-protection' };
  await judge.post(`/api/cases/${caseId}/judgement`, decision);
}

function notThereYet(error: unknown): undefined {
  if (error instanceof Refusal && error.code === 'case_unknown') return undefined;
  throw error;
}
