/** Labels by a labeler beside a personal data server: against fakes written from the lexicons. */
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect } from './connect.ts';
import type { ActKind, Platform } from './platform.ts';
import type { SettingsOf } from './settings.ts';
import {
  aliceDid,
  blueskyPassword,
  type FakeBluesky,
  fakeBluesky,
  farDid,
  farPostUri,
  listUri,
  postUri,
} from './testing/fake-bluesky.ts';
import { type FakeOzone, fakeOzone, labelerDid, ozonePassword } from './testing/fake-ozone.ts';
import { memoryOfTests } from './testing/fake-platform.ts';

const name = 'town';
const addresses = {
  'account/alice': aliceDid,
  'account/far': farDid,
  'post/here': postUri,
  'post/gone': `at://${aliceDid}/app.bsky.feed.post/gone`,
  'post/far': farPostUri,
  'page/list': listUri,
};
type Target = keyof typeof addresses;

let server: FakeBluesky;
let ozone: FakeOzone;
let memory: ReturnType<typeof memoryOfTests>;
let n = 0;

const labeler = () => ({ did: labelerDid, origin: ozone.origin, adminPassword: ozonePassword });
async function connected(
  more: Partial<SettingsOf<'bluesky'>> = { labeler: labeler() },
  remembers = memory,
): Promise<Platform> {
  await remembers.keepNames(
    Object.entries(addresses).map(([locator, address]) => ({ locator, platform: name, address, url: null })),
  );
  const settings = { kind: 'bluesky', name, origin: server.origin, adminPassword: blueskyPassword } as const;
  return connect({ ...settings, senderDid: aliceDid, ...more }, remembers);
}
function act(kind: ActKind, target: Target): ConnectorAct {
  n += 1;
  return { act: String(n).padStart(22, 'A'), kind, target, notice: 'Words of the desk about case 17' };
}
const version = 'bafyreib2rxk3rw6';

beforeEach(async () => {
  [server, ozone, memory] = [await fakeBluesky(), await fakeOzone(), memoryOfTests()];
});
afterEach(async () => {
  await server.close();
  await ozone.close();
});

describe('what is said in public', () => {
  const hidden: [ActKind, ActKind, Target, string][] = [
    ['hide-item', 'restore-item', 'post/here', postUri],
    ['hold-page', 'restore-page', 'page/list', listUri],
    ['shut-page', 'restore-page', 'page/list', listUri],
  ];
  it.each(hidden)(
    '%s: taken down here and labelled, and both undone by %s',
    async (hide, show, target, uri) => {
      const platform = await connected();
      expect(await platform.act(act(hide, target))).toEqual({ done: true, could: '' });
      expect([server.taken.has(uri), ozone.labels()]).toEqual([true, [`!hide ${uri} ${version}`]]);
      await platform.act(act(show, target));
      expect([server.taken.size, ozone.labels()]).toEqual([0, []]);
    },
  );

  it('a thing of another server: labelled, and nothing taken down', async () => {
    const platform = await connected();
    expect(await platform.act(act('hide-item', 'post/far'))).toEqual({ done: true, could: '' });
    expect([server.changes(), ozone.labels()]).toEqual([[], [`!hide ${farPostUri} ${version}`]]);
    await platform.act(act('restore-item', 'post/far'));
    expect(ozone.labels()).toEqual([]);
  });

  it('a restriction: a label on the account, and that nothing stops it', async () => {
    const platform = await connected();
    const said = await platform.act(act('restrict-account', 'account/alice'));
    expect(said).toMatchObject({ done: true, could: expect.stringContaining('does not stop') });
    expect([server.changes(), ozone.labels()]).toEqual([[], [`!warn ${aliceDid}`]]);
    await platform.act(act('end-restriction', 'account/alice'));
    expect(ozone.labels()).toEqual([]);
  });

  it('in the words of the settings', async () => {
    const labels = { restricted: 'town-restricted' };
    const platform = await connected({ labeler: { ...labeler(), labels } });
    await platform.act(act('restrict-account', 'account/alice'));
    expect(ozone.labels()).toEqual([`town-restricted ${aliceDid}`]);
  });

  it('as an event that names the act, and no reason, case or person who decided', async () => {
    const asked = act('hide-item', 'post/here');
    await (await connected()).act(asked);
    expect(ozone.events).toEqual([
      {
        event: {
          $type: 'tools.ozone.moderation.defs#modEventLabel',
          createLabelVals: ['!hide'],
          negateLabelVals: [],
        },
        subject: { $type: 'com.atproto.repo.strongRef', uri: postUri, cid: version },
        createdBy: labelerDid,
        externalId: `${asked.act} ${version}`,
        modTool: { name: 'answerable' },
      },
    ]);
  });
});

describe('what is never labelled', () => {
  const silent: [ActKind, Target][] = [
    ['show-help', 'post/here'],
    ['tell-account', 'account/alice'],
    ['suspend-account', 'account/alice'],
    ['suspend-account', 'account/far'],
    ['restrict-account', 'account/far'],
    ['slow-replies', 'post/here'],
    ['keep-as-memorial', 'account/alice'],
    ['hide-item', 'post/gone'],
  ];
  it.each(silent)('%s of %s', async (kind, target) => {
    const platform = await connected();
    await platform.act(act(kind, target));
    expect([ozone.events, ozone.asked]).toEqual([[], []]);
  });
});

describe('without a labeler', () => {
  it('what only a label could do is said in words, and nothing is tried', async () => {
    const platform = await connected({});
    for (const [kind, target] of [
      ['restrict-account', 'account/alice'],
      ['hide-item', 'post/far'],
    ] as const)
      expect(await platform.act(act(kind, target))).toMatchObject({
        done: false,
        could: expect.stringContaining('name no labeler'),
      });
    expect(platform.abilities['restrict-account'].does).toBe('no');
    expect(server.changes()).toEqual([]);
  });

  it('what an earlier one says is left to a person, and not forgotten', async () => {
    await (await connected()).act(act('restrict-account', 'account/alice'));
    for (const settings of [
      {},
      { labeler: { ...labeler(), did: 'did:plc:mmmmmmmmmmmmmmmmmmmmmmmm' } },
    ] as const)
      expect(await (await connected(settings)).act(act('end-restriction', 'account/alice'))).toMatchObject({
        done: false,
        could: expect.stringContaining('Remove it there'),
      });
    await (await connected()).act(act('end-restriction', 'account/alice'));
    expect(ozone.labels()).toEqual([]);
  });
});

describe('once, and only what is ours:', () => {
  it('the same act again', async () => {
    const platform = await connected();
    const [hide, show] = [act('hide-item', 'post/here'), act('restore-item', 'post/here')];
    for (const one of [hide, hide, show, show]) await platform.act(one);
    expect([ozone.events.length, server.changes().length]).toEqual([2, 2]);
  });

  it.each([
    ['set', 'restrict-account', 1],
    ['removed', 'end-restriction', 0],
  ] as const)('a label whose answer was lost is %s once', async (_word, kind, left) => {
    const platform = await connected();
    if (kind === 'end-restriction') await platform.act(act('restrict-account', 'account/alice'));
    const before = ozone.events.length;
    const asked = act(kind, 'account/alice');
    ozone.loses = '/xrpc/tools.ozone.moderation.emitEvent';
    await expect(platform.act(asked)).rejects.toMatchObject({ code: 'unavailable' });
    ozone.loses = undefined;
    expect(await platform.act(asked)).toMatchObject({ done: true });
    expect([ozone.events.length - before, ozone.labels().length]).toEqual([1, left]);
  });

  it('two processes at the same time: Ozone takes one, and neither asks a person', async () => {
    const platforms = [await connected(), await connected(undefined, memoryOfTests())];
    const asked = act('restrict-account', 'account/alice');
    const said = await Promise.all(platforms.map((platform) => platform.act(asked)));
    expect(said.map(({ done }) => done)).toEqual([true, true]);
    expect(ozone.events).toHaveLength(1);
  });

  it('a label that was there before stays', async () => {
    ozone.byHand({ uri: aliceDid, val: '!warn' });
    const platform = await connected();
    await platform.act(act('restrict-account', 'account/alice'));
    await platform.act(act('end-restriction', 'account/alice'));
    expect([ozone.events, ozone.labels()]).toEqual([[], [`!warn ${aliceDid}`]]);
  });

  it('what was said of an earlier version stays, what we said of each is removed', async () => {
    ozone.byHand({ uri: listUri, val: '!hide', cid: 'bafyearlier' });
    const platform = await connected();
    await platform.act(act('hold-page', 'page/list'));
    server.cid = 'bafyreiedited';
    await platform.act(act('shut-page', 'page/list'));
    expect(ozone.labels()).toHaveLength(3);
    await platform.act(act('restore-page', 'page/list'));
    expect(ozone.labels()).toEqual([`!hide ${listUri} bafyearlier`]);
  });

  it.each([
    ['of another labeler', { src: 'did:plc:mmmmmmmmmmmmmmmmmmmmmmmm' }],
    ['with another name', { val: '!hide' }],
    ['that was taken back', { neg: true }],
    ['that is over', { exp: '2026-01-02T00:00:00.000Z' }],
    ['on another account', { uri: farDid }],
  ])('a label %s is not taken for it', async (_sin, of) => {
    ozone.byHand({ uri: aliceDid, val: '!warn', ...of });
    await (await connected()).act(act('restrict-account', 'account/alice'));
    expect(ozone.labels()).toContain(`!warn ${aliceDid}`);
    expect(ozone.events).toHaveLength(1);
  });

  it('a name that was changed in the settings meanwhile', async () => {
    await (await connected()).act(act('restrict-account', 'account/alice'));
    const labels = { restricted: 'slow' };
    const platform = await connected({ labeler: { ...labeler(), labels } });
    await platform.act(act('end-restriction', 'account/alice'));
    expect(ozone.labels()).toEqual([]);
  });
});

describe('a labeler that', () => {
  it.each([
    ['hangs up', { page: 502 } as const, 'unavailable'],
    ['does not take the password', { status: 401 }, 'unauthorised'],
    ['asks for patience', { status: 429, retryAfter: '5' }, 'too_many_requests'],
    ['sends elsewhere', 'redirects-elsewhere' as const, 'unavailable'],
    ['answers half', 'half-a-json' as const, 'unavailable'],
  ])('%s: the takedown stands, and the label follows later', async (_sin, mood, code) => {
    const platform = await connected();
    ozone.mood = mood;
    const asked = act('hide-item', 'post/here');
    await expect(platform.act(asked)).rejects.toMatchObject({ code });
    expect([server.taken.has(postUri), ozone.labels(), ozone.elsewhere]).toEqual([true, [], []]);
    ozone.mood = 'well';
    expect(await platform.act(asked)).toEqual({ done: true, could: '' });
    expect([server.changes().length, ozone.labels().length]).toEqual([1, 1]);
  });

  it.each([400, 403, 404])(
    'says no (%i): the takedown stands, and a person hears of the label',
    async (status) => {
      const platform = await connected();
      ozone.mood = { status };
      const could = expect.stringContaining('Set it there by hand');
      expect(await platform.act(act('hide-item', 'post/here'))).toEqual({ done: true, could });
      expect(server.taken.has(postUri)).toBe(true);
      expect(await platform.act(act('hide-item', 'post/far'))).toEqual({ done: false, could });
      expect(await platform.act(act('restrict-account', 'account/alice'))).toEqual({ done: false, could });
    },
  );

  it('takes no label of this name: not done, and said so', async () => {
    const settings = { labeler: { ...labeler(), labels: { restricted: "o'clock" } } };
    expect(await (await connected(settings)).act(act('restrict-account', 'account/alice'))).toMatchObject({
      done: false,
    });
  });

  it('did not remove a label: not done, and not forgotten', async () => {
    const platform = await connected();
    await platform.act(act('restrict-account', 'account/alice'));
    const undo = act('end-restriction', 'account/alice');
    ozone.events.push({ externalId: undo.act, subject: { did: aliceDid } });
    expect(await platform.act(undo)).toMatchObject({ done: false });
    await platform.act(act('end-restriction', 'account/alice'));
    expect(ozone.labels()).toEqual([]);
  });

  it('is away or refuses is missed in the check, and the server is reached', async () => {
    const platform = await connected();
    expect(await platform.check()).toEqual({ reached: true, as: 'admin', missing: [] });
    ozone.mood = { status: 401 };
    expect(await platform.check()).toMatchObject({ reached: true, missing: ['The password of the labeler'] });
    ozone.mood = { page: 502 };
    expect((await platform.check()).missing).toEqual(['The labeler, which does not answer']);
  });
});
