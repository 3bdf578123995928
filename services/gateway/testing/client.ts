/** A platform's part of the code flow, request by request, so that each can send just what its software sends. */
import type { Credential } from '@answerable/core/presentation/credential';
import { signedAdmissionRequest } from '@answerable/protocol/admission/request';
import type { JWTPayload } from 'jose';
import { decodeJwt } from 'jose';
import type { PlatformConfig } from '../config.ts';
import { type Browser, browser } from './browser.ts';
import { postJson, type Scene, type Visit } from './scene.ts';
import { answerAsKnown, answerAsNew, type Choice } from './wallet.ts';

export interface Tokens {
  id_token: string;
  access_token: string;
  error?: string;
}

export interface Client {
  platform: PlatformConfig;
  /** Sends a browser with `query` and nothing else. */
  send(
    query: Record<string, string>,
    visitor?: Browser,
  ): Promise<{ url: string; response: Response | undefined }>;
  /** As `send`, up to the wallet. */
  arrive(query: Record<string, string>, visitor?: Browser): Promise<Visit>;
  /** From the answer back to the platform: what its callback address gets. */
  goOn(visit: Visit, answer: unknown): Promise<URLSearchParams>;
  signUp(
    person: Credential,
    query: Record<string, string>,
    choice?: Partial<Choice>,
  ): Promise<URLSearchParams>;
  signIn(person: Credential, query: Record<string, string>, slot?: number): Promise<URLSearchParams>;
  /** POST to the token address, form and headers just as given. */
  token(
    form: Record<string, string>,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Tokens }>;
  userInfo(accessToken: string, method?: 'GET' | 'POST'): Promise<Record<string, unknown>>;
}

export const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
});

export const claimsIn = (token: string): JWTPayload => decodeJwt(token);

export function clientOf(scene: Scene, name = 'forum'): Client {
  const { config, network } = scene;
  const platform = config.platforms.find((one) => one.name === name)!;
  const back = new URL(platform.redirectUris[0]!);
  const isBack = ({ origin, pathname }: URL) => origin === back.origin && pathname === back.pathname;
  const client: Client = {
    platform,
    send: (query, visitor = browser()) =>
      visitor.follow(`${config.origin}/oidc/auth?${new URLSearchParams(query)}`, isBack),
    async arrive(query, visitor = browser()) {
      const { url } = await client.send(query, visitor);
      const response = await visitor.fetch(`${url}/request`);
      return { browser: visitor, address: url, request: signedAdmissionRequest.parse(await response.json()) };
    },
    async goOn({ browser: visitor, address }, answer) {
      const response = await postJson(visitor, `${address}/answer`, answer);
      const { resume, code } = (await response.json()) as { resume?: string; code?: string };
      if (!resume) throw new Error(code);
      const { url } = await visitor.follow(resume, isBack);
      return new URL(url).searchParams;
    },
    async signUp(person, query, choice = {}) {
      const visit = await client.arrive(query);
      const chosen = { checkpoint: network.log.checkpoint(), ...choice };
      return client.goOn(visit, answerAsNew(person, visit.request, network.policy, chosen));
    },
    async signIn(person, query, slot = 1) {
      const visit = await client.arrive(query);
      return client.goOn(visit, answerAsKnown(person, visit.request, slot));
    },
    async token(form, headers = {}) {
      const response = await fetch(`${config.origin}/oidc/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        body: new URLSearchParams(form).toString(),
      });
      return { status: response.status, body: (await response.json()) as Tokens };
    },
    async userInfo(accessToken, method = 'GET') {
      const headers = { authorization: `Bearer ${accessToken}` };
      const response = await fetch(`${config.origin}/oidc/me`, { method, headers });
      return (await response.json()) as Record<string, unknown>;
    },
  };
  return client;
}
