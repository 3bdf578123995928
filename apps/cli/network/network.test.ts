/** What is wrong with a plan, an invitation, a folder: everything that is refused before anything runs. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { networkVerb } from '../network.ts';
import { examplePlan } from './example-plan.ts';
import { fingerprintOf, readInvitation } from './invitation.ts';
import { networkPlan, thresholdOf, witnessQuorumOf } from './plan.ts';

type Plan = typeof examplePlan;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answerable-network-'));
});

const call = async (...args: string[]) => {
  const said: string[] = [];
  const spies = [process.stderr, process.stdout].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => said.push(String(text)) > 0),
  );
  const status = await networkVerb.run(args).finally(() => {
    for (const spy of spies) spy.mockRestore();
  });
  return { status, said: said.join('') };
};

/** `init` with the example, changed; where the plan and the invitations are. */
async function init(change: (plan: Plan) => void = () => {}) {
  const [path, out] = [join(folder, 'network.json'), join(folder, 'invitations')];
  const plan = structuredClone(examplePlan);
  change(plan);
  writeFileSync(path, JSON.stringify(plan));
  return { ...(await call('init', '--plan', path, '--out', out)), out };
}

describe('network init', () => {
  it('writes an example, and from it a folder for each organisation with its own page and no secret', async () => {
    const path = join(folder, 'network.json');
    expect(await call('init', '--plan', path)).toMatchObject({ status: 0 });
    const { status, said, out } = await init();
    expect([status, readdirSync(out)]).toEqual([0, ['harbour', 'mill', 'orchard']]);
    expect(said).toContain('# Three Towns: what Harbour does');
    for (const name of ['harbour', 'mill', 'orchard']) {
      const page = readFileSync(join(out, name, 'START.md'), 'utf8');
      expect(page.includes('network found')).toBe(name === 'harbour');
      expect(page.includes('registrar.harbour.example')).toBe(name === 'harbour');
      expect(page).toContain(`keeper.${name}.example`);
      expect(page).not.toMatch(/undefined|\[object/);
      expect(page.split('\n').length).toBeLessThan(100);
      expect(readFileSync(join(out, name, 'invitation.json'), 'utf8')).not.toMatch(/token|secret/i);
    }
    expect((await init()).status).toBe(1);
  });

  it.each<[string, (plan: Plan) => void, string]>([
    [
      'two organisations with one name',
      ({ organisations: [a, b] }) => Object.assign(b!, { name: a!.name }),
      'one name',
    ],
    [
      'two organisations with one title',
      ({ organisations: [a, b] }) => Object.assign(b!, { title: ` ${a!.title.toUpperCase()}` }),
      'one title',
    ],
    [
      'one organisation in two seats of a ceremony',
      ({ organisations: [a, b] }) => Object.assign(b!.roles, { guardian: `${a!.roles.guardian}:8443` }),
      'on one host',
    ],
    [
      'two roles at one address',
      ({ organisations: [a] }) => Object.assign(a!.roles, { guardian: a!.roles.keeper }),
      'one address',
    ],
    [
      'two guardians only',
      ({ organisations: [, b] }) => Reflect.deleteProperty(b!.roles, 'guardian'),
      'run a guardian',
    ],
    [
      'two keepers only',
      ({ organisations: [, b] }) => Reflect.deleteProperty(b!.roles, 'keeper'),
      'run a keeper',
    ],
    [
      'registrar and logbook in one hand',
      ({ organisations: [a, b] }) => {
        Reflect.deleteProperty(b!.roles, 'logbook');
        Object.assign(a!.roles, { logbook: 'https://log.harbour.example' });
      },
      'of two organisations',
    ],
    [
      'two registrars',
      ({ organisations: [, b] }) => Object.assign(b!.roles, { registrar: 'https://r.mill.example' }),
      'one registrar',
    ],
    [
      'no wallet',
      ({ organisations: [, , c] }) => Reflect.deleteProperty(c!.roles, 'wallet'),
      'host of the wallet',
    ],
    [
      'an address without TLS',
      ({ organisations: [a] }) => Object.assign(a!.roles, { keeper: 'http://keeper.harbour.example' }),
      'https',
    ],
    ['a conductor from outside', (plan) => Object.assign(plan, { conductor: 'somebody' }), 'conductor'],
    ['a gateway without a forum', ({ organisations: [a] }) => Object.assign(a!, { forums: [] }), 'forums'],
    [
      'a gateway without a desk',
      ({ organisations: [a] }) => Reflect.deleteProperty(a!.roles, 'desk'),
      'desk',
    ],
    [
      'two forums with one name',
      ({ organisations: [a, b] }) => Object.assign(b!, { forums: a!.forums }),
      'Two forums',
    ],
    ['no way to join', (plan) => Object.assign(plan, { referees: false }), 'Nobody could join'],
    ['two organisations in all', (plan) => plan.organisations.pop(), 'organisations'],
    [
      'an address with a path',
      ({ organisations: [a] }) => Object.assign(a!.roles, { keeper: 'https://a.example/keeper' }),
      'organisations.0.roles.keeper',
    ],
    [
      'a field that nobody knows',
      (plan) => Object.assign(plan, { operatorToken: 'a-secret-of-the-operator' }),
      '(whole)',
    ],
  ])('refuses %s, and writes nothing', async (_sin, change, sentence) => {
    const { status, said, out } = await init(change);
    expect([status, existsSync(out)]).toEqual([1, false]);
    expect(said).toContain(sentence);
    expect(said).not.toContain('a-secret-of-the-operator');
  });

  it('knows how many are needed: never half of the witnesses, never guardians alone', () => {
    expect([3, 4, 5, 6, 7].map(thresholdOf)).toEqual([2, 2, 3, 3, 4]);
    expect(witnessQuorumOf(networkPlan.parse(examplePlan))).toBe(4);
  });
});

describe('network join', () => {
  const today = new Date().toISOString().slice(0, 10);
  const join_ = (out: string, name: string, data: string) =>
    call('join', join(out, name, 'invitation.json'), '--data', join(folder, data));

  it('draws secrets that only their owner reads, once, and shows none', async () => {
    const { out } = await init();
    const { status, said } = await join_(out, 'mill', 'mill');
    expect(status).toBe(0);
    const path = join(folder, 'mill', 'settings', 'guardian.json');
    const { operatorToken } = JSON.parse(readFileSync(path, 'utf8')) as { operatorToken: string };
    expect(said).not.toContain(operatorToken);
    expect(said).toContain(
      '  Orchard: keeper https://keeper.orchard.example, guardian https://guardian.orchard.example',
    );
    expect(readFileSync(join(folder, 'mill', 'card.json'), 'utf8')).not.toContain(operatorToken);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    // The same invitation again, into the same folder: nothing is drawn anew.
    expect((await join_(out, 'mill', 'mill')).status).toBe(1);
    expect(readFileSync(path, 'utf8')).toContain(operatorToken);
  });

  it('refuses an invitation that is over, for nobody, or changed on its way', async () => {
    const { out } = await init();
    const path = join(out, 'mill', 'invitation.json');
    const invited = readInvitation(path, today);
    const write = (name: string, value: unknown) => {
      const at = join(folder, name);
      writeFileSync(at, JSON.stringify(value));
      return at;
    };
    const dayAfter = new Date(Date.parse(invited.until) + 86_400_000).toISOString().slice(0, 10);
    expect(() => readInvitation(path, dayAfter)).toThrow('good until');
    expect(() => readInvitation(write('a.json', { ...invited, for: 'stranger' }), today)).toThrow(
      'not in its plan',
    );
    const plan = structuredClone(invited.plan);
    plan.organisations[0]!.roles.keeper = 'https://keeper.elsewhere.example';
    const changed = readInvitation(write('b.json', { ...invited, plan }), today);
    expect(fingerprintOf(changed)).not.toBe(fingerprintOf(invited));
    const longer = readInvitation(write('c.json', { ...invited, until: '2999-01-01' }), today);
    expect(fingerprintOf(longer)).not.toBe(fingerprintOf(invited));
  });

  it.each([
    [[]],
    [['dance']],
    [['join']],
    [['join', 'a', 'b']],
    [['run', 'a']],
    [['join', 'a', '--port', '80']],
  ])('refuses the call %j with status 2', async (args) =>
    expect(await call(...args)).toMatchObject({ status: 2 }),
  );

  it('says what comes first where nobody joined', async () => {
    for (const step of ['run', 'sign', 'found', 'check', 'link'])
      expect((await call(step, '--data', join(folder, 'none'))).said).toContain(
        '`answerable network join` comes first',
      );
  });
});
