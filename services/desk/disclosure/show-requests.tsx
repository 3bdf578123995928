/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /requests: requests to open an account that came through this desk, and how far each is. */
import { Notice, Table } from '@answerable/kit/page.tsx';
import { isReady } from '@answerable/kit/policy-source';
import { Refusal, refusals } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { consolePage } from '../console/console-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { count } from '../deciding/event-words.ts';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';

export const showRequests = (parts: DeskParts) => async (c: Context) => {
  const { disclosures, config, signIn } = parts;
  const session = signIn.session(c);
  // A request belongs to no queue: it is for those whose work is not divided.
  if (session.staff.queues !== undefined) {
    const refusal = new Refusal('other_queue');
    if (wantsJson(c)) throw refusal;
    return refusalPage(c, config, refusal, '/');
  }
  const rows = await disclosures.list();
  const said = wordsOf(parts);
  const requests = await Promise.all(
    rows.map(async (row) => ({
      caseId: row.case_id,
      day: row.day,
      authority: row.ask.message.authority,
      ground: row.ask.message.ground,
      order: row.ask.message.order.reference,
      item: row.item.locator,
      state: row.proof ? 'logged' : row.filed ? 'filed' : 'asked',
      refused: (await disclosures.refusedWith(row.case_id)) ?? null,
      delivered: await disclosures.delivered(row.case_id),
      replies: await disclosures.replies(row.case_id),
    })),
  );
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json({ requests });
  const content =
    requests.length === 0 ? (
      <Notice title="No authority has asked." tone="good" />
    ) : (
      <Table
        caption="Requests, newest first"
        head={['Day', 'Authority', 'Ground', 'Order', 'About', 'How far', 'The holder said']}
        rows={requests.map((one) => [
          one.day,
          said.authority(one.authority),
          said.ground(one.ground),
          displayText(one.order),
          one.item,
          one.refused
            ? `refused: ${refusalTitle(one.refused)}`
            : `${one.state}, with ${count(one.delivered.length, 'guardian')}`,
          one.replies.length === 0
            ? 'nothing yet'
            : displayText(one.replies.map((said) => said.reply).join(' / ')),
        ])}
      />
    );
  const page = { title: 'Requests to open an account', session };
  return consolePage(
    c,
    config,
    page,
    <>
      <p>The desk passes these on and opens nothing. Guardians decide, on the public record.</p>
      {content}
    </>,
  );
};

/** What the trust policy calls them, with the id beside that a request names. */
function wordsOf({ policies }: DeskParts) {
  const { grounds, authorities } = isReady(policies) ? policies.current() : { grounds: [], authorities: [] };
  const beside = (id: string, title: string | undefined) => (title === undefined ? id : `${title} (${id})`);
  return {
    ground: (id: string) => beside(id, grounds.find((one) => one.id === id)?.title),
    authority: (name: string) => beside(name, authorities.find((one) => one.name === name)?.title),
  };
}

const refusalTitle = (code: string): string =>
  (refusals as Record<string, { title: string }>)[code]?.title ?? code;
