/** A keeper's addresses: for the registrar and the log by signed messages, for wallets from their own origins. */
import type { CeremonyParticipant } from '@answerable/kit/ceremony-participant';
import type { Clock } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';
import { mountPolicySigner } from '@answerable/kit/policy-signer';
import { isWallet, type PolicySource } from '@answerable/kit/policy-source';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import type { Witness } from '@answerable/kit/witness';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import type { CheckIdToken } from './check-id-token.ts';
import type { CheckReferee } from './check-referee.ts';
import type { KeeperConfig } from './config.ts';
import { evaluateRecall } from './evaluate-recall.ts';
import { evaluateTags } from './evaluate-tags.ts';
import type { KeeperKeys } from './keys.ts';
import { openRecallKey, setRefillKey } from './open-recall-key.ts';
import type { RefereeStore } from './referee-store.ts';
import { refillRecall } from './refill-recall.ts';
import { setUpRecall } from './set-up-recall.ts';
import { showTries } from './show-tries.ts';
import type { KeeperStore } from './store.ts';
import { takeRefereeKey } from './take-referee-key.ts';

export interface KeeperParts {
  config: KeeperConfig;
  clock: Clock;
  journal: Journal;
  metrics: Metrics;
  policies: PolicySource;
  store: KeeperStore;
  keys: KeeperKeys;
  ceremony: CeremonyParticipant;
  witness: Witness;
  checkIdToken: CheckIdToken;
  checkReferee: CheckReferee;
  referees: RefereeStore;
  identity: () => PartyIdentity;
}

export function keeperApp(parts: KeeperParts): ServiceApp {
  const { config, journal, metrics, policies, keys, ceremony, witness, identity } = parts;
  const { name, operatorToken } = config;
  const needs = { ...parts, recallKeys: keys.recall, tagShare: ceremony.share };
  const app = createServiceApp({
    name,
    journal,
    metrics,
    callers: (origin) => isWallet(policies, origin),
  });
  app.post('/tags/evaluations', evaluateTags(needs));
  app.post('/recall/keys', openRecallKey(needs));
  app.post('/recall/refill-keys', setRefillKey(needs));
  app.post('/recall/setup', setUpRecall(needs));
  app.post('/recall/evaluation', evaluateRecall(needs));
  app.post('/recall/refill', refillRecall(needs));
  app.post('/recall/tries', showTries(needs));
  app.post('/referees', takeRefereeKey(needs));
  ceremony.mount(app);
  mountPolicySigner(app, {
    identity,
    signingKey: keys.signing,
    operatorToken,
    keysDir: keys.dir,
    policies,
    clock: parts.clock,
  });
  witness.mount(app);
  return app;
}
