/** `answerable gateway init`: a settings file with secrets that are drawn here. Starts nothing, overwrites nothing. */
import { existsSync } from 'node:fs';
import {
  createFile,
  deskPortDefault,
  drawSecret,
  gatewaySettings,
  isLoopback,
  lacksTls,
  portDefault,
  saidWith,
} from './gateway-settings.ts';
import { WrongCall } from './wrong-call.ts';

export interface InitValues {
  name?: string | undefined;
  title?: string | undefined;
  origin?: string | undefined;
  port?: string | undefined;
  'with-desk'?: boolean | undefined;
  desk?: string | undefined;
  'desk-origin'?: string | undefined;
  wallet?: string | undefined;
  'relay-domain'?: string | undefined;
}

export function initGateway(path: string, values: InitValues): number {
  if (existsSync(path)) throw new WrongCall('there are settings already; nothing was changed.');
  const origin = bare(values.origin);
  const written = gatewaySettings.safeParse({
    name: values.name,
    title: values.title ?? values.name,
    origin,
    host: '127.0.0.1',
    port: values.port === undefined ? portDefault : Number(values.port),
    dataDir: '.',
    policyPath: 'trust.policy',
    ...(values.wallet === undefined ? {} : { walletOrigin: bare(values.wallet) }),
    operatorToken: drawSecret(),
    ceremonyToken: drawSecret(),
    adminToken: drawSecret(),
    domainToken: drawSecret(),
    desk: deskOf(values, origin),
    ...(values['relay-domain'] === undefined ? {} : { relayDomain: values['relay-domain'] }),
    platforms: [],
  });
  if (!written.success) {
    const wrong = new Set(written.error.issues.map(({ path: [field] }) => String(field)));
    // The title is the name unless something else is said.
    if (values.title === undefined) wrong.delete('title');
    const sentences = [...wrong].map((field) => expected[field] ?? `--${field} is not of the expected shape`);
    throw new WrongCall(`${sentences.join('; ')}.`);
  }
  const { desk } = written.data;
  for (const address of [origin, 'origin' in desk ? desk.origin : undefined])
    if (address !== undefined && lacksTls(address))
      throw new WrongCall('an address must be https://… unless it is localhost.');
  createFile(path, written.data);
  const elsewhere = saidWith(path);
  process.stdout.write(
    `Written: ${path}, for your eyes only. It holds secrets: back it up, and never share it.\n\n` +
      `Next: npx answerable gateway add nodebb --url https://forum.example.org${elsewhere}\n` +
      '      (or discourse, mastodon, matrix, wordpress, bluesky, openid)\n' +
      `Then: npx answerable gateway run${elsewhere}\n`,
  );
  return 0;
}

function deskOf(values: InitValues, origin: string | undefined): unknown {
  if (values.desk !== undefined && values['with-desk'])
    throw new WrongCall('--with-desk and --desk say two different things.');
  if (!values['with-desk']) return { at: bare(values.desk) ?? `http://127.0.0.1:${deskPortDefault}` };
  const port = deskPortDefault;
  const own = bare(values['desk-origin']);
  if (own !== undefined) return { origin: own, port };
  if (origin === undefined || isLoopback(origin)) return { origin: `http://localhost:${port}`, port };
  throw new WrongCall('--with-desk needs --desk-origin: the address where people find the desk.');
}

const bare = (address: string | undefined) => address?.replace(/\/$/, '');
const address = 'an address without a path, such as https://';
const expected: Record<string, string> = {
  name: '--name takes small letters, digits, dots and dashes, such as gateway-town',
  title: '--title takes 1 to 80 characters',
  origin: `--origin takes ${address}gateway.town.example`,
  desk: `--desk and --desk-origin take ${address}desk.town.example`,
  port: '--port takes a number from 1024 to 65535',
  walletOrigin: `--wallet takes ${address}wallet.town.example`,
  relayDomain: '--relay-domain takes a name such as members.town.example',
};
