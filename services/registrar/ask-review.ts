/**
 * POST /enrolment/review: two people are to look, because somebody with the same name and birth date has joined and
 * no document says who is who (PROTOCOL §3.2). What was shown waits sealed, some days at most. Settled, the wallet
 * goes on: as somebody new, or as the person who is on record, whose evidence this then is too.
 * Must never: settle anything by itself, or keep what was shown in a form that the database alone can read.
 */
import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import { openFrom, sealTo } from '@answerable/core/escrow/envelope';
import { after, type Clock, dayOf } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import { type ReviewResponse, reviewRequest } from '@answerable/protocol/enrolment/review';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { ReviewStore } from './console/review-store.ts';
import type { EvidenceShelf, OnShelf } from './evidence-shelf.ts';
import type { RegistrarKeys } from './keys.ts';
import { decideMatch } from './policy.ts';
import { openCall, ownOnShelf } from './session-call.ts';
import type { RegistrarStore, SessionRow } from './store.ts';
import { listed } from './subject.ts';

/** Days until what waits is erased. */
const reviewDays = 14;
const sealLabel = utf8('answerable registrar: evidence that waits for two people');

interface Needs {
  store: RegistrarStore;
  clock: Clock;
  shelf: EvidenceShelf;
  keys: RegistrarKeys;
  reviews: ReviewStore;
  sessionSeconds: number;
}

type Shown = Pick<OnShelf, 'evidence' | 'who' | 'match' | 'code'>;

export function askReview(needs: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, reviewRequest);
    const { session } = await openCall(asked, ['proven', 'review'], needs);
    if (session.purpose === 'return') throw new Refusal('session_state');
    return c.json(await (session.state === 'proven' ? begin(session, needs) : look(session, needs)));
  };
}

async function begin(
  session: SessionRow,
  { store, clock, shelf, keys, reviews }: Needs,
): Promise<ReviewResponse> {
  const kept = ownOnShelf(session.id, { shelf, clock });
  const settled = kept.different ? 'different' : kept.same === undefined ? undefined : 'same';
  if (settled) return { state: settled, until: dayOf(session.expires) };
  const { strong, weak } = await store.matches(kept.who);
  // A document settles it by itself; and where nobody has this name there is nothing to look at.
  if (strong.length > 0 || weak.length === 0) throw new Refusal('session_state');
  const { evidence, who, code } = kept;
  // Who is on record now: what is said then holds for these, and for nobody who joins meanwhile.
  const match = decideMatch({ strong, weak });
  const until = after(clock.now(), { days: reviewDays });
  const row = {
    session_id: session.id,
    sealed: sealShown({ evidence: { ...evidence, idToken: '' }, who, match, code }, keys),
    records: new Set(weak).size,
    day: dayOf(clock.now()),
  };
  await reviews.begin(row, until);
  return { state: 'waiting', until: dayOf(until) };
}

async function look(session: SessionRow, needs: Needs): Promise<ReviewResponse> {
  const { clock, shelf, keys, reviews, sessionSeconds } = needs;
  const row = await reviews.find(session.id);
  if (!row) throw new Refusal('session_unknown');
  const until = dayOf(session.expires);
  if (row.verdict === null) return { state: 'waiting', until };
  if (row.sealed === null) return { state: row.verdict, until };
  const shown = openShown(row.sealed, keys);
  const known = row.verdict === 'same' ? await join(shown, needs) : undefined;
  const goesOn =
    row.verdict === 'different' && session.purpose === 'join'
      ? { different: true }
      : known !== undefined && session.purpose === 'reset'
        ? { same: known }
        : undefined;
  if (goesOn) {
    const expires = after(clock.now(), { seconds: sessionSeconds });
    shelf.put(session.id, { ...shown, ...goesOn, expires });
    await reviews.goOn(session.id, expires);
    return { state: row.verdict, until };
  }
  await reviews.erase(session.id);
  return { state: row.verdict, until };
}

/** Two people said so: this evidence is of the one person on record with that name. The record, if it is one. */
async function join(shown: Shown, { store, keys }: Needs): Promise<string | undefined> {
  const { strong, weak } = await store.matches(shown.who);
  const [recordId, ...others] = new Set(weak);
  if (recordId === undefined || others.length > 0 || strong.length > 0) return undefined;
  const record = await store.record(recordId);
  if (record) await store.joinEvidence(recordId, listed(shown, record.recall_id, keys));
  return record?.id;
}

const sealShown = (shown: Shown, { atRest }: RegistrarKeys): string =>
  toBase64url(sealTo(atRest.publicKey, sealLabel, utf8(JSON.stringify(shown))));

export const openShown = (sealed: string, { atRest }: RegistrarKeys): Shown =>
  JSON.parse(new TextDecoder().decode(openFrom(atRest.secretKey, sealLabel, fromBase64url(sealed)))) as Shown;
