/**
 * The coordinator of a key ceremony: carries messages between participants over HTTP, decides nothing and learns
 * no share (deals are sealed to their receivers). Run again after an interruption, it completes what is pending.
 */
import { randomBytes } from 'node:crypto';
import { judge } from '@answerable/core/ceremony/deals';
import { checkReveals } from '@answerable/core/ceremony/rounds';
import { type CeremonyOutcome, type PartyIdentity, partyIdentity } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import type { z } from 'zod';
import {
  type CeremonySession,
  ceremonyTranscript,
  commitResponse,
  confirmResponse,
  dealResponse,
  decodeComplaint,
  decodeSession,
  finishResponse,
  octetsOf,
  revealResponse,
} from './ceremony-messages.ts';
import { callJson } from './http-client.ts';

const nonceBytes = 32;

/** A service and the token of who runs it. */
export interface Operated {
  origin: string;
  operatorToken: string;
}

export interface CeremonyPlan {
  role: 'opening' | 'tag';
  network: string;
  threshold: number;
  /** participant i (1..n) is participants[i - 1] */
  participants: readonly Operated[];
}

/** A key of which each participant now holds a share. Throws Refusal `ceremony_fault`, `unavailable`. */
export async function holdCeremony(plan: CeremonyPlan): Promise<CeremonyOutcome> {
  const identities = await Promise.all(plan.participants.map(identityOf));
  const done = identities.findIndex(({ share }) => share !== undefined);
  const confirmations =
    done < 0 ? await deal(plan, identities) : await confirmationsAt(plan.participants[done]!);
  const outcomes = await Promise.all(
    plan.participants.map(
      async (participant, i) =>
        identities[i]!.share ?? (await step(participant, 'confirm', { confirmations }, confirmResponse)),
    ),
  );
  const [first] = outcomes;
  const one = outcomes.every(({ publicKey, transcript }, i) => {
    return publicKey === first!.publicKey && transcript === first!.transcript && outcomes[i]!.index === i + 1;
  });
  if (!one) throw new Refusal('ceremony_fault', 'confirm');
  return first!;
}

export const identityOf = ({ origin }: Pick<Operated, 'origin'>): Promise<PartyIdentity> =>
  callJson(`${origin}/ceremony/identity`, { schema: partyIdentity });

async function confirmationsAt({ origin }: Operated): Promise<string[]> {
  return (await callJson(`${origin}/ceremony/transcript`, { schema: ceremonyTranscript })).confirmations;
}

/** Rounds 1 to 3 and everyone's confirmation. */
async function deal(plan: CeremonyPlan, identities: readonly PartyIdentity[]): Promise<string[]> {
  const session: CeremonySession = {
    role: plan.role,
    network: plan.network,
    threshold: plan.threshold,
    participants: identities.map(({ name, signingKey }) => ({ name, signingKey })),
    nonce: randomBytes(nonceBytes).toString('base64url'),
  };
  const { participants } = plan;
  const all = <T>(name: string, body: object, schema: z.ZodType<T>) =>
    Promise.all(participants.map((participant) => step(participant, name, body, schema)));
  const commits = (await all('commit', { session }, commitResponse)).map(({ message }) => message);
  const reveals = (await all('reveal', { commits }, revealResponse)).map(({ message }) => message);
  const dealt = (await all('deal', { reveals }, dealResponse)).flatMap(({ deals }) => deals);
  const finished = await Promise.all(
    participants.map((participant, i) => {
      const deals = dealt.filter(({ to }) => to === i + 1).map(({ message }) => message);
      return step(participant, 'finish', { deals }, finishResponse);
    }),
  );
  return finished.map((result) => {
    if (!result.ok) throw nameTheCheat(session, commits, reveals, result);
    return result.confirmation;
  });
}

/** A complaint is checked here as anybody can check it. */
function nameTheCheat(
  session: CeremonySession,
  commits: string[],
  reveals: string[],
  { complaints, disagreeing }: Extract<z.infer<typeof finishResponse>, { ok: false }>,
): Refusal {
  const decoded = decodeSession(session);
  const seen = checkReveals(decoded, octetsOf(commits), octetsOf(reveals));
  const cheats = complaints.map((complaint) => judge(decoded, seen, decodeComplaint(complaint)));
  return new Refusal(
    'ceremony_fault',
    `deal: participants ${[...new Set([...cheats, ...disagreeing])].join(', ')}`,
  );
}

export function step<T>(
  { origin, operatorToken }: Operated,
  name: string,
  body: unknown,
  schema: z.ZodType<T>,
): Promise<T> {
  const headers = { authorization: `Bearer ${operatorToken}` };
  return callJson(`${origin}/ceremony/${name}`, { body, headers, schema });
}
