/** What the command asks of the gateway that runs on this machine, with the token of its settings. */
import { ConfigRefused } from '@answerable/kit/config';
import { callJson } from '@answerable/kit/http-client';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import type { GatewaySettings } from './gateway-settings.ts';

const timeoutMs = 20_000;

export interface Ask {
  method?: 'GET' | 'POST';
  body?: unknown;
}

/** Nothing that is a gateway answers where the settings say. */
class NotRunning extends ConfigRefused {}

export async function askGateway<T>(
  { host, port, adminToken }: GatewaySettings,
  path: string,
  schema: z.ZodType<T>,
  ask: Ask = {},
): Promise<T> {
  const at = `http://${host}:${port}`;
  const headers = { authorization: `Bearer ${adminToken}` };
  try {
    return await callJson(`${at}${path}`, { ...ask, headers, schema, timeoutMs });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'unavailable') throw error;
    throw new NotRunning(
      `no gateway answers at ${at}. This needs \`answerable gateway run\`, on this machine.`,
    );
  }
}

const linkReply = z.object({ path: z.string() });
const peopleReply = z.object({
  people: z.array(z.object({ name: z.string(), role: z.string(), state: z.string() })),
});
const keysReply = z.object({
  keys: z.array(z.object({ serial: z.number(), from: z.string(), state: z.string() })),
});
const rotatedReply = z.object({ serial: z.number(), from: z.string(), drawn: z.boolean() });
const stateReply = z.looseObject({
  undone: z.looseObject({ waits: z.number(), byHand: z.number() }),
  trustPolicy: z.looseObject({ here: z.boolean(), listed: z.boolean(), serial: z.number().nullable() }),
  platforms: z.array(
    z.looseObject({ name: z.string(), title: z.string(), reached: z.string(), accounts: z.string() }),
  ),
});

/** `people`: who works at the console, or a new link for an admin. */
export async function people(settings: GatewaySettings, name: string | undefined): Promise<number> {
  if (name === undefined) {
    const found = await askGateway(settings, '/admin/people', peopleReply);
    if (found.people.length === 0)
      process.stdout.write('Nobody works here yet: answerable gateway people --new-link NAME\n');
    for (const one of found.people)
      process.stdout.write(`${one.name.padEnd(24)}${one.role.padEnd(12)}${one.state}\n`);
    return 0;
  }
  const { path } = await askGateway(settings, '/operator/sign-in-links', linkReply, { body: { name } });
  process.stdout.write(`\n  It opens once, for three days:\n\n  ${settings.origin}${path}\n\n`);
  return 0;
}

/** `keys`: which sign, or new ones. */
export async function keys(
  settings: GatewaySettings,
  rotate: boolean,
  stolen: boolean | undefined,
): Promise<number> {
  if (rotate) {
    const body = { why: stolen ? 'stolen' : 'time' };
    const made = await askGateway(settings, '/admin/keys/rotations', rotatedReply, { body });
    const already = made.drawn ? '' : ', made before';
    process.stdout.write(`Set ${made.serial} signs from ${made.from.slice(0, 10)}${already}.\n`);
    return 0;
  }
  const found = await askGateway(settings, '/admin/keys', keysReply);
  for (const { serial, from, state } of found.keys)
    process.stdout.write(`set ${serial}    from ${from.slice(0, 10)}    ${state}\n`);
  return 0;
}

/** `status`: what the gateway on this machine says of itself; nothing of anybody. */
export async function status(settings: GatewaySettings): Promise<number> {
  const at = `http://${settings.host}:${settings.port}`;
  const state = await askGateway(settings, '/admin/state', stateReply).catch((error) => {
    if (error instanceof NotRunning) return undefined;
    throw error;
  });
  if (!state) {
    process.stdout.write(`running   no: nothing answers at ${at}\n`);
    return 1;
  }
  const { waits, byHand } = state.undone;
  const undone = waits + byHand === 0 ? 'nothing' : `${waits} wait, ${byHand} for a person: see the console`;
  const { here, listed, serial } = state.trustPolicy;
  const policy = here
    ? `number ${serial}${listed ? '' : ', which does not list this gateway'}`
    : 'not here yet: what `run` prints says how to get it';
  process.stdout.write(`running   yes, at ${at}\npolicy    ${policy}\nundone    ${undone}\n`);
  for (const one of state.platforms)
    process.stdout.write(
      `platform  ${one.name}: ${one.title}, ${one.reached}, ${one.accounts === 'none' ? 'no' : one.accounts} accounts\n`,
    );
  return here && listed ? 0 : 1;
}
