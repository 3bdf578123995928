/**
 * After the flows: what each party holds, against what the protocol's first table lets it know (PROTOCOL §0,
 * §8, §10). The table below is exact, so that a search that finds nothing anywhere fails too; each test has a
 * control that shows that what it looks for would be found.
 */
import { type RoleName, roleNames } from '@answerable/practice-constellation/network';
import { people } from '@answerable/practice-identity-provider/people';
import { player } from '@answerable/practice-story/cast';
import { firstPeople } from '@answerable/practice-story/join';
import { rob } from '@answerable/practice-story/steal';
import type { World } from '@answerable/practice-story/world';
import { logEntry } from '@answerable/protocol/log/entries';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Cupboards, openCupboards, readable } from './cupboards.ts';
import { instantColumns, lastingInstants } from './instants.ts';
import { entriesOf, privateParts, strangeWords } from './look-closer.ts';
import { answersThatRepeat, planted } from './probe-errors.ts';
import { holds, type Kind, kinds, kindsIn, namedIn, type Traces, tracesLeft } from './traces.ts';

const timeoutMs = 300_000;
const everybody = [...firstPeople, 'newcomer'];

/** Names, birth dates, documents and addresses: the forums of the ban, and the one opened account. */
const knowsNames: Partial<Record<RoleName, readonly string[]>> = {
  'commons-of-the-ban': firstPeople,
  'lantern-of-the-ban': firstPeople,
  authority: ['hounder'],
};

const knows: Partial<Record<RoleName, readonly Kind[]>> = {
  registrar: ['entropy', 'record keys'],
  'gateway-commons': [
    'pseudonyms at Commons',
    'account keys at Commons',
    'subs at Commons',
    'handles at Commons',
  ],
  'gateway-lantern': [
    'pseudonyms at Lantern',
    'account keys at Lantern',
    'subs at Lantern',
    'handles at Lantern',
  ],
  commons: ['subs at Commons', 'handles at Commons'],
  lantern: ['subs at Lantern', 'handles at Lantern'],
  desk: ['subs at Commons'],
};

/** Columns with a time finer than a day: until when something counts, and never when somebody came. */
const instantsAllowed: Partial<Record<RoleName, readonly string[]>> = {
  registrar: [
    'log_outbox.since',
    'record.reset_asked',
    'session.expires',
    'staff_link.until',
    'staff_session.until',
  ],
  'gateway-commons': [
    'api_token.until',
    'bluesky_invitation.expires_at',
    'bluesky_join.expires_at',
    'break_glass_code.expires_at',
    'claim_code.expires_at',
    'log_head.seen_at',
    'log_outbox.since',
    'oidc_state.expires_at',
    'request.expires_at',
    'sanction.starts_at',
    'spent_call.expires_at',
    'staff_link.until',
    'staff_session.until',
    'telling.leased_until',
    'telling.next_at',
    'telling.since',
  ],
};

/** Registers the tests; they run in the order in which they stand here, after the flows. */
export function checkCupboards(given: () => World): void {
  let cupboards: Cupboards;
  let traces: Traces;
  let repeated: string[];
  beforeAll(async () => {
    const world = given();
    repeated = await answersThatRepeat(world.network);
    cupboards = await openCupboards(world.network);
    traces = await tracesLeft(
      world,
      everybody.map((id) => player(world, id)),
    );
  }, timeoutMs);

  describe('who somebody is', () => {
    it('stands with nobody but the forums of the ban, and once with the authority', () => {
      const found = roleNames.map((name) => [name, namedIn(cupboards[name], everybody)]);
      expect(Object.fromEntries(found)).toEqual(expected(knowsNames));
    });

    it('would be found, in clear or packed', () => {
      const note = JSON.stringify({ who: 'Rowan Ashdown' });
      const places = [{ note }, { note: Buffer.from(note).toString('base64url') }, `asked by ${note}`];
      for (const place of places) expect(namedIn(readable([place]), everybody)).toEqual(['survivor']);
    });
  });

  describe('what joins', () => {
    it('is held by whom the protocol says, and by nobody else', () => {
      for (const kind of kinds) expect(traces[kind].length, kind).toBeGreaterThan(2);
      const found = roleNames.map((name) => [name, kindsIn(cupboards[name], traces)]);
      expect(Object.fromEntries(found)).toEqual(expected(knows));
    });

    it('would be found, each kind, also inside something longer', () => {
      for (const kind of kinds) {
        const [trace] = traces[kind];
        const octets = typeof trace === 'string' ? Buffer.from(trace) : Buffer.from(trace!);
        const longer = Buffer.concat([Buffer.from('before:'), octets, Buffer.from(':after')]);
        expect(kindsIn(readable([{ blob: longer.toString('base64url') }]), traces)).toContain(kind);
      }
    });

    it('is in no journal and no metrics', () => {
      for (const { owner, journal, metrics } of Object.values(cupboards)) {
        const said = readable([...journal.split('\n'), ...metrics.split('\n')]);
        expect(kindsIn(said, traces), owner).toEqual([]);
        expect(namedIn(said, everybody), owner).toEqual([]);
        expect([...strangeWords(journal), ...strangeWords(metrics)], owner).toEqual([]);
      }
      const { journal } = cupboards.desk;
      expect(journal.split('\n').length).toBeGreaterThan(20);
      const [sub] = traces['subs at Commons'];
      expect(strangeWords(`${journal}{"route":"/accounts/${String(sub)}"}`)).toHaveLength(1);
    });
  });

  describe('a thief who joins every row with every other', () => {
    // The log is public anyway; the authority holds the one account that was opened.
    const spared: RoleName[] = ['commons-of-the-ban', 'lantern-of-the-ban', 'authority', 'logbook'];
    const stolen = roleNames.filter((name) => !spared.includes(name));
    const list = people.map(({ givenName, familyName, birthDate }) => ({
      name: `${givenName} ${familyName}`,
      birthDate,
    }));
    const subs = async (at: 'Commons' | 'Lantern') => {
      const left = await tracesLeft(given(), [player(given(), 'closeted')]);
      return left[`subs at ${at}`][0];
    };

    it('names nobody and links nothing, though he has the guardians and keepers too', async () => {
      const { claims } = await rob(given(), stolen, list);
      expect(claims).toEqual({ named: [], linked: [], records: [] });
    });

    it('would link two accounts by one row too many, and an account to its record', async () => {
      const note = { here: await subs('Commons'), there: await subs('Lantern') };
      const [record] = cupboards.registrar.rows.filter(({ table }) => table === 'record');
      const { id } = record!.value as { id: string };
      const slipped = [{ owner: 'desk', table: 'note', value: { ...note, id } }];
      const { claims } = await rob(given(), stolen, list, slipped);
      expect(claims.linked).toHaveLength(1);
      expect(new Set(claims.records.map(({ record: one }) => one))).toEqual(new Set([id]));
    });
  });

  describe('each party', () => {
    it('registrar and keepers: no platform', () => {
      const platforms = (name: RoleName) => /commons|lantern/i.test(cupboards[name].text);
      const asked: RoleName[] = ['registrar', 'keeper-1', 'keeper-2', 'keeper-3'];
      expect(asked.filter(platforms)).toEqual([]);
      expect(platforms('gateway-commons')).toBe(true);
    });

    it('guardians: the one case that was filed, and no share of it by who did not judge', () => {
      const tables = ['case_file', 'case_reply', 'share_release', 'identity_release', 'case_notice'];
      const held = (name: RoleName) => {
        const rows = cupboards[name].rows.filter(({ table }) => tables.includes(table));
        const cases = new Set(rows.map(({ value }) => (value as { case_id: string }).case_id));
        return { cases: cases.size, released: rows.some(({ table }) => table === 'share_release') };
      };
      expect(held('guardian-1')).toEqual({ cases: 1, released: true });
      expect(held('guardian-3')).toEqual({ cases: 1, released: false });
      const others = new Set([...tables, 'refusals_given', 'log_outbox', 'witnessed_head', 'migration']);
      const strange = cupboards['guardian-1'].rows.filter(({ table }) => !others.has(table));
      expect(strange).toEqual([]);
    });

    it('keepers: hashes, counts and days', () => {
      const kept = (name: RoleName) =>
        cupboards[name].rows
          .filter(({ table }) => !['migration', 'log_outbox', 'witnessed_head'].includes(table))
          .flatMap(({ value }) => Object.values(value as object));
      const plain = /^([\w-]{22}|[\w-]{43}|\d{4}-\d{2}-\d{2}|(tag|recall)-[a-z]+)$/;
      for (const name of ['keeper-1', 'keeper-2', 'keeper-3'] as const) {
        const values = kept(name).filter((value) => value !== null && typeof value !== 'number');
        expect(values.filter((value) => !plain.test(String(value)))).toEqual([]);
        expect(values.length).toBeGreaterThan(20);
      }
    });

    it('a key is in its own file, closed to others, and nowhere else', () => {
      for (const { owner, files } of Object.values(cupboards)) {
        const open = files.filter(({ file, mode }) => !file.startsWith('log/') && mode & 0o077);
        expect(open.map(({ file }) => `${owner}/${file}`)).toEqual([]);
      }
      for (const { owner, files } of Object.values(cupboards))
        for (const key of files.flatMap(privateParts)) {
          const others = Object.values(cupboards).filter((one) => one.owner !== owner && holds(one, key));
          expect(others.map((one) => one.owner)).toEqual([]);
          const { rows, journal, metrics } = cupboards[owner];
          expect(holds(readable([...rows, journal, metrics]), key), owner).toBe(false);
        }
      const [signing] = cupboards.registrar.files.filter(({ file }) => file === 'keys/signing.key');
      expect(holds(cupboards.registrar, privateParts(signing!)[0]!)).toBe(true);
      // Six keys of one secret each, three of them issuer keys; the RSA key as a client and the next have six numbers.
      expect(cupboards.registrar.files.flatMap(privateParts)).toHaveLength(18);
    });
  });

  describe('what is public', () => {
    it('log entries: commitments, roots, counts and the notice; no person, no account, no hour', () => {
      const entries = entriesOf(cupboards.logbook);
      const present = new Set(entries.map(({ kind }) => kind));
      expect(present).toEqual(
        new Set([
          'commitment',
          'record-root',
          'trust-policy',
          'census',
          'disclosure-notice',
          'wallet-release',
          'platform-policy',
        ]),
      );
      for (const entry of entries) expect(logEntry.safeParse(entry).success).toBe(true);
      const said = readable(entries);
      expect(kindsIn(said, traces)).toEqual([]);
      expect(namedIn(said, everybody)).toEqual([]);
      expect(said.text).not.toMatch(/T\d{2}:\d{2}/);
      expect(said.text).toMatch(/\d{4}-\d{2}-\d{2}/);
    });

    it('error answers repeat nothing that was sent, and no journal keeps it', () => {
      expect(repeated).toEqual([]);
      for (const { owner, journal, metrics } of Object.values(cupboards))
        for (const word of [...planted, '127.0.0.1'])
          expect(`${journal}${metrics}`.includes(word), `${owner} keeps ${word}`).toBe(false);
      expect(cupboards.registrar.journal).toContain('"status":400');
    });
  });

  describe('times', () => {
    it('finer than a day are there only for what expires', async () => {
      for (const name of ['registrar', 'gateway-commons', 'gateway-lantern'] as const) {
        const allowed = instantsAllowed[name] ?? instantsAllowed['gateway-commons'];
        expect(await instantColumns(given().network.roles[name].databaseUrl!), name).toEqual(allowed);
      }
    });

    it('and in no lasting row, also not within something longer', () => {
      for (const name of ['registrar', 'gateway-commons', 'gateway-lantern'] as const)
        expect(lastingInstants(cupboards[name].rows), name).toEqual([]);
      const admitted = {
        owner: 'x',
        table: 'account',
        value: { admission: { at: '2026-11-23T05:34:27.995Z' } },
      };
      expect(lastingInstants([admitted])).toHaveLength(1);
      expect(lastingInstants([{ ...admitted, value: { at: Date.now() } }])).toHaveLength(1);
    });
  });
}

function expected<T>(known: Partial<Record<RoleName, readonly T[]>>): Record<string, readonly T[]> {
  return Object.fromEntries(roleNames.map((name) => [name, known[name] ?? []]));
}
