/**
 * `answerable gateway add`: one more platform in the settings, with a policy file to start from, and on the screen
 * exactly what to type there. The client secret is shown now and never again.
 */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { platformPolicy } from '@answerable/protocol/platform-policy';
import { trustPolicyFile } from '@answerable/protocol/trust-policy';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { type Address, type Client, clientOf, type Kind, kinds, knownKinds } from './gateway-kinds.ts';
import {
  createFile,
  drawSecret,
  type GatewaySettings,
  gatewaySettings,
  lacksTls,
  type PlatformSettings,
  policyFileOf,
  readSettings,
  readText,
  replaceSettings,
  saidWith,
} from './gateway-settings.ts';
import { WrongCall } from './wrong-call.ts';

export interface AddValues {
  url?: string | undefined;
  name?: string | undefined;
  title?: string | undefined;
  callback?: string | undefined;
  logout?: string | undefined;
  'act-as'?: string | undefined;
  kind?: string | undefined;
  'relay-domain'?: string | undefined;
}

export function addPlatform(...given: Parameters<typeof withPlatform>): number {
  process.stdout.write(withPlatform(...given));
  return 0;
}

/** Adds it to the settings; what somebody types there, with the secret. */
export function withPlatform(
  path: string,
  word: string | undefined,
  values: AddValues,
  token: string | undefined,
): string {
  const kind = kinds.find((one) => one === word);
  if (!kind) throw new WrongCall(`say which platform: ${kinds.join(', ')}.`);
  const settings = readSettings(path);
  const at = addressOf(values, settings);
  const known = knownKinds[kind];
  if (settings.platforms.some(({ name }) => name === at.name))
    throw new WrongCall('there is a platform of that name already; choose another with --name.');
  if (kind === 'openid' && !values.callback)
    throw new WrongCall('--callback: say where the platform takes people back to.');
  if (kind === 'bluesky' && token === undefined)
    throw new WrongCall(`give the token in ANSWERABLE_TOKEN or with --token-stdin: ${known.token}.`);
  const client = { clientId: at.name, clientSecret: drawSecret() };
  const shared = known.obeys ? drawSecret() : token;
  const platform = {
    name: at.name,
    ...clientOf(kind, at, client, values),
    apiToken: drawSecret(),
    // Without a token every act is by hand, and said so; `connect` gives it later.
    connector:
      known.token === undefined || token !== undefined
        ? known.connector(at, shared, values['act-as'])
        : { kind: 'by-hand', name: at.name, origin: at.origin },
    policyFile: policyFileOf(at.name),
  } as PlatformSettings;
  const relayDomain = known.needsAddress
    ? (values['relay-domain'] ?? settings.relayDomain ?? `members.${new URL(settings.origin).hostname}`)
    : settings.relayDomain;
  const changed = { ...settings, platforms: [...settings.platforms, platform], relayDomain };
  const checked = gatewaySettings.safeParse(changed);
  if (!checked.success)
    throw new WrongCall(`${fieldOf(checked.error)}: not of the expected shape. See --help.`);
  writePolicy(path, policyFor(kind, at, values.title, settings, path));
  replaceSettings(path, checked.data);
  const obeys = known.obeys?.(shared ?? '') ?? [];
  return whatToType(kind, at, client, { platform, obeys }, checked.data, saidWith(path));
}

/** `connect`: the connector's token, given later or anew. */
export function connectPlatform(
  path: string,
  name: string | undefined,
  values: AddValues,
  token: string | undefined,
): number {
  const settings = readSettings(path);
  const found = settings.platforms.find((one) => one.name === name);
  if (!found?.connector) throw new WrongCall('say which platform; status lists them.');
  const { origin } = found.connector;
  const kind = kinds.find((one) => one === (values.kind ?? found.connector?.kind));
  const known = kind && knownKinds[kind];
  if (!known || !origin || !(known.token || known.obeys))
    throw new WrongCall(
      'say --kind nodebb, discourse, mastodon, wordpress or bluesky: others are done by hand.',
    );
  const shared = known.obeys ? drawSecret() : token;
  if (shared === undefined)
    throw new WrongCall(`give the token in ANSWERABLE_TOKEN or with --token-stdin: ${known.token}.`);
  const at = { origin, name: found.name, gateway: settings.origin };
  const connector = known.connector(at, shared, values['act-as']);
  const changed = settings.platforms.map((one) => (one === found ? { ...one, connector } : one));
  const checked = gatewaySettings.safeParse({ ...settings, platforms: changed });
  if (!checked.success) throw new WrongCall('the token is not of the expected shape.');
  replaceSettings(path, checked.data);
  const obeys = (known.obeys?.(shared) ?? []).map((line) => `${line}\n`).join('');
  process.stdout.write(`${obeys}Kept. Start the gateway anew: npx answerable gateway run${saidWith(path)}\n`);
  return 0;
}

function addressOf(values: AddValues, { origin: gateway }: GatewaySettings): Address {
  const origin = values.url?.replace(/\/+$/, '') ?? '';
  if (!wire.origin.safeParse(origin).success)
    throw new WrongCall(
      '--url takes the platform’s address without a path, such as https://forum.example.org.',
    );
  if ([origin, values.callback].some((one) => one !== undefined && lacksTls(one)))
    throw new WrongCall(
      'a platform’s address must be https://… unless it is localhost: a secret goes there.',
    );
  const name = values.name ?? new URL(origin).hostname.split('.')[0] ?? '';
  if (!wire.name.safeParse(name).success)
    throw new WrongCall('--name takes small letters, digits, dots and dashes.');
  return { origin, name, gateway };
}

function policyFor(
  kind: Kind,
  at: Address,
  title: string | undefined,
  settings: GatewaySettings,
  path: string,
) {
  return platformPolicy.parse({
    v: 1,
    platform: at.name,
    title: title ?? new URL(at.origin).hostname,
    accountsMax: 1,
    disclose: [],
    grounds: groundsOf(resolve(dirname(path), settings.policyPath)),
    sanctionsHoldThePerson: true,
    resetNeedsModerator: true,
    ...(knownKinds[kind].needsAddress ? { relayAddress: true } : {}),
  });
}

/** On what an account can be opened begins with all that the network allows, once its policy is here. */
function groundsOf(policyPath: string): string[] {
  const text = readText(policyPath);
  if (text === undefined) return [];
  const read = z.object({ policy: trustPolicyFile.shape.policy }).safeParse(JSON.parse(text));
  return read.success ? read.data.policy.grounds.map(({ id }) => id) : [];
}

function writePolicy(path: string, policy: z.infer<typeof platformPolicy>): void {
  const file = resolve(dirname(path), policyFileOf(policy.platform));
  // A policy that somebody wrote before stays: it may say more than ours.
  if (!existsSync(file)) createFile(file, policy);
}

function whatToType(
  kind: Kind,
  at: Address,
  client: Client,
  { platform, obeys }: { platform: PlatformSettings; obeys: readonly string[] },
  settings: GatewaySettings,
  elsewhere: string,
): string {
  const known = knownKinds[kind];
  const fields = known.fields(at, client);
  const width = Math.max(...fields.map(([label]) => label.length)) + 2;
  const lines = [
    `${known.title}: added as "${at.name}".`,
    '',
    `Type there, at ${known.where}:`,
    '',
    ...fields.map(([label, value]) => `  ${label.padEnd(width)}${value}`),
    '',
    ...(known.after ? [known.after, ''] : []),
    kind === 'bluesky'
      ? 'The admin password is in the settings; keep that file to yourself.'
      : 'The secret is shown this once; it is in the settings file, and nowhere else.',
  ];
  if (platform.backchannelLogoutUri)
    lines.push(`Sessions that end are told to ${platform.backchannelLogoutUri}`);
  if (known.needsAddress)
    lines.push(
      `Members get an address at ${settings.relayDomain}. Mail to it is thrown away (docs/leaving.md).`,
    );
  if (obeys.length > 0) lines.push('', ...obeys);
  if (known.token !== undefined && platform.connector?.kind === 'by-hand')
    lines.push(
      '',
      'Sanctions are done by hand there until you give the gateway a token:',
      `  ${known.token}`,
      `  ANSWERABLE_TOKEN=… npx answerable gateway connect ${at.name} --kind ${kind}${elsewhere}`,
    );
  lines.push(
    '',
    `Its policy begins as ${platform.policyFile}: read it, and put in the grounds of your network (docs/platform-policy.md).`,
    `Its page: docs/platforms/${kind === 'openid' ? 'other' : kind}.md`,
    '',
    `Then: npx answerable gateway run${elsewhere} (anew, if it runs already), and to try a sign-up ${known.tryIt(at)}.`,
    '',
  );
  return lines.join('\n');
}

const fieldOf = ({ issues }: z.ZodError) => {
  const path = issues[0]?.path ?? [];
  const field = String(path.at(-1) ?? '');
  if (path.includes('redirectUris')) return '--callback';
  return (
    { backchannelLogoutUri: '--logout', relayDomain: '--relay-domain', token: 'the token' }[field] ??
    'the call'
  );
};
