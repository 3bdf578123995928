/**
 * The policies of each platform, from the first on. A policy is recorded together with its entry for the log,
 * and binds from its day on, 14 days after it stood there at the earliest; the first binds at once.
 * Whoever can modify these tables can show people another policy (the log has the hash of the one announced, and
 * wallets keep what they agreed to); and cannot change what an account that exists was taken in under.
 */
import { randomBytes } from 'node:crypto';
import { type Clock, dayOf } from '@answerable/kit/clock';
import { placeInLog, putInOutbox } from '@answerable/kit/log-outbox';
import { changesBetween } from '@answerable/protocol/platform/changes';
import { dayPlus, faultsOfSuccessor, noticeDaysMin } from '@answerable/protocol/platform/succession';
import { type PlatformPolicy, platformPolicyHash } from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import { sql } from 'kysely';
import { carrierOf } from '../claims/carry-out.ts';
import type { GatewayConfig } from '../config.ts';
import { platformOf } from '../parts.ts';
import type { GatewayTables } from '../schema.ts';
import { type Db, locking, type Trx } from '../store.ts';
import { type DryRun, dryRun } from './dry-run.ts';

export interface KeptPolicy {
  serial: number;
  hash: string;
  policy: PlatformPolicy;
  /** the day on which it was announced, and the one from which it binds (later, if the log had it later) */
  announced: string;
  effective: string;
  /** index of its entry in the log, once that is known */
  place: number | null;
}

type Row = KeptPolicy & { placed_day: string | null };
/** What another gateway on this database announced is seen after so long; it binds weeks later. */
const readMsMax = 1_000;

export type PolicyHistory = ReturnType<typeof policyHistory>;

export function policyHistory(db: Db, config: GatewayConfig, clock: Clock) {
  const noticeDays = config.policyNoticeDays ?? noticeDaysMin;
  const today = () => dayOf(clock.now());

  const read = new Map<string, { rows: Promise<readonly Row[]>; atMs: number }>();
  /** Of all policies of a platform, newest first. */
  function rowsOf(platform: string): Promise<readonly Row[]> {
    const known = read.get(platform);
    if (known && performance.now() - known.atMs < readMsMax) return known.rows;
    const rows = readRows(db, platform);
    rows.catch(() => read.delete(platform));
    read.set(platform, { rows, atMs: performance.now() });
    return rows;
  }

  /** Newest first. */
  async function history(platform: string): Promise<KeptPolicy[]> {
    return (await rowsOf(platform)).map(({ placed_day, ...kept }) => ({
      ...kept,
      effective: bindsFrom(kept, placed_day),
      place: kept.place ?? null,
    }));
  }

  function bindsFrom({ serial, effective }: KeptPolicy, placedDay: string | null): string {
    if (serial === 1) return effective;
    const earliest = dayPlus(placedDay ?? today(), placedDay === null ? noticeDays + 1 : noticeDays);
    return noticeDays > 0 && earliest > effective ? earliest : effective;
  }

  async function inForce(platform: string): Promise<KeptPolicy> {
    const found = (await history(platform)).find(({ effective }) => effective <= today());
    if (!found) throw new Error('bug: a platform without a policy');
    return found;
  }

  async function record(trx: Trx, platform: string, serial: number, policy: PlatformPolicy): Promise<void> {
    const [hash, announced] = [platformPolicyHash(policy), today()];
    const effective = serial === 1 ? announced : policy.effective!;
    const log_key = await putInOutbox<GatewayTables>(trx, {
      v: 1,
      kind: 'platform-policy',
      gateway: config.name,
      platform,
      serial,
      policy: hash,
      previous: serial === 1 ? null : policy.previous!,
      effective,
    });
    const row = { platform, serial, hash, announced, effective, log_key, placed_day: null };
    await trx
      .insertInto('platform_policy')
      .values({ ...row, policy: JSON.stringify(policy) })
      .execute();
  }

  const alone = <T>(platform: string, work: (trx: Trx) => Promise<T>): Promise<T> =>
    locking(db, async (trx) => {
      await sql`select pg_advisory_xact_lock(hashtext(${`policy ${platform}`}))`.execute(trx);
      return work(trx);
    });

  return {
    history,
    inForce,
    noticeDays,

    /** What was announced and does not bind yet, if anything, with what binds until then. */
    async coming(platform: string): Promise<{ now: KeptPolicy; next: KeptPolicy } | undefined> {
      const all = await history(platform);
      const now = all.find(({ effective }) => effective <= today());
      const next = all.filter(({ effective }) => effective > today()).at(-1);
      return now && next ? { now, next } : undefined;
    },

    /**
     * Start-up: the policy of the settings is the first of its platform; later ones are announced. `isUnheard`: there
     * has been no network until now, so nobody agreed to anything and no log was told; the first can still change.
     */
    async begin(isUnheard: boolean): Promise<void> {
      for (const { name, policy } of config.platforms)
        await alone(name, async (trx) => {
          if (isUnheard) await forgetUnheard(trx, name, platformPolicyHash(policy));
          const known = trx.selectFrom('platform_policy').select('serial').where('platform', '=', name);
          if (!(await known.executeTakeFirst())) await record(trx, name, 1, policy);
        });
      read.clear();
    },

    /** Platforms whose settings hold a policy that was never announced. */
    async unannounced(): Promise<string[]> {
      const differing = [];
      for (const { name, policy } of config.platforms) {
        const hash = platformPolicyHash(policy);
        if (!(await history(name)).some((kept) => kept.hash === hash)) differing.push(name);
      }
      return differing;
    },

    /**
     * Announces the next policy of a platform: recorded, on its way into the log, and told to every account
     * there. Announced again, it is the same announcement. Refuses `malformed`, naming the field.
     */
    announce: async (platform: string, policy: PlatformPolicy): Promise<void> => {
      await alone(platform, async (trx) => {
        const { rows } = await sql<{ serial: number; policy: PlatformPolicy; hash: string }>`
          select serial, policy, hash from platform_policy
          where platform = ${platform} order by serial desc limit 1`.execute(trx);
        const newest = rows[0];
        if (!newest) throw new Refusal('not_found');
        if (newest.hash === platformPolicyHash(policy)) return;
        const [fault] = faultsOfSuccessor(newest, policy, { today: today(), noticeDays });
        if (fault) throw new Refusal('malformed', fault.field);
        if (policy.relayAddress && !config.relayDomain) throw new Refusal('malformed', 'relayAddress');
        await record(trx, platform, newest.serial + 1, policy);
        await tellAccounts(trx, newest.policy, policy, today());
      });
      read.clear();
    },

    /** What `policy` would do on its day, in numbers. */
    async dryRun(policy: PlatformPolicy): Promise<DryRun> {
      const { platform: name, claim } = policy;
      const carried = carrierOf(platformOf(config, { name }), claim?.afterwards ?? 'stays-open');
      return dryRun(db, (await history(name))[0]!.policy, policy, carried);
    },

    /** Upkeep: notes which entries have come to stand in the log. */
    async notePlaced(): Promise<void> {
      const waiting = await db
        .selectFrom('platform_policy')
        .select('log_key')
        .where('placed_day', 'is', null)
        .execute();
      for (const { log_key } of waiting)
        if ((await placeInLog(db, log_key)) !== undefined)
          await db
            .updateTable('platform_policy')
            .set({ placed_day: today() })
            .where('log_key', '=', log_key)
            .where('placed_day', 'is', null)
            .execute();
      if (waiting.length > 0) read.clear();
    },
  };
}

async function readRows(db: Db, platform: string): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select serial, hash, policy, announced, effective, placed_day, place
    from platform_policy left join log_outbox on log_outbox.key = platform_policy.log_key
    where platform = ${platform} order by serial desc`.execute(db);
  return rows;
}

/** Forgets the only policy of a platform if it differs, stands in no log, and no account was taken in under it. */
async function forgetUnheard(trx: Trx, platform: string, hash: string): Promise<void> {
  const { rows } = await sql<{ log_key: string }>`
    delete from platform_policy as mine using log_outbox
    where mine.platform = ${platform} and mine.serial = 1 and mine.hash <> ${hash}
      and log_outbox.key = mine.log_key and log_outbox.place is null
      and not exists (select from platform_policy where platform = ${platform} and serial > 1)
      and not exists (select from account where platform = ${platform})
    returning mine.log_key`.execute(trx);
  for (const { log_key } of rows) await sql`delete from log_outbox where key = ${log_key}`.execute(trx);
}

const inboxBodyCharsMax = 5_000;
const idBytes = 16;

/** The same words into every inbox of the platform: they say nothing about anybody. */
async function tellAccounts(
  trx: Trx,
  before: PlatformPolicy,
  next: PlatformPolicy,
  day: string,
): Promise<void> {
  const lines = changesBetween(before, next).map(({ says }) => `• ${says}`);
  const draw = () => randomBytes(idBytes).toString('base64url');
  const item = {
    kind: 'notice',
    caseId: draw(),
    day,
    title: `${next.title}: new rules from ${next.effective}`.slice(0, 200),
    body: lines.join('\n').slice(0, inboxBodyCharsMax),
  };
  await sql`insert into inbox (message, sub, item)
    select ${draw()}, sub, ${JSON.stringify(item)}::jsonb from account
    where platform = ${next.platform} and closed_day is null
    order by sub`.execute(trx);
}
