/** The registrar's addresses. Wallets call from their own origins, without credentials. */

import type { Clock } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import { mountPolicySigner, type PolicySignerOptions } from '@answerable/kit/policy-signer';
import { isReady, isWallet, type PolicySource } from '@answerable/kit/policy-source';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import { addDevice } from './add-device.ts';
import { askReview } from './ask-review.ts';
import type { AskTags } from './ask-tags.ts';
import { beginEnrolment } from './begin-enrolment.ts';
import { challenges } from './challenge.ts';
import type { ConsoleParts } from './console/console-parts.ts';
import { mountConsole } from './console/mount.ts';
import { endRecord } from './end-record.ts';
import type { EvidenceAdapters } from './evidence/adapters.ts';
import type { EvidenceShelf } from './evidence-shelf.ts';
import { challengeIssuance, issue } from './issue-credential.ts';
import type { RegistrarKeys } from './keys.ts';
import type { LeafStore } from './leaf-store.ts';
import { listBucket } from './list-bucket.ts';
import { lookIn } from './look-in.ts';
import { makeRecord } from './make-record.ts';
import { objectToReset } from './object-to-reset.ts';
import { openRecall, storeRecall } from './open-recall.ts';
import { receiveEvidence } from './receive-evidence.ts';
import type { RecordDays } from './record-days.ts';
import { removeDevice } from './remove-device.ts';
import { showEvidence } from './show-evidence.ts';
import { showFigures, showFiguresTable } from './show-figures.ts';
import { showReceipt } from './show-receipt.ts';
import { showRecord } from './show-record.ts';
import { signOut } from './sign-out.ts';
import type { RegistrarStore } from './store.ts';
import { strangersDoors } from './strangers.ts';
import type { TellKeepers } from './tell-keepers.ts';
import type { WaitingCodes } from './waiting-codes.ts';

export interface RegistrarParts {
  name: string;
  sessionSeconds: number;
  proxies: number | undefined;
  clock: Clock;
  journal: Journal;
  policies: PolicySource;
  store: RegistrarStore;
  leaves: LeafStore;
  keys: RegistrarKeys;
  evidence: EvidenceAdapters;
  shelf: EvidenceShelf;
  askTags: AskTags;
  tellKeepers: TellKeepers;
  codes: WaitingCodes;
  signer: PolicySignerOptions;
  console: ConsoleParts;
  days: RecordDays;
}

export function registrarApp(parts: RegistrarParts): ServiceApp {
  const { name, journal, policies, clock, keys, signer } = parts;
  const needs = { ...parts, challenges: challenges(clock) };
  const app = createServiceApp({
    name,
    journal,
    metrics: createMetrics(name),
    callers: (origin) => isWallet(policies, origin),
    shown: { service: parts.console.title, practice: parts.console.mode === 'practice' },
    ready: () => isReady(policies),
  });
  const doors = strangersDoors(clock, parts.proxies);
  app.post('/enrolment', doors.session, beginEnrolment(needs));
  app.get('/enrolment/callback', receiveEvidence(needs));
  app.post('/enrolment/evidence', showEvidence(needs));
  app.post('/enrolment/record', makeRecord(needs));
  app.post('/enrolment/review', askReview({ ...needs, reviews: parts.console.reviews }));
  app.post('/enrolment/receipt', showReceipt(needs));
  app.post('/issuance/challenge', doors.nonce, challengeIssuance(needs));
  app.post('/issuance', issue(needs));
  app.post('/recall/keys', openRecall(needs));
  app.post('/recall/blob', storeRecall(needs));
  app.post('/reset/objection', objectToReset(needs));
  app.post('/record/look-in', lookIn(needs));
  app.post('/record/view', showRecord(needs));
  app.post('/record/end', endRecord(needs));
  app.post('/devices', addDevice(needs));
  app.post('/devices/removal', removeDevice(needs));
  app.get('/records/buckets/:prefix', listBucket(needs));
  app.post('/evidence/:route/back-channel-logout', signOut(needs));
  app.get('/figures', showFigures(needs));
  app.get('/figures.csv', showFiguresTable(needs));
  app.get('/evidence/jwks.json', (c) =>
    c.json({ keys: Object.values(keys.evidenceClients).flatMap(({ published }) => published) }),
  );
  mountPolicySigner(app, signer);
  mountConsole(app, parts.console);
  return app;
}
