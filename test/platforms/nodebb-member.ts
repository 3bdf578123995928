/** A member at a real NodeBB: signs up through its sign-in plugin with a real proof, and writes with the cookies of a browser. */
import type { Credential } from '@answerable/core/presentation/credential';
import { type Browser, browser } from '@answerable/gateway/testing/browser';
import { postJson, type Scene } from '@answerable/gateway/testing/scene';
import { answerAsNew } from '@answerable/gateway/testing/wallet';

export interface Said {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the forum says
  body: any;
}
export interface Member {
  browser: Browser;
  uid: number;
  username: string;
  person: Credential;
  slot: number;
  ask(method: string, address: string, body?: object | FormData): Promise<Said>;
}

// Without it the forum takes a browser for a search engine.
const agent = { 'user-agent': 'Mozilla/5.0 (X11; Linux x64) Chrome/147.0' };

/** A forum that has much to do says so (503), and is asked again. */
const triesMax = 40;
const pauseMs = 500;

async function answered(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await ask();
    if (response.status !== 503 || tries === triesMax) return response;
    await new Promise((done) => setTimeout(done, pauseMs));
  }
}

/** Somebody who reads, without an account. */
export function visitor(url: string): { browser: Browser; ask: Member['ask'] } {
  const mine = browser(agent);
  return {
    browser: mine,
    async ask(method, address, body) {
      const { csrf_token: csrf } = await (await mine.fetch(new URL('/api/config', url).href)).json();
      const form = body instanceof FormData;
      const init = {
        method,
        headers: { 'x-csrf-token': csrf, ...(body && !form ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: form ? body : JSON.stringify(body) } : {}),
      };
      const response = await answered(() => mine.fetch(new URL(address, url).href, init));
      const text = await response.text();
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
    },
  };
}

/** "Join with your wallet", to the end. Throws what went wrong on the way. */
export async function join(
  url: string,
  strategy: string,
  scene: Scene,
  who: Credential,
  slot = 1,
): Promise<Member> {
  const here = visitor(url);
  const { url: address } = await here.browser.follow(new URL(`/auth/${strategy}`, url).href);
  const request = await (await here.browser.fetch(`${address}/request`)).json();
  const chosen = { slot, checkpoint: scene.network.log.checkpoint() };
  const answer = answerAsNew(who, request, scene.network.policy, chosen);
  const response = await postJson(here.browser, `${address}/answer`, answer);
  const { resume, code } = await response.json();
  if (!resume) throw new Error(`the gateway refuses: ${code}`);
  let end = resume;
  await answered(async () => {
    const went = await here.browser.follow(end);
    end = went.url;
    return went.response!;
  });
  if (new URL(end).pathname === '/register/complete') {
    const agreed = { gdpr_agree_email: 'on', gdpr_agree_data: 'on', 'agree-terms': 'on' };
    await here.ask('POST', '/register/complete', agreed);
  }
  const { body } = await here.ask('GET', '/api/self');
  if (!body.uid) throw new Error(`not signed in; the way ended at ${new URL(end).pathname}`);
  return { ...here, uid: Number(body.uid), username: body.username, person: who, slot };
}
