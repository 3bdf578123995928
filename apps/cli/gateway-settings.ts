/**
 * The settings of one gateway that this command writes and reads: what services/gateway/config.ts says, with each
 * platform's policy in a file beside it, and with the desk that runs in the same process.
 * Must never: overwrite a file that somebody may have changed, or show a secret that was written before.
 */
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type GatewayConfig, gatewayConfig, platformFields } from '@answerable/gateway/config';
import { ConfigRefused, readConfigFile, token } from '@answerable/kit/config';
import { type PlatformPolicy, platformPolicy } from '@answerable/protocol/platform-policy';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const portDefault = 4680;
export const deskPortDefault = 4660;
const secretBytes = 32;
const port = z.int().min(1024).max(65_535);

const platform = platformFields
  .omit({ policy: true })
  /** relative to the settings */
  .extend({ policyFile: z.string().min(1).max(300) });
export type PlatformSettings = z.infer<typeof platform>;

const { relayDomain, requestSeconds, upkeepSeconds, proxies, replicas } = gatewayConfig.shape;
export const gatewaySettings = z.strictObject({
  name: wire.name,
  title: wire.text(80).min(1),
  origin: wire.origin,
  host: z.string().max(200),
  port,
  /** keys, journal and database; relative to the settings */
  dataDir: z.string().min(1),
  /** where the network's trust policy will be; relative to the settings */
  policyPath: z.string().min(1),
  /** absent: the first wallet that the trust policy lists */
  walletOrigin: wire.origin.optional(),
  /** changes policies, arms the emergency sign-in; never leaves this machine */
  operatorToken: token,
  /** for who conducts the founding of the network: it has the gateway sign the trust policy, and opens nothing else */
  ceremonyToken: token.optional(),
  /** for this command on this machine */
  adminToken: token,
  /** shared with the desk */
  domainToken: token,
  /** the desk in the same process, with its own public address; or `at`, where one runs by itself */
  desk: z.union([z.strictObject({ origin: wire.origin, port }), z.strictObject({ at: wire.origin })]),
  relayDomain,
  requestSeconds,
  upkeepSeconds,
  /** absent: one where the address is https, since the gateway itself speaks plain HTTP */
  proxies,
  replicas,
  databaseUrl: z.string().min(1).optional(),
  deskDatabaseUrl: z.string().min(1).optional(),
  platforms: z.array(platform).max(50),
});
export type GatewaySettings = z.infer<typeof gatewaySettings>;

/** Where the settings are that `--config` names; those of this folder if it names none. */
export const settingsPath = (config: string | undefined): string =>
  resolve(config ?? join('gateway-data', 'gateway.json'));

const loopback = /^(localhost|127\.\d+\.\d+\.\d+)$/;
export const isLoopback = (address: string): boolean =>
  URL.canParse(address) && loopback.test(new URL(address).hostname);
/** Whoever stands in between could read it: only on this machine is that nobody. */
export const lacksTls = (address: string): boolean => address.startsWith('http:') && !isLoopback(address);

/** What a command says after itself where settings are elsewhere, so that the line can be copied whole. */
export const saidWith = (path: string): string =>
  path === settingsPath(undefined) ? '' : ` --config ${path}`;

export const drawSecret = (): string => randomBytes(secretBytes).toString('base64url');

/** Throws ConfigRefused with a sentence. */
export function readSettings(path: string): GatewaySettings {
  if (!isThere(path))
    throw new ConfigRefused(
      `there are no settings at ${path}: begin with \`npx answerable gateway init\`, or say with --config where they are.`,
    );
  return readConfigFile(path, gatewaySettings);
}

/** Settings that this user may not see are there all the same: nobody should begin anew beside them. */
function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT';
  }
}

/** New settings, for their owner only. Throws if there are some. */
export function createFile(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, asText(value), { mode: 0o600, flag: 'wx' });
}

/** The same settings with a change: whole, or as they were. */
export function replaceSettings(path: string, value: GatewaySettings): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, asText(gatewaySettings.parse(value)), { mode: 0o600, flag: 'wx' });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
}

/** Throws ConfigRefused. */
export function readPolicyFile(
  path: string,
  { policyFile }: Pick<PlatformSettings, 'policyFile'>,
): PlatformPolicy {
  return readConfigFile(resolve(dirname(path), policyFile), platformPolicy);
}

/** What the service is started with. Throws ConfigRefused naming the fields. */
export function configOf(
  path: string,
  settings: GatewaySettings,
  own: { databaseUrl: string; mode: GatewayConfig['mode']; walletOrigin: string },
): GatewayConfig {
  const { desk, deskDatabaseUrl: _, dataDir, policyPath, platforms, walletOrigin, ...rest } = settings;
  const at = (relative: string) => resolve(dirname(path), relative);
  const given = {
    ...rest,
    ...own,
    walletOrigin: walletOrigin ?? own.walletOrigin,
    proxies: rest.proxies ?? (rest.origin.startsWith('https:') ? 1 : 0),
    dataDir: at(dataDir),
    policyPath: at(policyPath),
    desk: { origin: 'at' in desk ? desk.at : `http://127.0.0.1:${desk.port}` },
    platforms: platforms.map(({ policyFile, ...fields }) => ({
      ...fields,
      policy: readPolicyFile(path, { policyFile }),
    })),
  };
  const checked = gatewayConfig.safeParse(given);
  if (checked.success) return given as GatewayConfig;
  const fields = checked.error.issues.map((issue) => issue.path.join('.') || '(whole)');
  throw new ConfigRefused(`${path} is not usable; missing or wrong: ${[...new Set(fields)].join(', ')}.`);
}

/** The file of a platform's first policy, beside the settings. */
export const policyFileOf = (name: string): string => join('policies', `${name}-1.json`);

export const readText = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8') : undefined;

const asText = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
