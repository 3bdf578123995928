import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentJournal } from '@answerable/kit/journal';
import { type Served, serve } from '@answerable/kit/serve';
import { Hono } from 'hono';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
} from '../../test/browser/browser.ts';
import { people } from './people.ts';
import { providerKeys } from './provider-keys.ts';
import { start } from './start.ts';

describe('in a browser', () => {
  let browser: Browser;
  let client: Served;
  let provider: Served;
  beforeAll(async () => {
    const app = new Hono().get('/callback', (c) =>
      c.html(`<title>back</title>${c.req.query('error') ?? 'code'}`),
    );
    client = await serve(app, { port: 0, publicHost: 'localhost' });
    const clients = [
      { client_id: 'registrar', redirect_uris: [`${client.origin}/callback`], jwks: { keys: [] } },
    ];
    provider = await start({ mode: 'practice', port: 0, clients }, { journal: silentJournal });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await provider.close();
    await client.close();
  });

  const address = () =>
    `${provider.origin}/authorize?${new URLSearchParams({
      client_id: 'registrar',
      redirect_uri: `${client.origin}/callback`,
      response_type: 'code',
      scope: 'openid',
      state: 's',
      nonce: 'n',
      vtr: '["Cl.Cm.P2"]',
      claims: JSON.stringify({ userinfo: { 'https://vocab.account.gov.uk/v1/drivingPermit': null } }),
    })}`;

  it('one chooses whom to be, sees what is told, and goes back', async () => {
    const { page, complaints, leave } = await newVisitor(browser, { viewport: { width: 320, height: 640 } });
    await page.goto(address());
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await page.getByLabel('With a new account').check();
    await page.getByRole('button', { name: 'Gareth Stroud' }).click();
    await page.getByText('STROU707189G99KL').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForURL(/callback\?code=[\w-]+&state=s$/);
    expect(complaints).toEqual([]);
    await leave();
  });

  it('one can stop', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(address());
    await page.getByRole('button', { name: 'Rowan Ashdown' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.waitForURL(/callback\?error=access_denied&state=s$/);
    await leave();
  });
});

it('keeps its keys and subjects over a restart', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'answerable-idp-'));
  const [first, second] = [await providerKeys(dataDir), await providerKeys(dataDir)];
  rmSync(dataDir, { recursive: true, force: true });
  expect(second.token.kid).toBe(first.token.kid);
  expect(second.identity.kid).not.toBe(first.token.kid);
  expect(second.subject('a', 'young', 'first')).toBe(first.subject('a', 'young', 'first'));
  expect(second.subject('b', 'young', 'first')).not.toBe(first.subject('a', 'young', 'first'));
});

it('refuses to start in production', async () => {
  await expect(start({ mode: 'production', port: 0, clients: [] })).rejects.toThrow(
    'does not run in production',
  );
});

it('has everyone of the debate, each with two documents of their own', () => {
  const ids = people.map(({ id }) => id);
  expect(ids).toEqual(
    expect.arrayContaining(['hounded', 'young', 'survivor', 'closeted', 'whistleblower', 'hounder']),
  );
  const documents = people.flatMap(({ passport, secondDocument }) => [
    passport.documentNumber,
    secondDocument.passport?.documentNumber ?? secondDocument.drivingPermit?.personalNumber,
  ]);
  expect(new Set(documents).size).toBe(2 * people.length);
  const young = people.find(({ id }) => id === 'young');
  const birthday = new Date(`${young?.birthDate}T00:00:00Z`);
  expect(new Date().getUTCFullYear() - birthday.getUTCFullYear()).toBe(15);
});
