import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Served, serve } from '@answerable/kit/serve';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  accessibilityFindings,
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from './browser.ts';
import { sampleApp } from './sample-page.tsx';

describe('a real browser', () => {
  let browser: Browser;
  let service: Served;
  let stranger: Served;
  let address: string;

  beforeAll(async () => {
    stranger = await serve(sampleApp(), { port: 0, publicHost: 'localhost' });
    service = await serve(sampleApp(), { port: 0, publicHost: 'localhost' });
    browser = await openBrowser();
    address = `${service.origin}/`;
  });
  afterAll(async () => {
    await browser.close();
    await service.close();
    await stranger.close();
  });

  it.each(['light', 'dark'] as const)('shows kit’s pages accessibly, %s and narrow', async (colorScheme) => {
    const { page, complaints, leave } = await newVisitor(browser, {
      colorScheme,
      viewport: { width: 320, height: 700 },
    });
    await page.goto(address);
    expect(await page.evaluate(() => document.documentElement.dataset.ours)).toBe('ran');
    await expectAccessible(page);
    await expectNoSidewaysScroll(page);
    await picture(page, `sample-${colorScheme}`);
    expect(complaints).toEqual([]);
    await leave();
  });

  it('finds what is not accessible', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.setContent(
      '<html lang="en"><title>x</title><main><h1>x</h1><p style="color:#bbb">pale</p><img src="data:,"></main>',
    );
    const found = (await accessibilityFindings(page)).join('\n');
    expect(found).toContain('color-contrast');
    expect(found).toContain('image-alt');
    await leave();
  });

  it('goes by keyboard alone', async () => {
    const { page, leave } = await newVisitor(browser);
    await page.goto(address);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Skip to the content');
    await page.keyboard.press('Enter');
    await page.getByLabel('Warn').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Decide' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('warn').waitFor();
    await leave();
  });

  it('runs no script but ours, and is framed by nobody else', async () => {
    const { page, complaints, leave } = await newVisitor(browser);
    await page.goto(address);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = "document.documentElement.dataset.theirs = 'ran'";
      document.body.append(script);
    });
    expect(await page.evaluate(() => document.documentElement.dataset.theirs)).toBeUndefined();
    await page.goto(`${stranger.origin}/frame?url=${encodeURIComponent(address)}`);
    await expect.poll(() => complaints.join('\n')).toContain('frame-ancestors');
    await leave();
  });

  it('that misses a frame is asked for it again, and not for ever', async () => {
    const missing = (frames: number) => {
      let asked = 0;
      const screenshot = async () => {
        asked += 1;
        if (asked <= frames) throw new Error('page.screenshot: Protocol error');
      };
      return { page: { screenshot } as never, asked: () => asked };
    };
    const [once, always, unseen] = [missing(1), missing(9), missing(9)];
    const folder = mkdtempSync(join(tmpdir(), 'answerable-pictures-'));
    vi.stubEnv('SCREENSHOTS', folder);
    await picture(once.page, 'missed-once');
    await expect(picture(always.page, 'missed')).rejects.toThrow('Protocol error');
    vi.stubEnv('SCREENSHOTS', '');
    await picture(unseen.page, 'for-nobody');
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
    expect([once.asked(), always.asked(), unseen.asked()]).toEqual([2, 4, 0]);
  });
});
