/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /settings…: how this desk is set, what falls on it, and who changed what. For admins. */
import { dayOf } from '@answerable/kit/clock';
import { ButtonLink, Facts, Notice } from '@answerable/kit/page.tsx';
import type { Context } from 'hono';
import { consolePage } from '../console/console-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { minutes } from '../deciding/event-words.ts';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { changeWords } from './change-words.ts';
import { DutiesPart } from './duties-part.tsx';
import { kindOf, platformForms } from './platform-form.tsx';
import { profileWords } from './service-form.tsx';

export const showSettings = (parts: DeskParts) => async (c: Context) => {
  const { config, settings, signIn } = parts;
  const forum = settings.find('forum');
  const byFile = settings.find('platform') === undefined;
  const notHeld = await parts.promises.notHeld();
  const { platform } = config;
  return consolePage(
    c,
    config,
    { title: 'Settings', session: signIn.session(c) },
    <>
      <p class="row">
        <ButtonLink href="/people" kind="plain">
          The people who work here
        </ButtonLink>
        <ButtonLink href="/report" kind="plain">
          Where people report
        </ButtonLink>
        <ButtonLink href="/settings/duties" kind="plain">
          What falls on you
        </ButtonLink>
        <ButtonLink href="/settings/changes" kind="plain">
          Who changed what
        </ButtonLink>
      </p>
      {byFile ? (
        <Notice>
          <p>Forum and platform are as the operator’s configuration file says.</p>
        </Notice>
      ) : null}
      {notHeld.length > 0 ? (
        <Notice tone="bad" title="The policy of your platform promises what this desk cannot hold">
          <ul>
            {notHeld.map(({ says }) => (
              <li>{says}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <h2>The forum</h2>
      <Facts
        facts={[
          ['Name', forum?.title ?? platform.title ?? platform.name],
          ['Address', forum?.address ?? platform.origin ?? 'none'],
        ]}
      />
      {byFile ? null : <a href="/settings/forum">Change the forum</a>}
      <h2>The platform</h2>
      <Facts
        facts={[
          ['Kind', platformForms[kindOf(platform)].title],
          ['Called in reports', platform.name],
        ]}
      />
      {byFile ? null : <a href="/settings/platform">Change the platform</a>}
      <h2>What kind of service</h2>
      <Facts facts={profileWords(settings.profile())} />
      <a href="/settings/service">Change what kind of service</a>
    </>,
  );
};

export const showDutiesHere = (parts: DeskParts) => (c: Context) => {
  const { config, clock, law, signIn } = parts;
  return consolePage(
    c,
    config,
    { title: 'What falls on you', session: signIn.session(c) },
    <>
      <DutiesPart duties={law.duties(dayOf(clock.now()))} />
      <p>
        <a href="/settings">Back to the settings</a>
      </p>
    </>,
  );
};

export const showChanges = (parts: DeskParts) => async (c: Context) => {
  const { config, settings, signIn } = parts;
  const records = (await settings.changes()).reverse();
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json({ changes: records });
  return consolePage(
    c,
    config,
    { title: 'Who changed what', session: signIn.session(c) },
    <>
      <p>Every change of a setting, and of who works here. Nothing can be taken out of this list.</p>
      <ol class="history" aria-label="Changes, newest first" reversed>
        {records.map(({ at, who, body }) => (
          <li>
            <span class="soft">{minutes(at)}</span> <strong>{displayText(who)}</strong>
            <br />
            {displayText(changeWords(body))}
          </li>
        ))}
      </ol>
      <p>
        <a href="/settings">Back to the settings</a>
      </p>
    </>,
  );
};
