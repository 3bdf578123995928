/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /help: who can help, for anybody, without an account and without scripts. The words here are few on purpose
 * and need review by somebody who knows (docs/care.md).
 */
import { ButtonLink, page } from '@answerable/kit/page.tsx';
import type { Context } from 'hono';
import { signpostsFor } from '../casework/signposts.ts';
import { serviceTitle } from '../console/console-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import { countriesOf } from '../deciding/write-decision.ts';
import type { DeskParts } from '../parts.ts';

export const showHelp =
  ({ config }: DeskParts) =>
  (c: Context) => {
    const lists = countriesOf(config).map((country) => ({ country, ...signpostsFor(country) }));
    if (wantsJson(c)) return c.json({ help: lists });
    const options = {
      title: 'Who can help',
      service: serviceTitle(config),
      practice: config.mode === 'practice',
    };
    return page(
      c,
      options,
      <>
        <p>If things are hard, for you or for somebody you know, these people are there.</p>
        {lists.map(({ country, list, checked }) => (
          <section aria-label={`Help in ${country}`}>
            {lists.length > 1 ? <h2>{country}</h2> : null}
            <ul>
              {list.map(({ name, how }) => (
                <li>
                  <strong>{name}</strong>: {how}
                </li>
              ))}
            </ul>
            <p class="soft">Compared on {checked}.</p>
          </section>
        ))}
        <ButtonLink href="/after-a-death" kind="plain">
          If somebody has died
        </ButtonLink>
      </>,
    );
  };
