/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /panel and /panel/requests/:request: what other forums ask of the people here, and with whom we agreed. */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { consolePage } from '../console/console-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { PanelListPage } from './panel-list-page.tsx';
import { ownCard } from './peers.ts';
import { RequestPage } from './request-page.tsx';

export const showPanel = (parts: DeskParts) => async (c: Context) => {
  const { panel, signIn, config, clock } = parts;
  const session = signIn.session(c);
  const [requests, peers] = await Promise.all([panel.list(), panel.peers()]);
  c.header('cache-control', 'no-store');
  const card = ownCard(parts);
  if (wantsJson(c)) return c.json({ card, requests, forums: peers.map(({ key, ...peer }) => peer) });
  const admin = session.staff.roles.includes('admin');
  const now = clock.now().toISOString();
  return consolePage(
    c,
    config,
    { title: 'For other forums', session },
    <PanelListPage {...{ card, requests, peers, admin, now, csrf: session.csrf }} />,
  );
};

export const showRequest = (parts: DeskParts) => async (c: Context) => {
  const { panel, signIn, config, store } = parts;
  c.header('cache-control', 'no-store');
  try {
    const request = checkShape(c.req.param('request'), wire.id);
    const row = await panel.received(request);
    if (!row) throw new Refusal('not_found');
    const [sending] = (await store.effects(request)).toReversed();
    const { forum, about, due, message, answer, answered_at, withdrawn_at } = row;
    const view = {
      request,
      forum,
      about,
      due,
      file: message?.message.file ?? null,
      verdict: answer?.message.verdict ?? null,
      answeredAt: answered_at,
      withdrawnAt: withdrawn_at,
      /** why the other desk did not take it */
      refused: sending?.state === 'refused' ? sending.code : null,
    };
    if (wantsJson(c)) return c.json(view);
    const session = signIn.session(c);
    return consolePage(
      c,
      config,
      { title: `A question of ${forum}`, session },
      <RequestPage view={view} csrf={session.csrf} />,
    );
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, config, error, '/panel');
  }
};
