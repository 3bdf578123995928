/**
 * What the people who run a gateway, and their programs, may ask at /admin/…: the console's facts, and the few acts
 * that change something, each on the record. Nobody who has an account is in any answer, but the one account on
 * which a person must act by hand, and that look is recorded.
 */
import { dayOf } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { countsOf, keyFacts, logFacts, policyFacts, trustFacts } from '../console/facts.ts';
import { readRecord, recordAlone } from '../console/record.ts';
import { roles } from '../console/roles.ts';
import { undoneActs } from '../console/undone.ts';
import { mountExitFile } from '../exit/exit-file.ts';
import { rotateKeys } from '../oidc/rotate-keys.ts';
import { type GatewayParts, platformOf } from '../parts.ts';
import { adminOperation, requireCaller } from './admin-doors.ts';
import { mountEmergency, mountSanctionsSeen } from './admin-emergency.ts';
import { mountAdminPolicies } from './admin-policies.ts';
import { mountSanctionsByHand, mountUndone } from './admin-sanctions.ts';
import { type DescribedApi, describe, newApi } from './described.ts';

const words = z.string();

export function adminApi(parts: GatewayParts): DescribedApi {
  const api = newApi();
  describe(api, '/admin/openapi.json', 'What the people who run a gateway ask of it');
  api.use('/admin/*', requireCaller(parts.console));
  mountState(api, parts);
  mountPlatforms(api, parts);
  mountUndone(api, parts);
  mountSanctionsByHand(api, parts);
  mountSanctionsSeen(api, parts);
  mountEmergency(api, parts);
  mountAdminPolicies(api, parts);
  mountExitFile(api, parts);
  mountKeys(api, parts);
  mountPeople(api, parts);
  return api;
}

function mountState(api: DescribedApi, parts: GatewayParts): void {
  const trust = z.strictObject({
    here: z.boolean(),
    listed: z.boolean(),
    network: words.nullable(),
    serial: z.number().nullable(),
    hash: words.nullable(),
    effective: words.nullable(),
    missing: z.array(words),
  });
  const platform = z.strictObject({ name: words, title: words, reached: words, accounts: words });
  adminOperation(
    api,
    'viewer',
    {
      method: 'get',
      path: '/admin/state',
      summary: 'Trust policy, log, upkeep, and each platform in a line',
      reply: z.strictObject({
        trustPolicy: trust,
        log: z.strictObject({ waiting: z.number(), seen: z.number().nullable() }),
        undone: z.strictObject({ waits: z.number(), byHand: z.number() }),
        upkeep: z.strictObject({ at: words.nullable(), waits: z.array(words) }),
        platforms: z.array(platform),
      }),
    },
    async () => {
      const { config, clock, console: own } = parts;
      const platforms = await Promise.all(
        config.platforms.map(async (one) => ({
          name: one.name,
          title: one.policy.title,
          reached: (await own.reach(one, clock.now())).state,
          accounts: (await countsOf(parts, one.name)).accounts,
        })),
      );
      const upkeep = { at: own.upkeep.at?.toISOString() ?? null, waits: [...own.upkeep.waits] };
      const acts = await undoneActs(parts);
      const byHand = acts.filter(({ state }) => state === 'by-hand').length;
      const undone = { waits: acts.length - byHand, byHand };
      return { undone, trustPolicy: trustFacts(parts), log: await logFacts(parts), upkeep, platforms };
    },
  );
  adminOperation(
    api,
    'viewer',
    {
      method: 'get',
      path: '/admin/record',
      summary: 'Everything that anybody did here, oldest first, each line bound to the one before',
      reply: z.strictObject({
        lines: z.array(
          z.strictObject({
            seq: z.number(),
            at: words,
            who: words,
            body: z.record(words, z.unknown()),
            previous: words.nullable(),
            hash: words,
          }),
        ),
      }),
    },
    async () => ({
      lines: (await readRecord(parts.console.db)).map((line) => ({ ...line, body: { ...line.body } })),
    }),
  );
}

function mountPlatforms(api: DescribedApi, parts: GatewayParts): void {
  const counts = z.strictObject({
    accounts: words,
    closed: words,
    persons: words,
    signIns: z.array(z.strictObject({ day: words, accounts: words })),
    sanctions: z.strictObject({
      warn: z.number(),
      restrict: z.number(),
      suspend: z.number(),
      bar: z.number(),
    }),
  });
  adminOperation(
    api,
    'viewer',
    {
      method: 'get',
      path: '/admin/platforms/:platform',
      summary: 'One platform: whether it is reached, its policy, its counts',
      description:
        'Counts of accounts and persons are rounded to tens, so that none can be subtracted from another.',
      reply: z.strictObject({
        name: words,
        title: words,
        reached: words,
        missing: z.array(words),
        policy: z.strictObject({
          hash: words,
          accountsMax: z.number(),
          disclose: z.array(words),
          grounds: z.array(words),
        }),
        counts,
      }),
      refuses: ['not_found'],
    },
    async ({ c }) => {
      const one = platformNamed(parts, c.req.param('platform'));
      const { state, missing } = await parts.console.reach(one, parts.clock.now());
      return {
        name: one.name,
        title: one.policy.title,
        reached: state,
        missing: [...missing],
        policy: await policyFacts(parts, one),
        counts: await countsOf(parts, one.name),
      };
    },
  );
}

/** Refuses `not_found`. */
export function platformNamed({ config }: GatewayParts, name: string | undefined) {
  if (!config.platforms.some((one) => one.name === name)) throw new Refusal('not_found');
  return platformOf(config, { name: name! });
}

function mountKeys(api: DescribedApi, parts: GatewayParts): void {
  adminOperation(
    api,
    'viewer',
    {
      method: 'get',
      path: '/admin/keys',
      summary: 'The keys of the OpenID provider: which signs, which is to come',
      reply: z.strictObject({
        keys: z.array(z.strictObject({ serial: z.number(), from: words, state: words })),
      }),
    },
    async () => ({ keys: keyFacts(parts) }),
  );
  adminOperation(
    api,
    'operator',
    {
      method: 'post',
      path: '/admin/keys/rotations',
      summary: 'Makes the next keys',
      description:
        '`time`: shown for seven days before they sign. `stolen`: they sign at once, all others go, and everybody signs in again.',
      body: z.strictObject({ why: z.enum(['time', 'stolen']) }),
      reply: z.strictObject({ serial: z.number(), from: words, drawn: z.boolean() }),
    },
    async ({ body, caller }) => {
      const { console: own, clock } = parts;
      // Recorded first: keys that nobody is known to have made are worse than a line too many.
      await recordAlone(own.db, clock.now(), caller.name, { kind: 'keys-rotated', why: body.why });
      return rotateKeys(own.keyFolder.keysDir, clock.now(), body.why);
    },
  );
}

function mountPeople(api: DescribedApi, parts: GatewayParts): void {
  const { people, clock } = parts.console;
  adminOperation(
    api,
    'admin',
    {
      method: 'get',
      path: '/admin/people',
      summary: 'Who works at the console',
      reply: z.strictObject({
        people: z.array(z.strictObject({ name: words, role: z.enum(roles), state: words })),
      }),
    },
    async () => ({
      people: (await people.list()).map(({ name, role, joined, removed, passkeys }) => ({
        name,
        role,
        state: removed !== null ? `left on ${removed}` : joined === null ? 'invited' : `${passkeys} passkeys`,
      })),
    }),
  );
  adminOperation(
    api,
    'viewer',
    {
      method: 'get',
      path: '/admin/self',
      summary: 'Whose token this is, and what it may',
      reply: z.strictObject({ name: words, role: z.enum(roles), day: wire.day }),
    },
    async ({ caller }) => ({ ...caller, day: dayOf(clock.now()) }),
  );
}
