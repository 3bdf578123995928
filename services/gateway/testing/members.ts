/** People with accounts at one gateway, what they say from the wallet, and what their platform's server asks. */
import type { Credential } from '@answerable/core/presentation/credential';
import { withConnection } from '@answerable/kit/database';
import { postJson, type Scene } from './scene.ts';
import { signCall } from './wallet.ts';

export const apiToken = 'the-token-of-the-forum-with-thirty-two-characters';

export interface Member {
  person: Credential;
  slot: number;
  sub: string;
}

export interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: a reply of any address
  body: any;
}

export function membersOf(scene: Scene) {
  const rows = (text: string, values: unknown[] = []) =>
    withConnection(scene.databaseUrl, (run) => run(text, values));
  return {
    rows,
    async join(person: Credential, slot = 1, handle?: string): Promise<Member> {
      const { status, body, answer } = await scene.admit(person, { slot, ...(handle ? { handle } : {}) });
      if (status !== 200) throw new Error(body.code);
      const [row] = await rows('select sub from account where account_key = $1', [answer.accountKey]);
      return { person, slot, sub: String(row!.sub) };
    },
    async call({ person, slot }: Member, what: Parameters<typeof signCall>[3]): Promise<Reply> {
      const { origin } = scene.config;
      const scope = { protocol: 'openid', kind: 'platform', origin, platform: 'forum' } as const;
      const signed = signCall(person, scope, 'gateway', what, slot);
      const response = await postJson({ fetch }, `${origin}/account/calls`, signed);
      return { status: response.status, body: await response.json() };
    },
    /** As the platform's server; keeps what it hears in `heard`. */
    async ask(method: string, path: string, body: unknown, heard?: string[]): Promise<Reply> {
      const response = await fetch(`${scene.config.origin}/platform${path}`, {
        method,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      const headers = [...response.headers].filter(([name]) => name !== 'date' && !/request-id/.test(name));
      // What is drawn anew for every page: the nonce of its scripts.
      const plain = JSON.stringify(headers).replace(/'nonce-[^']+'/g, "'nonce'");
      heard?.push(`${method} ${path} ${JSON.stringify(body)}`, plain, text);
      return { status: response.status, body: JSON.parse(text) };
    },
  };
}
