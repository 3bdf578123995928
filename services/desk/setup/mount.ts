/** What an admin sees and changes about this desk after its set-up, and the record of every change. */
import type { ServiceApp } from '@answerable/kit/service';
import { consolePage } from '../console/console-page.tsx';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { mountSettingPages } from './setting-pages.tsx';
import { showChanges, showDutiesHere, showSettings } from './show-settings.tsx';

export function mountSettings(app: ServiceApp, parts: DeskParts): void {
  const { signIn, settings, config } = parts;
  app.use('/settings/*', welcome(parts), signIn.require('admin'));
  app.get('/settings', showSettings(parts));
  app.get('/settings/duties', showDutiesHere(parts));
  app.get('/settings/changes', showChanges(parts));
  const home = '/settings';
  mountSettingPages(app, {
    base: home,
    settings,
    signIn,
    memory: parts.platformStore.memory,
    show: (c, title, content, status) =>
      consolePage(
        c,
        config,
        { title, session: signIn.session(c), ...(status === undefined ? {} : { status }) },
        content,
      ),
    next: { forum: home, platform: home, service: `${home}/duties` },
  });
}
