/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /outside and /outside/:notice (and its letter as text, its evidence as JSON): the notices as staff see them. */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { consolePage } from '../console/console-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { onlyTheirs } from '../people/queue-access.ts';
import { evidenceOf } from './evidence.ts';
import { noticeLetter } from './notice-letter.ts';
import { BeginPage, choicesOf, ListPage, NoticePage } from './notice-page.tsx';

const noticeId = (c: Context) => checkShape(c.req.param('notice'), wire.id);

export const showNotices = (parts: DeskParts) => async (c: Context) => {
  const { config, clock, notices, signIn } = parts;
  c.header('cache-control', 'no-store');
  const rows = await onlyTheirs(parts, signIn.session(c).staff, await notices.open());
  if (wantsJson(c)) return c.json({ notices: rows.map((row) => ({ ...row.state, due: row.due_at })) });
  const now = clock.now().toISOString();
  const title = 'Notices to other companies';
  return consolePage(c, config, { title, session: signIn.session(c) }, <ListPage rows={rows} now={now} />);
};

/** GET /cases/:caseId/outside-notices: the form for a new one. */
export const showBeginning = (parts: DeskParts) =>
  orRefusal(parts, async (c) => {
    const { config, signIn, store } = parts;
    const state = await store.state(checkShape(c.req.param('caseId'), wire.id));
    if (!state) throw new Refusal('case_unknown');
    const session = signIn.session(c);
    const texts = await store.texts(state.items.map((item) => item.hash));
    const title = 'A notice to another company';
    const choices = choicesOf(state, texts);
    const content = <BeginPage caseId={state.caseId} choices={choices} csrf={session.csrf} />;
    return consolePage(c, config, { title, session }, content);
  });

export const showNotice = (parts: DeskParts) =>
  orRefusal(parts, async (c) => {
    const { config, clock, notices, mailer, signIn } = parts;
    const state = await notices.find(noticeId(c));
    if (wantsJson(c)) return c.json(state);
    const session = signIn.session(c);
    const [evidence, history, effects, from] = await Promise.all([
      evidenceOf(parts, state),
      notices.history(state.notice),
      parts.store.effects(state.caseId),
      parts.store.state(state.caseId),
    ]);
    const texts = await parts.store.texts(from?.items.map((item) => item.hash) ?? []);
    const day = (state.sentAt ?? clock.now().toISOString()).slice(0, 10);
    const mails = effects.filter(
      ({ effect }) => effect.kind === 'mail-notice' && effect.notice === state.notice,
    );
    const content = (
      <NoticePage
        state={state}
        letter={noticeLetter(state, evidence, day)}
        history={history}
        choices={from ? choicesOf(from, texts) : []}
        mails={mails}
        canMail={mailer !== null}
        csrf={session.csrf}
        now={clock.now().toISOString()}
      />
    );
    return consolePage(
      c,
      config,
      { title: `Notice to ${displayText(state.draft.company)}`, session },
      content,
    );
  });

export const showLetter = (parts: DeskParts) => async (c: Context) => {
  const state = await parts.notices.find(noticeId(c));
  const day = (state.sentAt ?? parts.clock.now().toISOString()).slice(0, 10);
  download(c, `notice-${state.notice}.txt`);
  return c.text(noticeLetter(state, await evidenceOf(parts, state), day));
};

/** What was kept, with the hash of each item and the history of the notice, for whoever must check it later. */
export const showEvidence = (parts: DeskParts) => async (c: Context) => {
  const state = await parts.notices.find(noticeId(c));
  const history = await parts.notices.history(state.notice);
  download(c, `evidence-${state.notice}.json`);
  return c.json({ notice: state.notice, evidence: await evidenceOf(parts, state), history });
};

function download(c: Context, name: string): void {
  c.header('cache-control', 'no-store');
  c.header('content-disposition', `attachment; filename="${name}"`);
}

const orRefusal = (parts: DeskParts, show: (c: Context) => Promise<Response>) => async (c: Context) => {
  c.header('cache-control', 'no-store');
  try {
    return await show(c);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, '/outside');
  }
};
