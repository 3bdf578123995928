/**
 * Somebody at the registrar's console, over HTTP: comes in by a link, makes a passkey, signs in with it, sends
 * forms. One browser profile, one device.
 */
import { Refusal, type RefusalCode, refusals } from '@answerable/protocol/refusal';
import { type SoftwarePasskey, softwarePasskey } from './software-passkey.ts';

type Fields = Record<string, string | readonly string[]>;

export interface ConsoleVisit {
  passkey: SoftwarePasskey;
  /** By a one-time link, as far as it leads: a passkey is made, and used to sign in. */
  comeIn(path: string): Promise<void>;
  signIn(): Promise<void>;
  page(path: string): Promise<{ status: number; text: string }>;
  /** A form, as a browser sends it. */
  send(path: string, fields: Fields): Promise<{ status: number; text: string }>;
  /** What a page's script sends. Throws the console's Refusal. */
  // biome-ignore lint/suspicious/noExplicitAny: what comes back differs by address
  post(path: string, body: unknown): Promise<any>;
}

/** `origin`: where the console is found. */
export function consoleVisit(origin: string): ConsoleVisit {
  const passkey = softwarePasskey(origin);
  let cookie = '';
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { cookie, ...(init.headers as Record<string, string>) };
    const answer = await fetch(origin + path, { ...init, headers, redirect: 'manual' });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer;
  };
  const csrf = async () => / name="csrf" value="([\w-]+)"/.exec(await (await ask('/you')).text())?.[1] ?? '';
  const said = async (answer: Response) => ({ status: answer.status, text: await answer.text() });
  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await ask(path, {
      method: 'POST',
      headers: cookie === '' ? headers : { ...headers, 'x-csrf-token': await csrf() },
      body: JSON.stringify(body),
    });
    const found = await answer.json();
    if (!answer.ok) throw refusalIn(found);
    return found;
  };
  const send = async (path: string, fields: Fields) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ csrf: await csrf(), ...fields }))
      for (const one of [value].flat()) body.append(name, one);
    return said(await ask(path, { method: 'POST', body }));
  };
  const signIn = async () => {
    cookie = '';
    const options = await post('/sign-in/passkey/challenge', {});
    await post('/sign-in/passkey', { response: passkey.use(options) });
  };

  return {
    passkey,
    post,
    send,
    signIn,
    page: async (path) => said(await ask(path)),
    async comeIn(path) {
      const token = new URL(path, origin).searchParams.get('token') ?? '';
      const answer = await ask('/join', { method: 'POST', body: new URLSearchParams({ token }) });
      if (answer.status !== 303) throw new Refusal('link_over');
      const options = await post('/you/passkeys/challenge', {});
      await post('/you/passkeys', { label: 'this device', response: passkey.make(options) });
      await signIn();
    },
  };
}

/** The registrar's first admin, by the operator's link. */
export async function firstAdmin(
  origin: string,
  operatorToken: string,
  name = 'Robin',
): Promise<ConsoleVisit> {
  const answer = await fetch(`${origin}/operator/sign-in-links`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${operatorToken}` },
    body: JSON.stringify({ name }),
  });
  const { path } = (await answer.json()) as { path: string };
  const visit = consoleVisit(origin);
  await visit.comeIn(path);
  return visit;
}

/** Invites somebody; their visit, signed in. */
export async function inviteTo(
  origin: string,
  admin: ConsoleVisit,
  who: { name: string; roles: readonly string[]; organisation?: string },
): Promise<ConsoleVisit> {
  const { text } = await admin.send('/people', { ...who, organisation: who.organisation ?? '' });
  const visit = consoleVisit(origin);
  await visit.comeIn(/\/join\?token=[\w-]+/.exec(text)?.[0] ?? '/join');
  return visit;
}

/** Adds an organisation; its id. */
export async function addOrganisation(
  admin: ConsoleVisit,
  { name, kind }: { name: string; kind: string },
): Promise<string> {
  await admin.send('/organisations', { name, kind });
  const { text } = await admin.page('/people');
  const options = [...text.matchAll(/<option value="([\w-]+)">([^<]*)</g)];
  return options.find(([, , title]) => title === name)?.[1] ?? '';
}

function refusalIn(found: unknown): Refusal {
  const { code, pointer } = found as { code?: string; pointer?: string };
  return code !== undefined && Object.hasOwn(refusals, code)
    ? new Refusal(code as RefusalCode, pointer)
    : new Refusal('unavailable');
}
