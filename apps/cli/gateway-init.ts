/** `answerable gateway init`: a settings file with secrets that are drawn here. Starts nothing, overwrites nothing. */
import { existsSync } from 'node:fs';
import { createFile, deskPortDefault, drawSecret, gatewaySettings, portDefault } from './gateway-settings.ts';
import { WrongCall } from './wrong-call.ts';

const loopback = /^(localhost|127\.\d+\.\d+\.\d+)$/;

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
    const fields = [...new Set(written.error.issues.map(({ path: [field] }) => optionOf(String(field))))];
    throw new WrongCall(`${fields.join(', ')}: missing or not of the expected shape. See --help.`);
  }
  const { desk } = written.data;
  for (const address of [origin, 'origin' in desk ? desk.origin : undefined])
    if (address?.startsWith('http:') && !loopback.test(new URL(address).hostname))
      throw new WrongCall('an address must be https://… unless it is localhost.');
  createFile(path, written.data);
  process.stdout.write(
    `Written: ${path}, for your eyes only. It holds secrets: back it up, and never share it.\n\n` +
      'Next: answerable gateway add nodebb --url https://forum.example.org\n' +
      '      (or discourse, mastodon, matrix, wordpress, bluesky, openid)\n' +
      'Then: answerable gateway run\n',
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
  if (origin === undefined || loopback.test(URL.canParse(origin) ? new URL(origin).hostname : ''))
    return { origin: `http://localhost:${port}`, port };
  throw new WrongCall('--with-desk needs --desk-origin: the address where people find the desk.');
}

const bare = (address: string | undefined) => address?.replace(/\/$/, '');
const optionOf = (field: string) =>
  ({ walletOrigin: '--wallet', relayDomain: '--relay-domain' })[field] ?? `--${field}`;
