/**
 * Starts the practice identity provider from its configuration. Refuses to in production.
 */
import type { Clock } from '@answerable/kit/clock';
import { refuseInProduction } from '@answerable/kit/config';
import { createJournal, type Journal } from '@answerable/kit/journal';
import { problemOf, problemResponse } from '@answerable/kit/problem';
import { type Served, serve } from '@answerable/kit/serve';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import type { Client } from './client.ts';
import { createIdentityProvider, type IdentityProvider } from './provider.ts';

export const identityProviderConfig = z.object({
  name: z.string().default('practice-identity-provider'),
  mode: z.enum(['production', 'practice']),
  host: z.string().default('127.0.0.1'),
  port: z.int().min(0).max(65_535),
  /** as browsers and services reach it; default from host and port */
  origin: z.url().optional(),
  dataDir: z.string().optional(),
  clients: z.array(
    z.object({
      client_id: z.string().min(1),
      redirect_uris: z.array(z.url()).min(1),
      jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }).optional(),
      jwks_uri: z.url().optional(),
      client_secret: z.string().min(16).optional(),
      backchannel_logout_uri: z.url().optional(),
      flavour: z.literal('flat').optional(),
      name: z.string().optional(),
      sector: z.string().optional(),
    }),
  ),
  frameAncestors: z.array(z.string()).default([]),
});
export type IdentityProviderConfig = z.input<typeof identityProviderConfig>;

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

/** Serves until close(). Throws ConfigRefused in production, PortTaken. */
export async function start(input: IdentityProviderConfig, parts: Parts = {}): Promise<Served> {
  const config = identityProviderConfig.parse(input);
  refuseInProduction('The practice identity provider', config.mode);
  // The port may be chosen by the system, and the provider needs its address: so the socket comes first.
  let provider: IdentityProvider | undefined;
  const app = {
    fetch: (request: Request, env: unknown) => provider?.app.fetch(request, env as object) ?? notYet(),
  };
  const served = await serve(app, { host: config.host, port: config.port });
  const origin = config.origin ?? `http://localhost:${served.port}`;
  try {
    provider = await createIdentityProvider({
      origin,
      clients: config.clients as Client[],
      mode: config.mode,
      frameAncestors: config.frameAncestors,
      journal: parts.journal ?? createJournal(config.name),
      ...(config.dataDir === undefined ? {} : { dataDir: config.dataDir }),
      ...(parts.clock === undefined ? {} : { clock: parts.clock }),
    });
  } catch (error) {
    await served.close();
    throw error;
  }
  return { ...served, origin };
}

function notYet(): Response {
  return problemResponse(problemOf(new Refusal('not_ready')));
}
