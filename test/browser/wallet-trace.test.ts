/** A whole walk in a browser behind a recording proxy: what left it is what docs/what-each-party-sees.md says. */
import { readFileSync } from 'node:fs';
import { fromBase64url, toHex } from '@answerable/core/bytes';
import { withConnection } from '@answerable/kit/database';
import type { Network } from '@answerable/practice-constellation/network';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchTimeoutMs, startPracticeNetwork, stepTimeoutMs } from '../flows/practice-network.ts';
import { newVisitor, openBrowser } from './browser.ts';
import { type Passed, type RecordingProxy, startRecordingProxy } from './recording-proxy.ts';
import { findings, type Needle, readTables } from './trace.ts';
import {
  answerAsk,
  arriveFromForum,
  beSomebody,
  by,
  joinFromWelcome,
  signedInAs,
  title,
} from './wallet-steps.ts';

const page = readFileSync(new URL('../../docs/what-each-party-sees.md', import.meta.url), 'utf8');
const tables = readTables(page);
const person = 'Priya Marlowe';
const handles = { commons: 'quiet_baker', lantern: 'other_name' };

let network: Network;
let proxy: RecordingProxy;
let browser: Browser;
let words: string[];
let needles: Needle[];

beforeAll(async () => {
  network = await startPracticeNetwork('trace');
  proxy = await startRecordingProxy();
  browser = await openBrowser(proxy);
}, launchTimeoutMs);
afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await network?.close();
}, launchTimeoutMs);

async function onTheFirstDevice(at: Page): Promise<void> {
  const wallet = network.roles.wallet.origin;
  await arriveFromForum(at, network, 'commons');
  await by(at, 'join').click();
  words = await joinFromWelcome(at, person);
  await title(at, 'Commons asks');
  await answerAsk(at, handles.commons);
  await signedInAs(at, handles.commons);
  await arriveFromForum(at, network, 'lantern');
  await answerAsk(at, handles.lantern);
  await signedInAs(at, handles.lantern);
  await at.context().clearCookies();
  await arriveFromForum(at, network, 'commons');
  await answerAsk(at);
  await signedInAs(at, handles.commons);
  await at.goto(`${wallet}/#/inbox?gateway=gateway-commons&platform=commons&slot=1`);
  await by(at, 'standing-good').waitFor();
  await at.goto(`${wallet}/#/notices`);
  await by(at, 'notices-0').waitFor();
}

async function onANewPhone(at: Page): Promise<void> {
  await at.goto(`${network.roles.wallet.origin}/#/back`);
  await by(at, 'sign-in').click();
  await beSomebody(at, person);
  await title(at, 'Type your four words');
  await by(at, 'word-1').fill(words.join(' '));
  await by(at, 'try-words').click();
  await title(at, 'You are back');
}

/** What the parties hold of this person, to look for it elsewhere. */
async function whatIsPersonal(): Promise<Needle[]> {
  const { registrar, 'gateway-commons': commons, 'gateway-lantern': lantern } = network.roles;
  const asked = async (url: string | null, text: string) =>
    String(Object.values((await withConnection(url ?? '', (run) => run(text)))[0] ?? {})[0]);
  const hex = async (url: string | null, text: string) => toHex(fromBase64url(await asked(url, text)));
  const pseudonym = 'select pseudonym from person';
  return [
    { what: 'a first name', text: 'Priya', at: [] },
    { what: 'a family name', text: 'Marlowe', at: [] },
    { what: 'a birth date', text: '1989-04-12', at: [] },
    { what: 'a document number', text: '521300101', at: [] },
    { what: 'the words', text: words.join(' '), at: [] },
    { what: 'the words as a list', text: words.join('","'), at: [] },
    {
      what: 'the record key',
      hex: await hex(registrar.databaseUrl, 'select record_point from record_key'),
      at: ['registrar'],
    },
    {
      what: 'the pseudonym at Commons',
      hex: await hex(commons.databaseUrl, pseudonym),
      at: ['gateway-commons'],
    },
    {
      what: 'the pseudonym at Lantern',
      hex: await hex(lantern.databaseUrl, pseudonym),
      at: ['gateway-lantern'],
    },
    { what: 'the handle at Commons', text: handles.commons, at: ['gateway-commons'] },
    { what: 'the handle at Lantern', text: handles.lantern, at: ['gateway-lantern'] },
  ];
}

const judged = (passed: readonly Passed[]) => findings(passed, network.roles, tables, needles);

describe.sequential('what leaves a browser', () => {
  it(
    'while somebody joins, signs up twice, signs in, reads, and comes back: what the page says, and no more',
    async () => {
      for (const walk of [onTheFirstDevice, onANewPhone]) {
        const visitor = await newVisitor(browser, { serviceWorkers: 'allow' });
        await walk(visitor.page);
        await visitor.leave();
      }
      needles = await whatIsPersonal();
      expect(judged(proxy.passed)).toEqual([]);
    },
    2 * stepTimeoutMs,
  );

  const sins: [string, (one: Passed) => Partial<Passed> | undefined, RegExp][] = [
    [
      'a word to a stranger',
      ({ path }) => (path === '/join' ? { origin: 'http://stranger.example' } : undefined),
      /no party/,
    ],
    [
      'a tunnel out',
      ({ path }) => (path === '/join' ? { method: 'CONNECT', origin: 'https://update.example' } : undefined),
      /no party/,
    ],
    ['a field more', at('/enrolment', { name: 'x' }), /carries name; the page does not/],
    ['a name', at('/recall/setup', { blinded: person }), /a first name went to keeper-1/],
    [
      'a handle at the registrar',
      at('/enrolment', { purpose: handles.commons }),
      /handle at Commons went to registrar/,
    ],
    [
      'something in the asking for a file',
      ({ path }) => (path === '/policy.json' ? { query: { who: 'me' } } : undefined),
      /more than the asking/,
    ],
    [
      'a referrer',
      ({ path, headers }) =>
        path === '/checkpoint' ? { headers: { ...headers, referer: 'http://localhost/' } } : undefined,
      /a referrer/,
    ],
    [
      'a cookie of a keeper',
      ({ path }) => (path === '/recall/setup' ? { cookiesSet: ['keeper-1-id'] } : undefined),
      /sets a cookie/,
    ],
    [
      'a cookie with a call',
      ({ path, headers }) =>
        path === '/recall/setup' ? { headers: { ...headers, cookie: 'a=b' } } : undefined,
      /a cookie with a call/,
    ],
    [
      'one account key at two gateways',
      at('/account/calls', { accountKey: 'k'.repeat(43) }),
      /went to gateway-commons, gateway-lantern/,
    ],
    [
      'a row that is never sent',
      ({ path }) => (path === '/recall/refill' ? { path: '/recall/setup' } : undefined),
      /refill is on the page and was never sent/,
    ],
  ];
  it.each(sins)('would be noticed: %s', (_, sin, told) => {
    const altered = proxy.passed.map((one) => ({ ...one, ...sin(one) }));
    expect(judged(altered).join('\n')).toMatch(told);
  });

  it('would be noticed: a pseudonym shown to the other gateway', () => {
    const answers = proxy.passed.filter(
      ({ path, body }) => path.endsWith('/answer') && body.includes('presentation'),
    );
    const lantern = network.roles['gateway-lantern'].origin;
    const moved = answers.map((one) => ({ ...one, origin: lantern }));
    expect(judged([...proxy.passed, ...moved]).join('\n')).toMatch(
      'the pseudonym at Commons went to gateway-lantern',
    );
  });
});

/** Puts `more` into the JSON of every request to `path`. */
function at(path: string, more: object): (one: Passed) => Partial<Passed> | undefined {
  return (one) => {
    if (one.path !== path || one.body === '') return undefined;
    const body = JSON.parse(one.body) as { message?: object };
    return {
      body: JSON.stringify(
        body.message ? { ...body, message: { ...body.message, ...more } } : { ...body, ...more },
      ),
    };
  };
}
