/**
 * One participant of a key ceremony inside a service: POST /ceremony/commit → reveal → deal → finish → confirm,
 * each with the operator's token or the ceremony's own, over the rounds of core/ceremony (PROTOCOL §2). What is secret stays in memory
 * between rounds; a restart before `finish` means a new session. At `finish` the share is written to a pending
 * file, and becomes the share once everyone has signed one outcome; from then on these addresses are closed.
 * Must never: journal or answer with a share; take part in a role that is not its own; begin again after the end.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { checkConfirmations, deal, finish } from '@answerable/core/ceremony/deals';
import type { Role } from '@answerable/core/ceremony/key';
import { CeremonyFault } from '@answerable/core/ceremony/message';
import { checkReveals, commit, type Kept, reveal } from '@answerable/core/ceremony/rounds';
import type { CeremonyOutcome } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, Env, Hono } from 'hono';
import { z } from 'zod';
import { requireBearer } from './bearer.ts';
import {
  type CeremonySession,
  type CeremonyTranscript,
  ceremonyTranscript,
  commitRequest,
  confirmRequest,
  dealRequest,
  decodeSession,
  encodeComplaint,
  finishRequest,
  octetsOf,
  revealRequest,
} from './ceremony-messages.ts';
import {
  decodeHeldShare,
  encodeHeldShare,
  type HeldShare,
  keepKeyShare,
  outcomeOf,
  readKeyShare,
} from './key-share.ts';
import { createSecretFile, readSecretFile, type SigningKey } from './keys.ts';
import { checkShape, readJson } from './read-json.ts';

export interface CeremonyOptions {
  role: Role;
  /** the party's name, as participants are named */
  name: string;
  signingKey: SigningKey;
  operatorToken: string;
  /** opens these addresses and nothing else: for who conducts the ceremony and does not run this party */
  ceremonyToken?: string | undefined;
  /** the folder of the service's key files */
  keysDir: string;
}

export interface CeremonyParticipant {
  mount<E extends Env>(app: Hono<E>): void;
  /** the share; undefined before the ceremony */
  held(): HeldShare | undefined;
  /** the share; refuses `not_ready` before the ceremony */
  share(): HeldShare;
  /** what everybody may know of it */
  outcome(): CeremonyOutcome | undefined;
}

/** A session under way; each step adds what the next needs. */
interface UnderWay {
  session: CeremonySession;
  kept: Kept;
  commits?: string[];
  reveals?: string[];
}

const pendingFile = z.strictObject({ held: z.string(), transcript: ceremonyTranscript });

/** A participant for `role`. Throws ConfigRefused if its share file is unusable. */
export function createCeremonyParticipant(options: CeremonyOptions): CeremonyParticipant {
  const { role, keysDir } = options;
  const paths = {
    pending: join(keysDir, `${role}-share.pending`),
    transcript: join(keysDir, `${role}-ceremony.json`),
  };
  let held = readKeyShare(keysDir, role);
  let underWay: UnderWay | undefined;

  const requireOpen = () => {
    if (held) throw new Refusal('session_state');
  };
  const requireUnderWay = (): UnderWay => {
    requireOpen();
    if (!underWay) throw new Refusal('session_state');
    return underWay;
  };

  const steps = {
    commit(body: unknown) {
      requireOpen();
      const { session } = checkShape(body, commitRequest);
      const index = indexIn(session, options);
      rmSync(paths.pending, { force: true });
      const { kept, message } = commit(decodeSession(session), index, options.signingKey.seed);
      underWay = { session, kept };
      return { message: toBase64url(message) };
    },
    reveal(body: unknown) {
      const state = requireUnderWay();
      const { commits } = checkShape(body, revealRequest);
      // Whoever has revealed has said which commitments it saw, and says it once.
      if (state.commits) throw new Refusal('session_state');
      const message = reveal(state.kept, octetsOf(commits));
      state.commits = commits;
      return { message: toBase64url(message) };
    },
    deal(body: unknown) {
      const state = requireUnderWay();
      const { reveals } = checkShape(body, dealRequest);
      if (!state.commits || state.reveals) throw new Refusal('session_state');
      const seen = checkReveals(state.kept.session, octetsOf(state.commits), octetsOf(reveals));
      state.reveals = reveals;
      return {
        deals: deal(state.kept, seen).map(({ to, message }) => ({ to, message: toBase64url(message) })),
      };
    },
    finish(body: unknown) {
      const state = requireUnderWay();
      const { deals } = checkShape(body, finishRequest);
      const { session, kept, commits, reveals } = state;
      if (!commits || !reveals) throw new Refusal('session_state');
      const outcome = finish(
        kept,
        checkReveals(kept.session, octetsOf(commits), octetsOf(reveals)),
        octetsOf(deals),
      );
      underWay = undefined;
      if (!outcome.ok)
        return {
          ok: false,
          complaints: outcome.complaints.map(encodeComplaint),
          disagreeing: outcome.disagreeing,
        };
      const transcript = toBase64url(outcome.transcript);
      const confirmation = toBase64url(outcome.confirmation);
      const pending: z.infer<typeof pendingFile> = {
        held: encodeHeldShare({ share: outcome.share, keys: outcome.keys, transcript }),
        transcript: { session, commits, reveals, confirmations: [confirmation] },
      };
      createSecretFile(paths.pending, JSON.stringify(pending));
      // From here on our share is on disk; it counts once everyone has confirmed. A crash now is repaired by
      // confirming, if anyone has a share already, and else by a new session.
      return { ok: true, confirmation, transcript };
    },
    confirm(body: unknown) {
      requireOpen();
      const { confirmations } = checkShape(body, confirmRequest);
      const pending = readPending(paths.pending);
      const { session, commits, reveals } = pending.transcript;
      const decoded = decodeSession(session);
      checkConfirmations(
        decoded,
        checkReveals(decoded, octetsOf(commits), octetsOf(reveals)),
        octetsOf(confirmations),
      );
      createSecretFile(paths.transcript, JSON.stringify({ ...pending.transcript, confirmations }));
      held = keepKeyShare(keysDir, decodeHeldShare(pending.held, role, paths.pending));
      // From here on the ceremony is over for us, for ever.
      rmSync(paths.pending, { force: true });
      return outcomeOf(held);
    },
  };

  return {
    held: () => held,
    outcome: () => held && outcomeOf(held),
    share() {
      if (!held) throw new Refusal('not_ready');
      return held;
    },
    mount(app) {
      const { operatorToken, ceremonyToken } = options;
      const guard = requireBearer(operatorToken, ...(ceremonyToken ? [ceremonyToken] : []));
      for (const [step, act] of Object.entries(steps))
        app.post(`/ceremony/${step}`, guard, async (c: Context) => {
          const body = await readJson(c, z.unknown());
          return c.json(asRefusal(() => act(body)));
        });
      app.get('/ceremony/transcript', (c) => {
        const text = readSecretFile(paths.transcript);
        if (text === undefined) throw new Refusal('not_found');
        return c.json(JSON.parse(text) as CeremonyTranscript);
      });
    },
  };
}

/** Our place in a session of our role. Refuses `session_state`: another role, or not us. */
function indexIn({ role, participants }: CeremonySession, options: CeremonyOptions): number {
  const own = toBase64url(options.signingKey.publicKey);
  const at = participants.findIndex(({ name, signingKey }) => name === options.name && signingKey === own);
  if (role !== options.role || at < 0) throw new Refusal('session_state');
  return at + 1;
}

function readPending(path: string): z.infer<typeof pendingFile> {
  const text = readSecretFile(path);
  if (text === undefined) throw new Refusal('session_state');
  return pendingFile.parse(JSON.parse(text));
}

/** A fault is public: which round, and whose. */
function asRefusal<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CeremonyFault)) throw error;
    throw new Refusal('ceremony_fault', `${error.round}: participants ${error.culprits.join(', ')}`);
  }
}
