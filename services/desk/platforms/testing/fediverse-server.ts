/** A server of the Fediverse with one actor, whose signed activities the desk gets: for tests only. */
import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { type Served, serve } from '@answerable/kit/serve';
import { Hono } from 'hono';

export interface FediverseServer {
  host: string;
  actor: string;
  /** how often its key was asked for */
  asked: number;
  /** what it says about its actor; changed to lie */
  document: (actor: string, pem: string) => unknown;
  /** Sends an activity to the desk at `at`, which calls itself `as`; with another body than was signed if told so. */
  send(
    at: string,
    as: string,
    activity: object,
    change?: { body?: string; date?: Date; keyId?: string },
  ): Promise<number>;
  close(): Promise<void>;
}

export const actorDocument = (actor: string, pem: string) => ({
  id: actor,
  type: 'Application',
  inbox: `${actor}/inbox`,
  publicKey: { id: `${actor}#main-key`, owner: actor, publicKeyPem: pem },
});

export async function fediverseServer(now: () => Date): Promise<FediverseServer> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
  const app = new Hono();
  app.get('/actor', (c) => {
    server.asked += 1;
    return c.json(server.document(server.actor, pem) as object);
  });
  const served: Served = await serve(app, { port: 0, host: '127.0.0.1' });
  const origin = served.origin.replace('localhost', '127.0.0.1');
  const server: FediverseServer = {
    host: new URL(origin).host,
    actor: `${origin}/actor`,
    asked: 0,
    document: actorDocument,
    send(at, as, activity, change = {}) {
      const body = JSON.stringify(activity);
      const path = '/platforms/activitypub/inbox';
      const headers: Record<string, string> = {
        host: new URL(as).host,
        date: (change.date ?? now()).toUTCString(),
        digest: `SHA-256=${createHash('sha256').update(body).digest('base64')}`,
        'content-type': 'application/activity+json',
      };
      const names = '(request-target) host date digest content-type';
      const lines = names
        .split(' ')
        .map((name) => (name.startsWith('(') ? `${name}: post ${path}` : `${name}: ${headers[name]}`));
      const signature = createSign('sha256').update(lines.join('\n')).sign(privateKey, 'base64');
      const keyId = change.keyId ?? `${server.actor}#main-key`;
      headers.signature = `keyId="${keyId}",algorithm="rsa-sha256",headers="${names}",signature="${signature}"`;
      return post(at, path, headers, change.body ?? body);
    },
    close: () => served.close(),
  };
  return server;
}

/** As fetch, but with a Host header of our own: the desk is called by another name than where it listens. */
function post(at: string, path: string, headers: Record<string, string>, body: string): Promise<number> {
  const { hostname, port } = new URL(at);
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const asked = httpRequest(
      { hostname, port, path, method: 'POST', headers: { ...headers, 'content-length': length } },
      (answer) => {
        answer.resume();
        answer.on('end', () => resolve(answer.statusCode ?? 0));
      },
    );
    asked.on('error', reject);
    asked.end(body);
  });
}
