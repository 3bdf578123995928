/**
 * What the people who run a gateway see of it: without anybody in it. Counts of accounts and persons are rounded,
 * so that no two of them subtracted say how many accounts somebody has.
 * Must never: return a `sub`, a handle, a pseudonym, or a person's count that is exact.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from '@answerable/connector/connect';
import type { ConnectorMemory } from '@answerable/connector/memory';
import { dayOf } from '@answerable/kit/clock';
import { isReady } from '@answerable/kit/policy-source';
import type { ladder } from '@answerable/protocol/report/sanction';
import { trustPolicyHash } from '@answerable/protocol/trust-policy';
import { sql } from 'kysely';
import type { PlatformConfig } from '../config.ts';
import { planAt } from '../oidc/key-plan.ts';
import { readKeySets } from '../oidc/keys.ts';
import type { GatewayParts } from '../parts.ts';

const daysShown = 7;
/** Counts are told in steps of this; below it only that there are fewer. */
const countStep = 10;
const checkMs = 8_000;
/** How long an answer of a platform's stands, so that nobody floods it by looking. */
const checkedMs = 60_000;

/** A count that cannot be subtracted from another. */
export function rounded(count: number): string {
  if (count === 0) return 'none';
  if (count < countStep) return `fewer than ${countStep}`;
  return `about ${Math.floor(count / countStep) * countStep}`;
}

export interface Counts {
  accounts: string;
  closed: string;
  persons: string;
  /** newest first */
  signIns: { day: string; accounts: string }[];
  /** in force now */
  sanctions: { warn: number; restrict: number; suspend: number; bar: number };
}

export async function countsOf({ console: { db }, clock }: GatewayParts, platform: string): Promise<Counts> {
  const today = dayOf(clock.now());
  const accounts = await sql<{ open: number; closed: number; persons: number }>`
    select count(*) filter (where closed_day is null) as open, count(closed_day) as closed,
      count(distinct person) filter (where closed_day is null) as persons
    from account where platform = ${platform}`.execute(db);
  const days = await sql<{ day: string; accounts: number }>`
    select day, count(*) as accounts from sign_in join account using (sub)
    where platform = ${platform} and day > ${today}::date - ${daysShown}::int
    group by day order by day desc`.execute(db);
  const held = await sql<{ step: (typeof ladder)[number]; count: number }>`
    select step, count(*) as count from sanction join person on person.id = sanction.person
    where platform = ${platform} and not lifted
      and (step in ('warn', 'bar') or until is null or until > ${today}::date)
    group by step`.execute(db);
  const { open, closed, persons } = accounts.rows[0]!;
  const of = (step: string) => held.rows.find((row) => row.step === step)?.count ?? 0;
  return {
    accounts: rounded(open),
    closed: rounded(closed),
    persons: rounded(persons),
    signIns: days.rows.map((row) => ({ day: row.day, accounts: rounded(row.accounts) })),
    sanctions: { warn: of('warn'), restrict: of('restrict'), suspend: of('suspend'), bar: of('bar') },
  };
}

export interface ReachedPlatform {
  state: 'reached' | 'not reached' | 'by hand' | 'no connector';
  missing: readonly string[];
}
const nobodysMemory: ConnectorMemory = {
  name: async () => undefined,
  keepNames: async () => {},
  before: async () => undefined,
  keepBefore: async () => {},
  forgetBefore: async () => {},
};

/** Asks the platform itself, at most once a minute. */
export function platformReach() {
  const known = new Map<string, { at: number; found: Promise<ReachedPlatform> }>();
  return ({ name, connector }: PlatformConfig, now: Date): Promise<ReachedPlatform> => {
    const kept = known.get(name);
    if (kept && Math.abs(now.getTime() - kept.at) < checkedMs) return kept.found;
    const found = reach(connector);
    known.set(name, { at: now.getTime(), found });
    return found;
  };
}

async function reach(connector: PlatformConfig['connector']): Promise<ReachedPlatform> {
  if (!connector) return { state: 'no connector', missing: [] };
  if (connector.kind === 'by-hand') return { state: 'by hand', missing: [] };
  const late = pause(checkMs, undefined, { ref: false });
  const asked = connect(connector, nobodysMemory).check();
  const answer = await Promise.race([asked, late]).catch(() => undefined);
  if (!answer?.reached) return { state: 'not reached', missing: [] };
  return { state: 'reached', missing: answer.missing };
}

export interface TrustFacts {
  here: boolean;
  /** whether it lists this gateway with all its platforms */
  listed: boolean;
  network: string | null;
  serial: number | null;
  hash: string | null;
  effective: string | null;
  missing: string[];
}

export function trustFacts({ policies, config }: GatewayParts): TrustFacts {
  if (!isReady(policies))
    return {
      here: false,
      listed: false,
      network: null,
      serial: null,
      hash: null,
      effective: null,
      missing: [],
    };
  const policy = policies.current();
  const own = policy.gateways.find(({ name }) => name === config.name);
  const missing = config.platforms.map(({ name }) => name).filter((name) => !own?.platforms.includes(name));
  const { network, serial, effective } = policy;
  const listed = own !== undefined && missing.length === 0;
  return { here: true, listed, network, serial, effective, hash: trustPolicyHash(policy), missing };
}

export interface LogFacts {
  /** entries of ours that are not in the log yet */
  waiting: number;
  /** size of the newest head that was seen; null before the first */
  seen: number | null;
}

export async function logFacts({ console: { db }, log }: GatewayParts): Promise<LogFacts> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*) as waiting from log_outbox where place is null`.execute(db);
  return { waiting: rows[0]!.waiting, seen: log.newestSize() ?? null };
}

export interface KeyFacts {
  serial: number;
  /** ISO 8601: from then on it signs */
  from: string;
  state: 'signs' | 'to come' | 'shown until its tokens are over';
}

export function keyFacts({ console: { keyFolder }, clock }: GatewayParts): KeyFacts[] {
  const now = clock.now().getTime();
  const { shown } = planAt(readKeySets(keyFolder.keysDir), now, keyFolder.overlapMs);
  return shown.map(({ serial, from }, at) => ({
    serial,
    from,
    state: at === 0 ? 'signs' : Date.parse(from) > now ? 'to come' : 'shown until its tokens are over',
  }));
}

/** Of the policy in force. */
export async function policyFacts({ platformPolicies }: GatewayParts, { name }: PlatformConfig) {
  const { hash, policy } = await platformPolicies.inForce(name);
  const { accountsMax, disclose, grounds } = policy;
  return { hash, accountsMax, disclose, grounds };
}
