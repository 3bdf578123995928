/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET and POST /undone…: acts that a platform did not take. The list has nobody in it; which account one is about is
 * shown singly to who does it by hand there, and that look is on the record.
 */
import { Button, ButtonLink, Facts, Field, Form, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import { checkShape } from '@answerable/kit/read-json';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { GatewayParts } from '../parts.ts';
import { consolePage, door } from './console-page.tsx';
import { Labelled, labelled, platformLabels } from './labels.tsx';
import { isAtLeast, roleOf } from './roles.ts';
import { actInWords } from './sanction-words.ts';
import { doneByHand, lookAt, tryAgain, undoneActs } from './undone.ts';

const becauseWords = { sanction: 'a sanction', 'last-day': 'the last day for accounts from before' };
const idOf = (c: Context) => checkShape(c.req.param('act'), wire.hash);

export const showUndone = (parts: GatewayParts) =>
  door(parts.console, 'viewer', async (c, session) => {
    const acts = await undoneActs(parts);
    const titles = platformLabels(parts);
    const ofSanctions = acts.some(({ because }) => because === 'sanction');
    const ofClaims = acts.some(({ because }) => because === 'last-day');
    const role = roleOf(session.staff);
    const mayAct = role !== undefined && isAtLeast(role, 'operator');
    return consolePage(
      c,
      parts.console,
      { title: 'What a platform did not take', session },
      acts.length === 0 ? (
        <Notice tone="good" title="Nothing waits.">
          <p>Every sanction is done where it must be, and so is what the last day of a claim brought.</p>
        </Notice>
      ) : (
        <>
          {ofSanctions ? (
            <p>
              A sanction holds at the gateway in each case: nobody signs in who may not. What is here is the
              part at the platform.
            </p>
          ) : null}
          {ofClaims ? (
            <p>
              The last day for accounts from before the gateway is over, and nobody attached these. Until it
              is done at the platform, whoever has their old password can use them as before.
            </p>
          ) : null}
          <Table
            caption="Acts"
            head={['At', 'What', 'Because of', 'State', 'In words', ...(mayAct ? ['By hand'] : [])]}
            rows={acts.map(({ id, platform, what, because, state, attempts, words }) => [
              <Labelled id={platform} label={titles(platform)} />,
              actInWords(what),
              becauseWords[because],
              <Tag tone={state === 'by-hand' ? 'bad' : 'mark'}>
                {state === 'by-hand' ? 'for a person' : `tried ${attempts} times`}
              </Tag>,
              words,
              ...(mayAct
                ? [
                    <Form
                      action={`/undone/${id}/look`}
                      csrf={session.csrf}
                      label={`Which account, at ${titles(platform) ?? platform}`}
                    >
                      <Button kind="plain">Show which account</Button>
                    </Form>,
                  ]
                : []),
            ])}
          />
          {mayAct && acts.some(({ state }) => state === 'waits') ? (
            <Form action="/undone" csrf={session.csrf} label="Try again">
              <Button>Try all that waits now</Button>
            </Form>
          ) : null}
        </>
      ),
    );
  });

export const retryUndone = (parts: GatewayParts) =>
  door(parts.console, 'operator', async (c, { staff }) => {
    await tryAgain(parts, staff.name);
    return c.redirect('/undone', 303);
  });

export const lookAtUndone = (parts: GatewayParts) =>
  door(parts.console, 'operator', async (c, session) => {
    const id = idOf(c);
    const { platform, handle, sub, words } = await lookAt(parts, session.staff.name, id);
    return consolePage(
      c,
      parts.console,
      { title: 'By hand', session },
      <>
        <Notice tone="mark">
          <p>The record shows that you looked. Do what is said here, and nothing more.</p>
        </Notice>
        <p>{words}</p>
        <Facts
          facts={[
            ['At', labelled(platform, platformLabels(parts)(platform))],
            ['The account is called', <strong>{handle}</strong>],
          ]}
        />
        <Field name="sub" label="The platform knows it by" value={sub} />
        <Form action={`/undone/${id}/done`} csrf={session.csrf} label="Done">
          <Button>I have done it there</Button>
        </Form>
        <p>
          <ButtonLink href="/undone" kind="plain">
            Back to what was not done
          </ButtonLink>
        </p>
      </>,
    );
  });

export const tickOffUndone = (parts: GatewayParts) =>
  door(parts.console, 'operator', async (c, { staff }) => {
    await doneByHand(parts, staff.name, idOf(c));
    return c.redirect('/undone', 303);
  });
