/**
 * The clients of the practice provider: who may send people here, where they go back to, and the keys with
 * which the client proves itself.
 */
import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';

export interface Client {
  client_id: string;
  redirect_uris: readonly string[];
  /** one of the two: the client's public keys, or where they are */
  jwks?: JSONWebKeySet;
  jwks_uri?: string;
  /** for a client that proves itself with a secret instead of a key */
  client_secret?: string;
  /** told when somebody signs out */
  backchannel_logout_uri?: string;
  /** default: claims as GOV.UK One Login has them */
  flavour?: 'flat';
  /** shown on the page; default the id */
  name?: string;
  /** clients of one sector see the same subject; default the id */
  sector?: string;
}

export function findClient(clients: readonly Client[], id: string): Client | undefined {
  return clients.find((client) => client.client_id === id);
}

/** How to find the key that a client signed with. */
export function clientKeys(client: Client): JWTVerifyGetKey {
  if (client.jwks_uri !== undefined) return createRemoteJWKSet(new URL(client.jwks_uri));
  return createLocalJWKSet(client.jwks ?? { keys: [] });
}
