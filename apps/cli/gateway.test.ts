/** `answerable gateway` before anything runs: what it writes, what it shows, and what it refuses. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requestSecondsDefault } from '@answerable/gateway/config';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { gatewayVerb } from './gateway.ts';
import { kinds, knownKinds } from './gateway-kinds.ts';
import { configOf, readSettings } from './gateway-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'answerable-gateway-cli-'));
let path = '';
let count = 0;
beforeEach(() => {
  path = join(folder, String(count++), 'gateway.json');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function call(...args: string[]): Promise<{ status: number; said: string }> {
  const said: string[] = [];
  const spies = [process.stderr, process.stdout].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  const status = await gatewayVerb.run([...args, '--config', path]).finally(() => {
    for (const spy of spies) spy.mockRestore();
    delete process.env.ANSWERABLE_TOKEN;
  });
  return { status, said: said.join('') };
}
const named = ['--name', 'gateway-town', '--origin', 'https://gateway.town.example'];
const begun = () => call('init', ...named, '--title', 'Town');
const forum = ['--url', 'https://forum.town.example'];
const written = () => JSON.parse(readFileSync(path, 'utf8'));
const config = () =>
  configOf(path, readSettings(path), {
    databaseUrl: 'none',
    mode: 'production',
    walletOrigin: 'https://wallet.example',
  });

describe('init', () => {
  it('writes settings that only their owner reads, once, and shows no secret', async () => {
    const { status, said } = await begun();
    const { operatorToken, ceremonyToken, adminToken, domainToken } = written();
    const secrets = [operatorToken, ceremonyToken, adminToken, domainToken];
    expect([status, statSync(path).mode & 0o777, new Set(secrets).size]).toEqual([0, 0o600, 4]);
    for (const secret of secrets) expect([secret.length >= 43, said.includes(secret)]).toEqual([true, false]);
    const before = readFileSync(path, 'utf8');
    expect((await begun()).status).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it.each<[string, string[]]>([
    ['no name', ['--origin', 'https://gateway.example']],
    ['a name with capitals', [...named, '--name', 'Town Gateway']],
    ['an address with a path', [...named, '--origin', 'https://example.org/gateway']],
    ['an address without TLS', [...named, '--origin', 'http://gateway.example']],
    ['a desk without TLS', [...named, '--with-desk', '--desk-origin', 'http://desk.example']],
    ['a desk here and a desk elsewhere', [...named, '--with-desk', '--desk', 'https://desk.example']],
    ['a desk in the same process that nobody could find', [...named, '--with-desk']],
    ['a port of the system', [...named, '--port', '80']],
    ['a domain for addresses that is none', [...named, '--relay-domain', 'a@b']],
    ['one word too many', ['twice', ...named]],
    ['an option of another step', [...named, '--url', 'https://forum.town.example']],
  ])('refuses %s with one sentence and status 2, and writes nothing', async (_sin, args) => {
    const { status, said } = await call('init', ...args);
    expect([status, said.trim().split('\n').length, existsSync(path)]).toEqual([2, 1, false]);
  });
});

it('init says what each option takes, and does not ask for what it has a default for', async () => {
  const { said } = await call('init', '--origin', 'gateway.town.example');
  expect(said).toContain('--name takes small letters');
  expect(said).toContain('--origin takes an address without a path, such as https://');
  expect(said).not.toContain('--title');
});

describe('add', () => {
  const extra: Record<string, string[]> = { openid: ['--callback', 'https://forum.town.example/back'] };

  it.each(kinds)('%s: settings that the gateway takes, and every word to type', async (kind) => {
    await begun();
    if (kind === 'bluesky') process.env.ANSWERABLE_TOKEN = 'admin-password-of-the-server';
    const { status, said } = await call('add', kind, ...forum, ...(extra[kind] ?? []));
    expect([status, said]).toEqual([0, expect.stringContaining('to try a sign-up')]);
    const [platform] = config().platforms;
    expect(platform?.policy).toMatchObject({ platform: 'forum', accountsMax: 1 });
    expect(platform?.policy.relayAddress ?? false).toBe(knownKinds[kind].needsAddress);
    if (kind !== 'bluesky') {
      const { clientSecret } = written().platforms[0];
      expect(said.split(clientSecret).length - 1).toBe(1);
      expect(platform!.redirectUris[0]).toMatch(/^https:\/\/forum\.town\.example\//);
    }
    for (const secret of ['apiToken', 'adminPassword'].map(
      (field) => JSON.stringify(written()).match(`"${field}":"([^"]+)"`)?.[1],
    ))
      if (secret) expect(said).not.toContain(secret);
  });

  it('wordpress: signing out leads back to any page of the site, and no account is named by its `sub`', async () => {
    await begun();
    const { said } = await call('add', 'wordpress', ...forum);
    const [platform] = config().platforms;
    expect(platform).toMatchObject({ postLogoutOrigins: ['https://forum.town.example'] });
    expect(said).toContain('OpenID Connect Client');
    expect(said).toMatch(/Identity Key +preferred_username\n/);
    // The gateway waits for an answer twice as long as a request lasts: the plugin must not forget it before.
    const [, seconds] = /State time limit +(\d+)\n/.exec(said) ?? [];
    expect(Number(seconds)).toBeGreaterThan(2 * requestSecondsDefault);
  });

  it('wordpress: draws the secret that the file there is told by, shows it once, and anew with connect', async () => {
    await begun();
    const shared = () => (config().platforms[0]!.connector as { secret: string }).secret;
    const { said } = await call('add', 'wordpress', ...forum);
    const first = shared();
    expect(said).toContain(`define( 'ANSWERABLE_SECRET', '${first}' );`);
    expect(first).not.toBe(written().platforms[0].clientSecret);
    const again = await call('connect', 'forum', '--kind', 'wordpress');
    expect(again.said).toContain(`'${shared()}'`);
    expect([again.status, shared()]).toEqual([0, expect.not.stringContaining(first)]);
    expect(config().platforms[0]!.connector).toMatchObject({ path: '/wp-admin/admin-post.php' });
  });

  it('nodebb: the fields as its plugin names them, and that the forum has to start again', async () => {
    await begun();
    const { said } = await call('add', 'nodebb', ...forum);
    for (const label of [
      'Name',
      'Authorization URL',
      'Token URL',
      'Client ID',
      'Client Secret',
      'User Info URL',
    ])
      expect(said).toMatch(new RegExp(`^  ${label} {2,}\\S`, 'm'));
    expect(said).toMatch(/^ {2}Adjustments > Automatically confirm emails… {2,}on$/m);
    expect(said).toContain('Restart');
    // The plugin has no such fields, and takes another key for the word only if it is told to.
    expect(said).not.toMatch(/ID field|Display name field|E-mail field/);
  });

  it('takes the platform’s token from the environment, never shows it, and says without one what is by hand', async () => {
    await begun();
    const without = await call('add', 'nodebb', ...forum);
    expect(without.said).toContain(`npx answerable gateway connect forum --kind nodebb --config ${path}`);
    process.env.ANSWERABLE_TOKEN = 'token-of-the-forum';
    const { status, said } = await call('connect', 'forum', '--kind', 'nodebb');
    expect([status, said.includes('token-of-the-forum')]).toEqual([0, false]);
    expect(written().platforms[0].connector).toMatchObject({ kind: 'nodebb', token: 'token-of-the-forum' });
  });

  it.each(['token of-the-forum-which-was-wrapped', 'token-of-the\nforum'])(
    'refuses a token with a blank inside, and changes nothing',
    async (token) => {
      await begun();
      process.env.ANSWERABLE_TOKEN = token;
      const { status, said } = await call('add', 'nodebb', ...forum);
      expect([status, said.includes('blank'), written().platforms]).toEqual([2, true, []]);
      expect(said).not.toContain('of-the');
    },
  );

  it('takes a token without the blanks around it', async () => {
    await begun();
    process.env.ANSWERABLE_TOKEN = ' token-of-the-forum\n';
    await call('add', 'nodebb', ...forum);
    expect(written().platforms[0].connector.token).toBe('token-of-the-forum');
  });

  it('leaves a policy that somebody wrote before as it is', async () => {
    await begun();
    const file = join(path, '..', 'policies', 'forum-1.json');
    await call('add', 'matrix', ...forum);
    const changed = { ...JSON.parse(readFileSync(file, 'utf8')), accountsMax: 3 };
    writeFileSync(file, JSON.stringify(changed));
    const settings = written();
    writeFileSync(path, JSON.stringify({ ...settings, platforms: [] }));
    expect((await call('add', 'matrix', ...forum)).status).toBe(0);
    expect(config().platforms[0]?.policy.accountsMax).toBe(3);
  });

  it.each<[string, string[]]>([
    ['no platform', []],
    ['a platform that there is not', ['myspace', ...forum]],
    ['no address', ['nodebb']],
    ['an address with a path', ['nodebb', '--url', 'https://town.example/forum']],
    ['an address without TLS', ['nodebb', '--url', 'http://forum.town.example']],
    ['a way back without TLS', ['openid', ...forum, '--callback', 'http://forum.town.example/back']],
    ['a name with a space', ['nodebb', ...forum, '--name', 'the forum']],
    ['another platform without its way back', ['openid', ...forum]],
    ['a way back that is no address', ['openid', ...forum, '--callback', 'back']],
    ['a server of the AT Protocol without its password', ['bluesky', ...forum]],
    ['a domain for addresses that is none', ['nodebb', ...forum, '--relay-domain', 'nowhere']],
  ])('refuses %s with one sentence and status 2, and changes nothing', async (_sin, args) => {
    await begun();
    const before = readFileSync(path, 'utf8');
    const { status, said } = await call('add', ...args);
    expect([status, said.trim().split('\n').length]).toEqual([2, 1]);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it('refuses the same name twice, and to begin without settings', async () => {
    expect((await call('add', 'nodebb', ...forum)).status).toBe(1);
    await begun();
    await call('add', 'nodebb', ...forum);
    expect((await call('add', 'discourse', ...forum)).status).toBe(2);
  });
});

describe('exit and remove', () => {
  const later = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  it('a day is set, and told; the end needs a word more', async () => {
    await begun();
    await call('add', 'nodebb', ...forum);
    expect((await call('exit', 'forum', '--on', later)).said).toContain(`leaves on ${later}`);
    expect(config().platforms[0]?.leaves).toBe(later);
    expect((await call('remove', 'forum')).status).toBe(2);
    expect((await call('remove', 'forum', '--now')).status).toBe(0);
    expect(config().platforms[0]?.leaves).toBe(new Date().toISOString().slice(0, 10));
    expect((await call('remove', 'forum', '--now')).status).toBe(2);
  });

  it.each<[string, string[]]>([
    ['a platform that there is not', ['exit', 'elsewhere', '--on', later]],
    ['a day that was', ['exit', 'forum', '--on', '2020-01-01']],
    ['a day that there is not', ['exit', 'forum', '--on', '2030-02-31']],
    ['no platform', ['remove', '--now']],
    ['keys that are danced with', ['keys', 'dance']],
  ])('refuses %s with status 2, and changes nothing', async (_sin, args) => {
    await begun();
    await call('add', 'nodebb', ...forum);
    const before = readFileSync(path, 'utf8');
    expect((await call(...args)).status).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });
});

describe('a gateway that does not run', () => {
  it('is said to be down by status, with 1', async () => {
    await begun();
    writeFileSync(path, JSON.stringify({ ...written(), port: 1024 }));
    expect(await call('status')).toMatchObject({ status: 1, said: expect.stringContaining('running   no') });
    const people = await call('people', '--new-link', 'Robin');
    expect([people.status, people.said]).toEqual([1, expect.stringContaining('no gateway answers at http')]);
  });

  it.each<[string, string[]]>([
    ['a port', ['run', '--port', '4690']],
    ['a name', ['status', '--name', 'forum']],
    ['an address', ['connect', 'forum', '--url', 'https://forum.town.example']],
  ])('does not pass over %s that the step does not take', async (_sin, args) => {
    await begun();
    const { status, said } = await call(...args);
    expect([status, said]).toEqual([2, expect.stringContaining(`takes no ${args.at(-2)}`)]);
  });

  it('says that settings cannot be read, and not that there are none', async () => {
    const loop = join(folder, 'loop.json');
    symlinkSync(loop, loop);
    path = loop;
    expect(await call('status')).toMatchObject({
      status: 1,
      said: expect.stringContaining('cannot be read'),
    });
  });

  it('does not start with settings that have a field that nobody knows, and does not repeat it', async () => {
    await begun();
    writeFileSync(path, JSON.stringify({ ...written(), tokn: 'a-secret-of-the-operator' }));
    const { status, said } = await call('run');
    expect([status, said.includes('a-secret-of-the-operator')]).toEqual([1, false]);
  });
});
