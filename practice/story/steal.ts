/**
 * Chapter four: a thief steals every database, key and journal of registrar, gateways, forums and desk, and
 * brings a list of 100,000 names among which the real ones stand. First against the ban, to show that he knows
 * his trade; then here. Who judges his claims knows the truth; the thief does not.
 */
import { readFileSync } from 'node:fs';
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { encodeG1, hashToG1 } from '@answerable/core/curve';
import { label } from '@answerable/core/label';
import { DISCLOSABLE, type DisclosableField } from '@answerable/core/presentation/schema';
import { decodePresentation } from '@answerable/core/presentation/wire';
import { withConnection } from '@answerable/kit/database';
import { policySource } from '@answerable/kit/policy-source';
import { rootOfHashes } from '@answerable/log/verify/merkle';
import type { RoleName } from '@answerable/practice-constellation/network';
import { people } from '@answerable/practice-identity-provider/people';
import {
  type Break,
  breakOpen,
  type StolenAdmission,
  type StolenRecord,
} from '@answerable/practice-thief/break';
import { type Claims, claimsFrom, type Treasure } from '@answerable/practice-thief/claims';
import { type Loot, type Row, steal } from '@answerable/practice-thief/loot';
import { type ListedPerson, listOfNames } from '@answerable/practice-thief/names';
import { read, textMark, windows } from '@answerable/practice-thief/read';
import type { AdmissionRecord } from '@answerable/protocol/disclosure/filing';
import { scopeId } from '@answerable/protocol/scope';
import { identifiersOf } from '@answerable/registrar/evidence/normalise';
import { firstPeople, nameOf } from './join.ts';
import type { Step } from './step.ts';
import type { World } from './world.ts';

const banned: readonly RoleName[] = ['commons-of-the-ban', 'lantern-of-the-ban'];
const answerable: readonly RoleName[] = [
  'registrar',
  'gateway-commons',
  'gateway-lantern',
  'commons',
  'lantern',
  'desk',
];
const numberBytes = 32;
const numbersMax = 160;

const theft: Step = {
  id: 'steal',
  chapter: 'steal',
  title: 'A thief takes everything',
  says: 'Every database, key and journal of registrar, gateways, forums and desk, and a list of 100,000 names. First had the motion become law; then here.',
  needs: ['sign-up', 'under-the-ban'],
  async run(world, tell) {
    const real = people.map(({ givenName, familyName, birthDate }): ListedPerson => {
      return { name: `${givenName} ${familyName}`, birthDate };
    });
    const list = listOfNames(real);
    tell(`${list.length} names on the list, the real ones among them`);
    const ofTheBan = await rob(world, banned, list);
    tell(`the ban: ${ofTheBan.loot.rows.length} rows stolen`);
    const here = await rob(world, answerable, list);
    tell(`answerable: ${here.loot.rows.length} rows, ${here.loot.secrets.length} key files stolen`);
    const broken = tryKeys(world, here.loot, [...real, ...list]);
    tell(`${broken.tries} tries with stolen numbers as keys`);
    const under = judgeBan(ofTheBan.claims);
    const there = judgeHere(here.claims, broken, here.loot);
    const said = `The ban: all ${under.named} named. Answerable: ${there.named} named, ${there.linked} linked across forums or to a record.`;
    return {
      ok:
        under.named === firstPeople.length &&
        under.linked === firstPeople.length &&
        there.named === 0 &&
        there.linked === 0,
      lines: [
        said,
        `Against the ban he also joined ${under.linked} people across the two forums.`,
        `Here he made ${broken.tries} tries with stolen numbers as keys, hashed the whole list, tried the first ${broken.namesTriedOnTags} names on the tags (the real ones first), and joined every table with every other.`,
        `Known to the gateway of one forum, and so to him: people with more than one account there: ${there.withinForum}. Not tried: arrival times, order of rows, writing style, network addresses.`,
      ],
      learned: [{ party: 'The thief', what: 'under the ban everybody’s name; here nobody’s' }],
      figures: {
        listed: list.length,
        banNamed: under.named,
        banLinked: under.linked,
        answerableNamed: there.named,
        answerableLinked: there.linked,
        withinForum: there.withinForum,
        tries: broken.tries,
      },
    };
  },
};

export const stealSteps: readonly Step[] = [theft];

export interface Robbery {
  loot: Loot;
  claims: Claims;
}

/** Everything that these parties hold, and what the thief says after reading it and what else is `slipped` in. */
export async function rob(
  { network }: World,
  roles: readonly RoleName[],
  list: readonly ListedPerson[],
  slipped: readonly Row[] = [],
): Promise<Robbery> {
  const victims = roles.map((name) => {
    const { databaseUrl, dataDir } = network.roles[name];
    return { owner: name, databaseUrl, dataDir };
  });
  const known = await knownToAll(network);
  const loot = await steal(victims);
  loot.rows.push(...slipped);
  return { loot, claims: claimsFrom(loot, list, treasure, known) };
}

const treasure: Treasure = {
  accounts: [...banned, 'commons' as const, 'lantern' as const].map((owner) => ({
    owner,
    table: 'account',
    column: 'id',
  })),
  records: [{ owner: 'registrar', table: 'record', column: 'id' }],
  persons: (['commons', 'lantern'] as const).map((forum) => ({
    owner: `gateway-${forum}`,
    table: 'account',
    column: 'person',
    account: 'sub',
    forum,
  })),
};

/** Words of the protocols in the tables: the source is public, they join nobody. */
const ofTheSource = ['AuthorizationCode', 'authorization_code', 'over_13', 'reset_recent', 'threat-to-life'];

/** Every hash of the tree that can stand in a proof: over any run of entries that begins at a multiple of its span. */
function treeHashes(leaves: readonly Uint8Array[]): string[] {
  const found: string[] = [];
  for (let span = 1; span < 2 * leaves.length; span *= 2)
    for (let from = 0; from < leaves.length; from += span)
      for (let to = from + Math.floor(span / 2) + 1; to <= Math.min(from + span, leaves.length); to++)
        found.push(toBase64url(rootOfHashes(leaves.slice(from, to))));
  return found;
}

/**
 * What is public anyway joins nobody: the trust policy, the heads of the log, which are times, and the hashes of
 * its tree, which anybody computes from its tiles and which stand in every proof of a neighbour.
 */
async function knownToAll({ roles, policyPath }: World['network']): Promise<Set<string>> {
  const heads = await withConnection(roles.logbook.databaseUrl!, (run) =>
    run(`select convert_from(note, 'UTF8') as note from checkpoint`),
  );
  const known = new Set<string>();
  const leaves = await withConnection(roles.logbook.databaseUrl!, (run) =>
    run("select encode(leaf, 'hex') as leaf from entry order by index"),
  );
  const tree = treeHashes(leaves.map(({ leaf }) => new Uint8Array(Buffer.from(String(leaf), 'hex'))));
  const roots = heads.map(({ note }) => toBase64url(Buffer.from(String(note).split('\n')[2]!, 'base64')));
  const policy = [readFileSync(policyPath, 'utf8'), policySource(policyPath).hash()];
  for (const text of [
    ...ofTheSource,
    ...policy,
    ...heads.map(({ note }) => String(note)),
    ...roots,
    ...tree,
  ]) {
    const { atoms, texts } = read(text);
    for (const atom of atoms) for (const window of windows(atom)) known.add(window);
    for (const one of texts) known.add(textMark(one));
  }
  return known;
}

/** Who of the first people is named in the forums of the ban, and who is joined across the two. */
function judgeBan({ named, linked }: Claims): { named: number; linked: number } {
  const names = new Set(named.map(({ name }) => name));
  const nameAt = new Map(named.map(({ account, name }) => [account, name]));
  const joined = new Set(
    linked.flatMap(({ one, other }) => {
      const name = nameAt.get(one.account);
      return name !== undefined && name === nameAt.get(other.account) ? [name] : [];
    }),
  );
  const real = firstPeople.map(nameOf);
  return {
    named: real.filter((name) => names.has(name)).length,
    linked: real.filter((name) => joined.has(name)).length,
  };
}

/** Every claim counts against us here, right or wrong: there should be none. */
function judgeHere({ named, linked, records }: Claims, broken: Break, loot: Loot) {
  const many = new Map<string, Set<string>>();
  for (const { owner, table, value } of loot.rows) {
    const { person, sub } = value as { person?: string; sub?: string };
    if (!owner.startsWith('gateway-') || table !== 'account' || !person || !sub) continue;
    many.set(person, (many.get(person) ?? new Set()).add(sub));
  }
  return {
    named: named.length + broken.named.length,
    linked: linked.length + records.length + broken.linked.length + broken.records.length,
    withinForum: [...many.values()].filter((subs) => subs.size > 1).length,
  };
}

/** Every stolen number as a key, against everything that the thief knows to be locked. */
function tryKeys({ network }: World, loot: Loot, list: readonly ListedPerson[]): Break {
  const policy = policySource(network.policyPath).current();
  const tagInput = ({ name, birthDate }: ListedPerson) => {
    const [given = '', ...family] = name.split(' ');
    const evidence = { names: [{ given, family: family.join(' ') }], birthDate, documents: [] };
    const [weak] = identifiersOf({ ...nobody, ...evidence }).weak;
    return hashToG1(weak!, label('hashTag'));
  };
  return breakOpen({
    admissions: admissionsIn(loot),
    records: recordsIn(loot),
    numbers: numbersIn(loot),
    openingKey: fromBase64url(policy.opening.publicKey),
    list,
    tagInput,
  });
}

const nobody = { issuer: '', subject: '', residence: 'unknown', assurance: 'medium', idToken: '' } as const;

function admissionsIn({ rows }: Loot): StolenAdmission[] {
  return rows
    .filter(({ owner, table }) => owner.startsWith('gateway-') && table === 'account')
    .map(({ value }) => {
      const { sub, admission } = value as { sub: string; admission: AdmissionRecord };
      const { scope, platformPolicy } = admission.request;
      const octets = fromBase64url(admission.answer.presentation);
      const { pseudonym, escrow } = decodePresentation(octets, fieldsOf(platformPolicy.disclose));
      const text = (point: typeof pseudonym) => toBase64url(encodeG1(point));
      return {
        forum: scope.platform,
        account: sub,
        pseudonym: text(pseudonym),
        E0: text(escrow.E0),
        E1: text(escrow.E1),
        scope: scopeId(scope),
      };
    });
}

const fieldsOf = (asked: readonly DisclosableField[]): readonly DisclosableField[] =>
  DISCLOSABLE.filter((field) => asked.includes(field));

function recordsIn({ rows }: Loot): StolenRecord[] {
  const of = <T>(table: string) =>
    rows.filter((row) => row.owner === 'registrar' && row.table === table).map(({ value }) => value as T);
  const tags = of<{ element: string; record_id: string }>('tag');
  const leaves = of<{ record_point: string; sealed: string }>('leaf');
  return of<{ record_point: string; record_id: string; entropy: string }>('record_key').flatMap((key) => {
    const leaf = leaves.find((one) => one.record_point === key.record_point);
    const own = tags.filter((tag) => tag.record_id === key.record_id).map(({ element }) => element);
    return leaf
      ? [
          {
            record: key.record_id,
            recordPoint: key.record_point,
            entropy: key.entropy,
            sealed: leaf.sealed,
            tags: own,
          },
        ]
      : [];
  });
}

/** Every 32 bytes of a key file, then every 32-byte value of the registrar's tables. */
function numbersIn({ secrets, rows }: Loot): Uint8Array[] {
  const found = new Map<string, Uint8Array>();
  const add = (atom: string) => {
    const bytes = Buffer.from(atom, 'latin1');
    for (let at = 0; at + numberBytes <= bytes.length; at += numberBytes) {
      const number = new Uint8Array(bytes.subarray(at, at + numberBytes));
      if (found.size < numbersMax) found.set(Buffer.from(number).toString('hex'), number);
    }
  };
  for (const { content } of secrets) for (const atom of read(content.toString('utf8')).atoms) add(atom);
  for (const row of rows.filter(({ owner, table }) => owner === 'registrar' && table === 'record_key'))
    for (const atom of read(row.value).atoms) if (atom.length === numberBytes) add(atom);
  return [...found.values()];
}
