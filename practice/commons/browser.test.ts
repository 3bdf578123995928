/** From the forum to the gateway, to the wallet's door and back, in a real browser. */
import { fromBase64url } from '@answerable/core/bytes';
import { answerAsNew } from '@answerable/gateway/testing/wallet';
import type { SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
} from '../../test/browser/browser.ts';
import { type Forum, startForum } from './testing/scene.ts';

let forum: Forum;
let browser: Browser;
beforeAll(async () => {
  forum = await startForum();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await forum?.close();
});

const requestIn = (href: string): SignedAdmissionRequest =>
  JSON.parse(new TextDecoder().decode(fromBase64url(href.split('request=')[1]!)));
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

it('a person joins with a wallet, writes, takes a second account and turns back: each page can be read and used', async () => {
  const { page, complaints, leave } = await newVisitor(browser, { viewport: { width: 320, height: 640 } });
  const { network } = forum.gateway;
  const person = network.enrol();

  const arrive = async () => {
    await page.goto(`${forum.config.origin}/join`);
    await page.getByRole('link', { name: 'Continue with your wallet' }).click();
    await page.getByRole('heading', { name: 'Sign in to The forum' }).waitFor();
    const link = page.getByRole('link', { name: 'Continue with your wallet' });
    return { address: page.url(), request: requestIn((await link.getAttribute('href'))!) };
  };
  const goBack = async (address: string, answer: unknown) => {
    await page.goto('about:blank');
    await page.goto(`${address}/return#answer=${encoded(answer)}`);
  };
  const answerTo = (request: SignedAdmissionRequest, slot: number) =>
    answerAsNew(person, request, network.policy, {
      slot,
      handle: `wren_${slot}`,
      checkpoint: network.log.checkpoint(),
    });

  await page.goto(`${forum.config.origin}/join`);
  await expectAccessible(page);
  const first = await arrive();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await goBack(first.address, answerTo(first.request, 1));
  await page.getByRole('link', { name: 'Signed in as wren_1' }).waitFor();
  expect(new URL(page.url()).origin).toBe(forum.config.origin);

  await page.getByLabel('Title').fill('A bird');
  await page.getByLabel('Text').fill('I saw one.');
  await page.getByRole('button', { name: 'Post' }).click();
  await page.getByText('I saw one.').waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Report this post' }).click();
  await expectAccessible(page);
  await page.goto(`${forum.config.origin}/me`);
  await page.getByLabel('Only answerable accounts').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expectAccessible(page);

  // A second account of the same person, in the same browser: the first is not signed out anywhere.
  await page.getByRole('button', { name: 'Sign out' }).click();
  const second = await arrive();
  await goBack(second.address, answerTo(second.request, 2));
  await page.getByRole('link', { name: 'Signed in as wren_2' }).waitFor();

  const third = await arrive();
  await page.getByRole('button', { name: 'Back to The forum' }).click();
  await page.getByText('You stopped before').waitFor();
  expect(new URL(page.url()).origin).toBe(forum.config.origin);
  await goBack(third.address, answerTo(third.request, 3));
  await page.getByText('This request is not known or is over').waitFor();
  await expectAccessible(page);
  expect(complaints.filter((line) => !line.includes('status of 4'))).toEqual([]);
  await leave();
});
