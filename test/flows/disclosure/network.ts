/**
 * A network for trying disclosures: a real logbook, three real guardians on real databases, a real authority, a real
 * genesis.
 * Registrar, gateway, desk and keepers are keys with an address, played by the test, so that each
 * can also be dishonest.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuthorityConfig } from '@answerable/authority/config';
import type { Setting } from '@answerable/authority/engine/parts';
import { type RunningAuthority, start as startAuthority } from '@answerable/authority/start';
import { toBase64url } from '@answerable/core/bytes';
import { drawRegistrar, type Registrar } from '@answerable/core/presentation/scenario';
import type { GuardianConfig } from '@answerable/guardian/config';
import type { RunningGuardian } from '@answerable/guardian/start';
import { start as startGuardian } from '@answerable/guardian/start';
import { createCeremonyParticipant } from '@answerable/kit/ceremony-participant';
import { type PracticeClock, practiceClock, realClock, unixSeconds } from '@answerable/kit/clock';
import { foundNetwork } from '@answerable/kit/found-network';
import { freePort } from '@answerable/kit/free-port';
import { callJson } from '@answerable/kit/http-client';
import { createJournal, silentJournal } from '@answerable/kit/journal';
import { loadOrCreateSigningKey, type SigningKey } from '@answerable/kit/keys';
import { createMetrics } from '@answerable/kit/metrics';
import { mountPolicySigner } from '@answerable/kit/policy-signer';
import { policySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { loadOrCreateSealingKey, type SealingKey } from '@answerable/kit/sealing-key';
import { type Served, serve } from '@answerable/kit/serve';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { LogReader } from '@answerable/log/verify/log-reader';
import { start as startLogbook } from '@answerable/logbook/start';
import {
  type AuthorityAsk,
  type FiledDisclosure,
  signedAuthorityAsk,
} from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { type LogEntry, logAccepted, logPlaced } from '@answerable/protocol/log/entries';
import { logTrustOf } from '@answerable/protocol/log/trust';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import { type Signed, signMessage } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

export const token = 'operator-token-of-thirty-two-characters';
const patienceMs = 120_000;

/** A party that is a key with an address. */
export interface Paper {
  name: string;
  origin: string;
  signing: SigningKey;
  sealing: SealingKey;
  served: Served;
}

export interface TrialGuardian {
  config: GuardianConfig;
  running: RunningGuardian;
}

export interface TrialNetwork {
  policy: TrustPolicy;
  clock: PracticeClock;
  issuer: Registrar;
  registrar: Paper;
  /** what the registrar answers for every bucket */
  bucket: string[];
  gateway: Paper;
  desk: Paper;
  /** what the desk answers for a case */
  filings: Map<string, FiledDisclosure>;
  /** makes a case of an ask that the authority's tool sends to the desk; answers its number */
  onAsk: (ask: Signed<AuthorityAsk>) => Promise<string>;
  /** the engine with the authority's own keys */
  authority: Setting;
  tool: { config: AuthorityConfig; running: RunningAuthority };
  guardians: TrialGuardian[];
  logbookUrl: string;
  /** lines of every guardian's journal */
  journal: string[];
  log: LogReader;
  /** has `party` put an entry into the log; its place, once a quorum has seen it */
  submit(party: Paper, entry: LogEntry): Promise<number>;
  proofOf(index: number): Promise<string>;
  /** `meanwhile`: what happens while it is away, at its address too */
  restart(i: number, meanwhile?: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

export async function foundTrialNetwork(limits: Partial<TrustPolicy['limits']> = {}): Promise<TrialNetwork> {
  const root = mkdtempSync(join(tmpdir(), 'disclosure-'));
  const policyPath = join(root, 'trial-1.policy');
  const clock = practiceClock();
  const databases: TestDatabase[] = [];
  const database = async (name: string) => {
    const one = await testDatabase(name);
    databases.push(one);
    return one.url;
  };
  const common = async (name: string) => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const dataDir = join(root, name);
    return {
      name,
      title: name,
      mode: 'practice' as const,
      host: '127.0.0.1',
      port,
      origin,
      dataDir,
      policyPath,
    };
  };
  const journal: string[] = [];
  const quiet = { clock, journal: silentJournal };
  const loud = { clock, journal: createJournal('guardian', { write: (line) => journal.push(line) }) };

  const logbook = await startLogbook(
    {
      ...(await common('logbook')),
      databaseUrl: await database('logbook'),
      logName: 'log.example/trial',
      cadenceSeconds: 0.4,
      entriesPerBatch: 4,
    },
    quiet,
  );
  const guardians: TrialGuardian[] = [];
  for (const i of [1, 2, 3]) {
    const name = `guardian-${i}`;
    const config = {
      ...(await common(name)),
      databaseUrl: await database(name),
      operatorToken: token,
      tickSeconds: 0.1,
    };
    guardians.push({ config, running: await startGuardian(config, loud) });
  }

  const issuer = drawRegistrar();
  const bucket: string[] = [];
  const filings = new Map<string, FiledDisclosure>();
  const paper = (
    name: string,
    facts: Partial<PartyIdentity>,
    routes?: (app: ServiceApp) => void,
    tag = false,
  ) => paperParty(root, name, facts, routes, tag);
  const registrar = await paper('registrar', { issuerKey: toBase64url(issuer.publicKey) }, (app) =>
    app.get('/records/buckets/:prefix', (c) => c.json({ items: bucket })),
  );
  const gateway = await paper('gateway-commons', { platforms: ['commons'] });
  const desk = await paper('desk', {}, (app) => {
    app.get('/disclosures/:caseId', (c) => c.json(filings.get(c.req.param('caseId'))));
    app.post('/disclosures', async (c) =>
      c.json({ caseId: await network.onAsk(await readJson(c, signedAuthorityAsk)) }),
    );
  });
  const toolConfig: AuthorityConfig = {
    ...(await common('coroner')),
    operatorToken: token,
    desks: { commons: desk.origin },
    tickSeconds: 0.2,
  };
  const tool = { config: toolConfig, running: await startAuthority(toolConfig, quiet) };
  const keepers = await Promise.all([1, 2, 3].map((i) => paper(`keeper-${i}`, {}, undefined, true)));
  const operated = ({ origin }: { origin: string }) => ({ origin, operatorToken: token });

  const { policy } = await foundNetwork({
    network: 'trial',
    effective: '2026-11-23',
    epochSeconds: 3600,
    graceSeconds: 600,
    evidence: [],
    referees: false,
    wallets: ['http://localhost:4601'],
    releases: { publisher: 'publisher', signingKey: toBase64url(new Uint8Array(32).fill(7)) },
    grounds: [
      { id: 'threat-to-life', title: 'A threat to somebody’s life', authorities: ['coroner'] },
      { id: 'court-order', title: 'An order of a court', authorities: ['coroner'] },
      { id: 'no-longer', title: 'A ground for nobody', authorities: [] },
    ],
    limits: {
      recallBudget: 20,
      recallPerDay: 5,
      resetWaitSeconds: 60,
      hearingSeconds: 60,
      noticeSeconds: 600,
      checkpointAgeSeconds: 300,
      ...limits,
    },
    parties: {
      registrar: operated(registrar),
      logbook: { origin: logbook.origin },
      keepers: keepers.map(operated),
      guardians: guardians.map(({ config }) => operated(config)),
      gateways: [operated(gateway)],
      authorities: [operated(toolConfig)],
    },
    openingThreshold: 2,
    tagThreshold: 2,
    witnessQuorum: 2,
    policyPath,
  });

  const log = new LogReader({
    fetchFile: fetchFrom(logbook.origin),
    trust: logTrustOf(policy),
    now: () => unixSeconds(clock),
  });
  const toolKeys = join(toolConfig.dataDir, 'keys');
  const authorityKeys = {
    name: toolConfig.name,
    signingSecret: loadOrCreateSigningKey(join(toolKeys, 'signing.key')).seed,
    sealingSecret: loadOrCreateSealingKey(join(toolKeys, 'sealing.key')).secretKey,
  };
  const network: TrialNetwork = {
    policy,
    clock,
    issuer,
    registrar,
    bucket,
    gateway,
    desk,
    filings,
    guardians,
    journal,
    log,
    logbookUrl: logbook.origin,
    authority: { policy, keys: authorityKeys },
    tool,
    onAsk: async () => {
      throw new Refusal('account_unknown');
    },
    submit: (party, entry) => submit(network, party, entry),
    proofOf: async (index) => new TextDecoder().decode((await log.included(index)).proof),
    async restart(i, meanwhile) {
      const guardian = guardians[i]!;
      await guardian.running.close();
      await meanwhile?.();
      guardian.running = await startGuardian(guardian.config, loud);
    },
    async close() {
      await tool.running.close();
      await Promise.all(guardians.map(({ running }) => running.close()));
      await logbook.close();
      const papers = [registrar, gateway, desk, ...keepers];
      await Promise.all(papers.map(({ served }) => served.close()));
      for (const one of databases) await one.drop();
      rmSync(root, { recursive: true, force: true });
    },
  };
  return network;
}

async function paperParty(
  root: string,
  name: string,
  facts: Partial<PartyIdentity>,
  routes: ((app: ServiceApp) => void) | undefined,
  tag: boolean,
): Promise<Paper> {
  const keysDir = join(root, name, 'keys');
  const signing = loadOrCreateSigningKey(join(keysDir, 'signing.key'));
  const sealing = loadOrCreateSealingKey(join(keysDir, 'sealing.key'));
  const app = createServiceApp({ name, journal: silentJournal, metrics: createMetrics(name) });
  const seat = { role: 'tag' as const, name, signingKey: signing, operatorToken: token, keysDir };
  const ceremony = tag ? createCeremonyParticipant(seat) : undefined;
  ceremony?.mount(app);
  const identity = (): PartyIdentity => {
    const share = ceremony?.outcome();
    return {
      name,
      title: name,
      origin: served.origin,
      signingKey: toBase64url(signing.publicKey),
      ...facts,
      ...(facts.sealingKey ? { sealingKey: toBase64url(sealing.publicKey) } : {}),
      ...(share ? { share } : {}),
    };
  };
  mountPolicySigner(app, {
    identity,
    signingKey: signing,
    operatorToken: token,
    keysDir,
    policies: policySource(undefined),
    clock: realClock,
  });
  routes?.(app);
  const served: Served = await serve(app, { port: 0 });
  return { name, origin: served.origin, signing, sealing, served };
}

async function submit(network: TrialNetwork, party: Paper, entry: LogEntry): Promise<number> {
  const key = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
  const message = { party: party.name, key, entry };
  const body = signMessage(party.signing.seed, messageLabels.logSubmission, message);
  await callJson(`${network.logbookUrl}/entries`, { body, schema: logAccepted });
  const index = await eventually(async () => {
    const place = await callJson(`${network.logbookUrl}/entries/by-key/${key}`, { schema: logPlaced });
    await network.log.included(place.index);
    return place.index;
  });
  return index;
}

/** Tries until it does not throw, for two minutes at most. */
export async function eventually<T>(work: () => Promise<T>): Promise<T> {
  for (const end = Date.now() + patienceMs; ; ) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
