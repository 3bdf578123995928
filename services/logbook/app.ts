/** The addresses of the logbook. Everything it answers is public; only writing needs a known signature. */
import { toBase64url } from '@answerable/core/bytes';
import type { Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import { formatVerifierKey } from '@answerable/log/verify/note-key';
import { roundedCheckpointPath } from '@answerable/protocol/log/rounding';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import type { LogbookParts } from './parts.ts';
import { showPlace, showProof } from './show-entry.ts';
import { showCheckpoint, showTile } from './show-files.ts';
import { submitEntry } from './submit-entry.ts';
import { showSuccessor, takeSuccessor } from './take-successor.ts';

export function logbookApp(
  parts: LogbookParts,
  journal: Journal,
  metrics: Metrics,
  ready: () => boolean,
): ServiceApp {
  const app = createServiceApp({ name: parts.config.name, journal, metrics, callers: '*', ready });
  app.post('/entries', submitEntry(parts));
  app.get('/entries/by-key/:key', showPlace(parts));
  app.get('/entries/:index/proof', showProof(parts));
  app.get('/checkpoint', showCheckpoint(parts));
  app.get(`/${roundedCheckpointPath}`, showCheckpoint(parts, roundedCheckpointPath));
  app.get('/tile/*', showTile(parts));
  app.post('/trust-policies', takeSuccessor(parts));
  app.get('/trust-policies/:serial', showSuccessor(parts));
  app.get('/ceremony/identity', (c) => c.json(identityOf(parts)));
  return app;
}

/** What the logbook says of itself for the first trust policy. */
function identityOf({ config, key }: LogbookParts): PartyIdentity {
  return {
    name: config.name,
    title: config.title,
    origin: config.origin,
    signingKey: toBase64url(key.publicKey),
    logKey: formatVerifierKey(key),
  };
}
