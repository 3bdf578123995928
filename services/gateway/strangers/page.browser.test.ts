/** The page of who comes too often, in a real browser: 320 px, light and dark, axe finds nothing, and its way on works. */

import { stillClock } from '@answerable/kit/testing/still-clock';
import { it } from 'vitest';
import {
  expectAccessible,
  expectNoSidewaysScroll,
  newVisitor,
  openBrowser,
  picture,
} from '../../../test/browser/browser.ts';
import { startScene } from '../testing/scene.ts';

it('says kindly to wait, and leads on when there is room again', async () => {
  const clock = stillClock();
  const [scene, browser] = await Promise.all([startScene({ clock, proxies: 1 }), openBrowser()]);
  const options = { viewport: { width: 320, height: 640 }, javaScriptEnabled: false };
  const { page } = await newVisitor(browser, options);
  const looking = await newVisitor(browser, { viewport: options.viewport });
  try {
    const from = { 'x-forwarded-for': '198.51.100.9' };
    const redirect_uri = scene.config.platforms[0]!.redirectUris[0]!;
    const query = { client_id: 'forum', response_type: 'code', scope: 'openid', redirect_uri };
    const sign = `${scene.config.origin}/oidc/auth?${new URLSearchParams(query)}`;
    while ((await fetch(sign, { headers: from, redirect: 'manual' })).status !== 429);
    for (const one of [page, looking.page]) {
      await one.setExtraHTTPHeaders(from);
      await one.goto(sign);
      await one.getByRole('heading', { name: 'One moment, please' }).waitFor();
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await looking.page.emulateMedia({ colorScheme });
      await expectAccessible(looking.page);
      for (const width of [320, 1100]) {
        await looking.page.setViewportSize({ width, height: 640 });
        await expectNoSidewaysScroll(looking.page);
        await picture(looking.page, `gateway-too-often-${width}-${colorScheme}`);
      }
    }
    clock.advance({ seconds: 10 });
    await page.getByRole('link', { name: 'Go on' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Sign in to The forum' }).waitFor();
  } finally {
    await browser.close();
    await scene.close();
  }
});
