/**
 * POST /enrolment/evidence: what the evidence came to. For somebody who returns, also what is needed to try
 * their words: the id token for the keepers, and the blob. A name and a birth date alone suffice to try (who
 * knows the words is the person, PROTOCOL §3.2); keepers count.
 */
import type { Clock } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { type EvidenceResponse, evidenceRequest } from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import { refereeRoute } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import type { EvidenceAdapters } from './evidence/adapters.ts';
import type { EvidenceShelf, OnShelf } from './evidence-shelf.ts';
import type { RegistrarKeys } from './keys.ts';
import { resetDays } from './policy.ts';
import { randomId } from './random-id.ts';
import { requireRevivable } from './record-standing.ts';
import { nonceOf, onShelf, openCall } from './session-call.ts';
import type { RecordRow, RegistrarStore, SessionRow } from './store.ts';
import { listed } from './subject.ts';
import type { TellKeepers } from './tell-keepers.ts';
import type { WaitingCodes } from './waiting-codes.ts';

interface Needs {
  policies: PolicySource;
  evidence: EvidenceAdapters;
  store: RegistrarStore;
  clock: Clock;
  shelf: EvidenceShelf;
  tellKeepers: TellKeepers;
  codes: WaitingCodes;
  keys: RegistrarKeys;
}

export function showEvidence(needs: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, evidenceRequest);
    const { session, body } = await openCall(asked, ['begun', 'proven', 'recorded', 'returned'], needs);
    if (session.state === 'begun') return c.json(await goOn(session, body.code, needs));
    const kept = onShelf(session.id, needs);
    if (kept.code !== null && body.code !== kept.code) throw new Refusal('wrong_browser');
    kept.code = null;
    return c.json(await answer(session, kept, needs));
  };
}

/** Who comes back in the middle of a wait is told when it is over. */
function waitOf(record: RecordRow | undefined, { policies }: Needs): Pick<EvidenceResponse, 'resetEnds'> {
  if (!record?.reset_asked) return {};
  const { ends } = resetDays(record.reset_asked, policies.current().limits.resetWaitSeconds);
  return { resetEnds: ends };
}

/** Nobody has vouched yet; or nobody can any more. */
function notYet({ id, route }: SessionRow, { codes }: Needs): Refusal {
  if (route !== refereeRoute) return new Refusal('session_state');
  return new Refusal(codes.waits(id) ? 'evidence_pending' : 'nonce_expired');
}

/** Signed in and no more: where to go on, at an address that the wallet looks at as it did at the first. */
async function goOn(session: SessionRow, code: string | undefined, needs: Needs): Promise<EvidenceResponse> {
  const halfway = needs.shelf.halfway(session.id, needs.clock.now());
  if (!halfway) throw notYet(session, needs);
  if (code !== halfway.code) throw new Refusal('wrong_browser');
  const state = randomId();
  const authorizationUrl = await needs.evidence(session.route).authorizationUrl({
    nonce: nonceOf(session, needs.policies.current()),
    state,
    signedInAs: halfway.subject,
  });
  await needs.store.renewLogin(session.id, state);
  return { match: 'unfinished', authorizationUrl };
}

async function answer(session: SessionRow, kept: OnShelf, needs: Needs): Promise<EvidenceResponse> {
  const { match, evidence, assertion } = kept;
  if (match.is === 'new') return { match: 'new' };
  if (match.is === 'unclear') return { match: 'unsure' };
  const reply: EvidenceResponse = { match: match.is };
  if (session.purpose === 'join') return reply;
  const record = await needs.store.record(match.recordId);
  if (record) requireRevivable(record);
  if (session.purpose === 'reset') return { ...reply, ...waitOf(record, needs) };
  if (!record?.recall_blob) return reply;
  // The keepers must know this evidence account before they evaluate for it: additions only, signed by us.
  const { subject } = listed(kept, record.recall_id, needs.keys);
  const subjects = [...(await needs.store.subjectsOf(record.id)), subject];
  await needs.tellKeepers.subjects(record.recall_id, record.recall_version, [...new Set(subjects)]);
  const wayBack = { recallId: record.recall_id, version: record.recall_version, blob: record.recall_blob };
  return {
    ...reply,
    recall: assertion ? { ...wayBack, assertion } : { ...wayBack, idToken: evidence.idToken },
  };
}
