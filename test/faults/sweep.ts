/**
 * Everything hostile, to every address: each answer is a refusal of the one table in problem+json, says nothing
 * of what was sent, and the service is still there. An answer other than a no is fine where the message could
 * be read after all; a 5xx is not, but for a party that is away.
 */
import { Refusal, refusals } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import { describe, expect, it } from 'vitest';
import type { Address } from './addresses/address.ts';
import { addresses, readAddresses } from './addresses.ts';
import { canary, hostileBodies, hostileVersions, type Json } from './hostile.ts';
import type { Stage } from './stage.ts';

const together = 6;
const allowedAway = ['unavailable', 'not_ready'];
const tooDeepToSign = 'A'.repeat(86);

interface Sent {
  name: string;
  contentType: string;
  body: string;
  put?: string | undefined;
}

/** Faults found in one answer, as sentences; none if it is as it should be. */
async function faultsIn(
  response: Response,
  sent: Pick<Sent, 'name' | 'put'>,
  foreign = false,
): Promise<string[]> {
  const text = await response.text();
  const { status } = response;
  const faults: string[] = [];
  const note = (fault: string) => faults.push(`${sent.name}: ${fault}`);
  if (status < 400) return faults;
  if (text.includes(canary)) note('what was sent came back');
  if (sent.put && sent.put.length > 12 && text.includes(sent.put)) note('a value that was sent came back');
  if (foreign) {
    if (status >= 500) note(`${status}`);
    return faults;
  }
  if (response.headers.get('content-type') !== 'application/problem+json')
    return [...faults, `${sent.name}: ${status} ${response.headers.get('content-type')}`];
  const problem = JSON.parse(text) as {
    type: string;
    code: keyof typeof refusals;
    title: string;
    status: number;
  };
  if (!Object.hasOwn(refusals, problem.code)) note(`unknown code ${problem.code}`);
  else {
    const known = new Refusal(problem.code);
    if (status !== known.status || problem.status !== status) note(`${problem.code} with status ${status}`);
    if (problem.title !== known.message) note('another title than in the table');
  }
  if (status >= 500 && !allowedAway.includes(problem.code)) note(`${status} ${problem.code}`);
  const unknown = Object.keys(problem).filter(
    (key) => !['type', 'title', 'status', 'code', 'pointer'].includes(key),
  );
  if (unknown.length > 0) note(`more than a problem: ${unknown}`);
  return faults;
}

async function sendAll(stage: Stage, address: Address, all: Iterable<Sent>): Promise<string[]> {
  const { role, who } = address;
  const { origin } = stage.network.roles[role];
  const send = address.fetch?.(stage) ?? fetch;
  const found: string[] = [];
  const one = async ({ contentType, body, ...sent }: Sent) => {
    const headers = {
      'content-type': contentType,
      accept: 'application/json',
      ...(who ? stage.headersOf(who) : {}),
    };
    const path = address.path?.(stage) ?? address.route;
    try {
      const response = await send(origin + path, {
        method: address.method ?? 'POST',
        headers,
        body,
        redirect: 'manual',
      });
      found.push(...(await faultsIn(response, sent, address.foreign)));
    } catch (error) {
      found.push(`${sent.name}: no answer (${String((error as Error).cause ?? error)})`);
    }
  };
  const waiting = [...all];
  while (waiting.length > 0) await Promise.all(waiting.splice(0, together).map(one));
  const health = await fetch(`${origin}/health`);
  if (!health.ok) found.push(`afterwards /health says ${health.status}`);
  return found;
}

/** The body in which `message` is sent: signed, where that is possible at all. */
export function bodyOf(stage: Stage, { sign }: Address, message: Json): Json {
  if (!sign) return message;
  const { label, key } = sign(stage);
  try {
    return signMessage(key, label, message) as unknown as Json;
  } catch {
    return { message, signature: tooDeepToSign };
  }
}

async function* versionsOf(stage: Stage, address: Address): AsyncGenerator<Sent> {
  const message = await address.message!(stage);
  const sent = async (name: string, body: Json, put?: string): Promise<Sent> => ({
    name,
    put,
    contentType: 'application/json',
    body: JSON.stringify((await address.refresh?.(stage, body)) ?? body),
  });
  for (const { at, value, put } of hostileVersions(message))
    yield await sent(at, bodyOf(stage, address, value), put);
  if (!address.sign) return;
  const signed = bodyOf(stage, address, message) as { signature: Json };
  for (const { at, value } of hostileVersions(signed.signature))
    yield await sent(`signature ${at}`, { ...signed, signature: value });
  yield await sent('more around it', { ...signed, [canary]: canary });
}

const hostileWords = [
  '%00',
  `${canary}%00`,
  '%',
  '%C0%80',
  '%FF%FE',
  '%ED%A0%80',
  '..%2f..%2fetc%2fpasswd',
  '__proto__',
  'constructor',
  '-1',
  '1e309',
  '99999999999999999999',
  `${canary}'--`,
  encodeURIComponent(`\u202e${canary}`),
  'A'.repeat(5_000),
];

export function sweep(stage: () => Stage): void {
  describe('bodies that are no message', () => {
    it.each(addresses.map((address) => [address.role, address.route, address] as const))(
      'POST %s %s',
      async (_role, _route, address) => {
        const bodies = hostileBodies.map(([name, contentType, body]) => ({ name, contentType, body }));
        expect(await sendAll(stage(), address, bodies)).toEqual([]);
      },
    );
  });

  describe('messages with one value changed', () => {
    const read = addresses.filter(({ message }) => message);
    it.each(read.map((address) => [address.role, address.route, address] as const))(
      'POST %s %s',
      async (_role, _route, address) => {
        const all: Sent[] = [];
        for await (const one of versionsOf(stage(), address)) all.push(one);
        expect(await sendAll(stage(), address, all)).toEqual([]);
      },
    );
  });

  describe('addresses with what does not belong there', () => {
    it.each(readAddresses.map((one) => [one[0], one[1], one] as const))(
      'GET %s %s',
      async (role, pattern, [, , who]) => {
        const { origin } = stage().network.roles[role];
        const headers = { accept: 'application/json', ...(who ? stage().headersOf(who) : {}) };
        const found: string[] = [];
        for (const word of hostileWords) {
          const response = await fetch(origin + pattern.replaceAll('*', word), {
            headers,
            redirect: 'manual',
          });
          found.push(...(await faultsIn(response, { name: word.slice(0, 40), put: undefined })));
        }
        expect(found).toEqual([]);
      },
    );
  });
}
