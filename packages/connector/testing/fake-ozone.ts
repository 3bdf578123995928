/**
 * A labeler as the lexicons of tools.ozone and com.atproto.label have it, as far as the connector uses it: events
 * are taken once by their external id, and a label is one row for each version of a subject. For tests only.
 */
import { Hono } from 'hono';
import { type FakePlatform, fakePlatform } from './fake-platform.ts';

export const ozonePassword = 'password-of-the-labeler';
export const labelerDid = 'did:plc:llllllllllllllllllllllll';

export interface FakeLabel {
  src: string;
  uri: string;
  cid?: string;
  val: string;
  neg?: boolean;
  exp?: string;
  cts: string;
}

export interface FakeOzone extends FakePlatform {
  rows: FakeLabel[];
  /** bodies of the events that were taken */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was sent
  events: any[];
  /** what holds now, as `val uri` or `val uri cid` */
  labels(): string[];
  /** somebody sets or removes one there by hand */
  byHand(label: Partial<FakeLabel> & Pick<FakeLabel, 'uri' | 'val'>): void;
}

const cts = '2026-01-01T00:00:00.000Z';
const didShape = /^did:[a-z]+:[\w.:%-]+$/;

export async function fakeOzone(): Promise<FakeOzone> {
  const rows: FakeLabel[] = [];
  const events: FakeOzone['events'] = [];
  const api = new Hono();
  const bad = (error: string) => ({ error, message: 'no' });
  const put = (label: FakeLabel) => {
    const same = rows.findIndex(
      (row) =>
        row.src === label.src && row.uri === label.uri && row.cid === label.cid && row.val === label.val,
    );
    if (same >= 0) rows.splice(same, 1);
    rows.push(label);
  };

  api.get('/xrpc/com.atproto.label.queryLabels', (c) => {
    // The lexicon lets it answer with more than was asked for; this one never minds `sources`.
    const labels = rows.filter((row) => row.uri === c.req.query('uriPatterns'));
    return c.json({ cursor: '9', labels: labels.map((label) => ({ ver: 1, ...label })) });
  });
  api.get('/xrpc/tools.ozone.moderation.queryEvents', (c) => c.json({ events: [] }));
  api.post('/xrpc/tools.ozone.moderation.emitEvent', async (c) => {
    const body = await c.req.json();
    const { event, subject, createdBy, externalId } = body;
    const [create, negate] = [event?.createLabelVals, event?.negateLabelVals];
    const isRecord = subject?.$type === 'com.atproto.repo.strongRef';
    const isKnown =
      event?.$type === 'tools.ozone.moderation.defs#modEventLabel' &&
      Array.isArray(create) &&
      Array.isArray(negate) &&
      didShape.test(createdBy) &&
      (isRecord
        ? /^at:/.test(subject.uri) && /^baf\w+$/.test(subject.cid)
        : subject?.$type === 'com.atproto.admin.defs#repoRef' && didShape.test(subject.did));
    if (!isKnown || [...create, ...negate].some((val) => /[ ,;'"]/.test(val)))
      return c.json(bad('InvalidRequest'), 400);
    const didOf = (of: { did?: string; uri?: string }) => of.did ?? of.uri?.split('/')[2];
    const isTwice = (one: typeof body) =>
      one.externalId === externalId && didOf(one.subject) === didOf(subject);
    if (externalId !== undefined && events.some(isTwice)) return c.json(bad('DuplicateExternalId'), 400);
    events.push(body);
    const about = isRecord ? { uri: subject.uri, cid: subject.cid } : { uri: subject.did };
    for (const val of create) put({ src: labelerDid, ...about, val, cts });
    for (const val of negate) put({ src: labelerDid, ...about, val, neg: true, cts });
    return c.json({ id: events.length, ...body, subjectBlobCids: [], createdAt: cts });
  });
  const basic = `Basic ${Buffer.from(`admin:${ozonePassword}`).toString('base64')}`;
  const base = await fakePlatform(api, ({ authorization }) => authorization === basic);
  return Object.assign(base, {
    rows,
    events,
    labels: () =>
      rows.filter(({ neg }) => !neg).map(({ val, uri, cid }) => `${val} ${uri}${cid ? ` ${cid}` : ''}`),
    byHand: (label: Partial<FakeLabel> & Pick<FakeLabel, 'uri' | 'val'>) =>
      put({ src: labelerDid, cts, ...label }),
  });
}
