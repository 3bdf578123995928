import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announcedPolicies } from '@answerable/kit/announced-policies';
import { approveEntries } from '@answerable/kit/approve-entries';
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { openDatabase } from '@answerable/kit/database';
import { policySource } from '@answerable/kit/policy-source';
import { policyKeyOf } from '@answerable/kit/submit-policy';
import { successorsHold } from '@answerable/kit/successor-rule';
import { audit } from '@answerable/log/monitor/audit';
import { trustPoliciesFollow } from '@answerable/log/monitor/trust-policy-rule';
import { encodeEntry } from '@answerable/log/verify/entry';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { formatVerifierKey, noteKey } from '@answerable/log/verify/note-key';
import { parseLogTrust } from '@answerable/log/verify/trust';
import { dayAt, trialSuccession } from '@answerable/protocol/testing/trial-succession';
import { policyEntryOf } from '@answerable/protocol/trust-chain';
import type { TrustPolicy, TrustPolicyFile } from '@answerable/protocol/trust-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LogbookTables } from './schema.ts';
import { logbookStore } from './store.ts';
import {
  addressOf,
  commitment,
  type Logbook,
  logName,
  newKey,
  type Place,
  place,
  startLogbook,
  startWitness,
  submission,
  type TestWitness,
  until,
} from './testing/logbook.ts';

const now = Math.floor(Date.now() / 1000);
const signers = ['guardian-1', 'guardian-2', 'gateway-club'];
let home: Place;
let logbook: Logbook;
let trial: ReturnType<typeof trialSuccession>;
let witness: TestWitness;
let clock: PracticeClock;
// Of nobody, until the log says its own.
let key = formatVerifierKey(noteKey(logName, 0x01, new Uint8Array(32).fill(1)));

beforeAll(async () => {
  clock = practiceClock(new Date(now * 1000));
  witness = await startWitness(9, () => key, {
    approve: (older, newer) => approve(older, newer),
  });
  home = await place({ witnesses: [addressOf(witness)] });
  logbook = await startLogbook(home.config);
  key = await logbook.logKey();
  trial = trialSuccession(now, { log: { name: 'log', origin: logbook.origin, verifierKey: key } });
  trial.first.witnesses = { quorum: 0, list: [] };
  const announced = announcedPolicies(mkdtempSync(join(tmpdir(), 'announced-')));
  const approve = approveEntries({ policies: policySource(home.config.policyPath), announced, clock });
  const { first, signed, guardians } = trial;
  const all = ['registrar', ...guardians, 'keeper-1', 'keeper-2', 'keeper-3', 'gateway-town', 'court'];
  writeFileSync(home.config.policyPath, JSON.stringify(signed(first, all)));
  await until(async () => ((await logbook.get('/health')).ok ? true : undefined));
  expect((await bring(signed(trial.next(), signers))).status).toBe(403);
  await logbook.post(submission(policyEntryOf(first), { key: policyKeyOf(first) }));
  await placeOf(first);
});
afterAll(async () => {
  await logbook.close();
  await witness.close();
  await home.clear();
});

const bring = (file: unknown) =>
  fetch(`${logbook.origin}/trust-policies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(file),
  });
const placeOf = (policy: TrustPolicy) =>
  until(async () => {
    const answer = await logbook.get(`/entries/by-key/${policyKeyOf(policy)}`);
    return answer.ok ? ((await answer.json()) as { index: number }).index : undefined;
  });
const shown = async (serial: number | string) => logbook.get(`/trust-policies/${serial}`);
const refusalOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { code: string }).code,
];

describe('a successor is refused and nothing of it kept', () => {
  const sins: [sin: string, file: () => unknown, refusal: [number, string]][] = [
    ['by one guardian', () => trial.signed(trial.next(), signers.slice(1)), [409, 'policy_mismatch']],
    ['without its gateway', () => trial.signed(trial.next(), signers.slice(0, 2)), [409, 'policy_mismatch']],
    [
      'that binds in thirteen days',
      () => trial.signed(trial.next(trial.first, { effective: dayAt(now, 13) }), signers),
      [409, 'policy_mismatch'],
    ],
    ['that skips a serial', () => trial.signed(trial.next(trial.next()), signers), [409, 'policy_mismatch']],
    ['that is the first', () => trial.signed(trial.first, signers), [409, 'policy_mismatch']],
    [
      'with a proof that is none',
      () => ({ ...trial.signed(trial.next(), signers), logged: 'x' }),
      [409, 'policy_mismatch'],
    ],
    [
      'with half a character in a title',
      () => {
        const { first, next, gateway, signed } = trial;
        const policy = next(first, {
          gateways: [{ ...gateway('gateway-club', 'club'), title: 'half \ud83d' }],
        });
        return { ...signed(next(), signers), policy };
      },
      [400, 'malformed'],
    ],
    ['with a word too many', () => ({ ...trial.signed(trial.next(), signers), more: 1 }), [400, 'malformed']],
    ['that is too large', () => ({ more: 'x'.repeat(140_000) }), [413, 'body_too_large']],
  ];
  it.each(sins)('%s', async (_, file, refusal) => {
    expect(await refusalOf(await bring(file()))).toEqual(refusal);
    expect((await shown(2)).status).toBe(404);
  });
  it('as an entry like any other, by whomever', async () => {
    const entry = policyEntryOf(trial.next());
    expect((await logbook.post(submission(entry))).status).toBe(403);
  });
});

it('the first policy of another network is nobody’s to log: it would leave the log without cosignatures for ever', async () => {
  const other = { ...policyEntryOf(trial.first), network: 'elsewhere' };
  for (const name of ['guardian-1', 'registrar']) {
    const by = { name, secret: new Uint8Array(trial.keyOf(name)), signingKey: '' };
    expect(await refusalOf(await logbook.post(submission(other, { by })))).toEqual([409, 'policy_mismatch']);
  }
  expect(await refusalOf(await logbook.post(submission(other)))).toEqual([409, 'policy_mismatch']);
});

it('one that holds is shown, logged once, and cosigned; its proof is kept beside it', async () => {
  const { signed, next, first } = trial;
  const file = signed(next(), signers);
  // A gateway that would rather not be followed by it has heard its hash, and takes its key for a word of its own.
  const secret = new Uint8Array(trial.keyOf('gateway-town'));
  const by = { name: 'gateway-town', secret, signingKey: '' };
  const squatted = submission(commitment(99), { by, key: policyKeyOf(file.policy) });
  expect((await logbook.post(squatted)).status).toBe(202);
  const answers = await Promise.all([bring(file), bring(file), bring(file)]);
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  const index = await placeOf(file.policy);
  expect(await (await shown(2)).json()).toEqual(file);
  expect(await refusalOf(await logbook.post(squatted))).toEqual([409, 'key_taken']);
  await until(async () => ((witness.heads.get(home.config.logName)?.size ?? 0) > index ? true : undefined));

  const other = signed(next(first, { effective: dayAt(now, 20) }), signers);
  expect(await refusalOf(await bring(other))).toEqual([409, 'policy_mismatch']);

  const logged = await (await logbook.get(`/entries/${index}/proof`)).text();
  expect((await bring({ ...file, logged })).status).toBe(202);
  expect((await bring(file)).status).toBe(202);
  expect(await (await shown(2)).json()).toEqual({ ...file, logged });
  for (const serial of ['3', '0', '-1', '02', '1e1', 'x']) expect((await shown(serial)).status).toBe(404);
});

it('a log that takes in a wrong one is left without cosignatures, and an audit names it', async () => {
  const { first, signed, next } = trial;
  const [second, wrong] = [next(), next(next(), { effective: dayAt(now, 1), gateways: [] })];
  const texts: TrustPolicyFile[] = [signed(second, signers), signed(wrong, signers.slice(1))];
  const rules = [trustPoliciesFollow(0), successorsHold(first, texts)];
  const trust = parseLogTrust({
    log: key,
    witnesses: [formatVerifierKey(witness.key)],
    quorum: 1,
  });
  const report = () => audit({ fetchFile: fetchFrom(logbook.origin), trust, rules });
  expect((await report()).findings).toEqual([]);
  const { db, close } = await openDatabase<LogbookTables>({ url: home.databaseUrl, migrations: [] });
  await logbookStore(db).submit({ key: newKey(), bytes: encodeEntry(policyEntryOf(wrong)) });
  await close();
  const found = await until(async () => {
    const { findings } = await report();
    return findings.length > 0 ? findings : undefined;
  });
  expect(found.map(({ kind }) => kind)).toContain('quorum-missing');
  const { findings } = await audit({
    fetchFile: fetchFrom(logbook.origin),
    trust: parseLogTrust({ log: key, witnesses: [], quorum: 0 }),
    rules,
  });
  const said = findings.map(({ says }) => says).join(' ');
  expect(said).toMatch(/cannot bind before|1 guardians of the policy before have signed; 2 are needed/);
});
