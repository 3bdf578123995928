/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /signposts and POST /signposts/:entry: which numbers this desk shows, with what they were compared and when,
 * and that an admin has compared one again. A number that nobody here has compared with its owner's page, or not
 * for a long time, is due.
 */
import { Button, Form, Notice, Tag } from '@answerable/kit/page.tsx';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { emergencyFor, entriesFor } from '../casework/signposts.ts';
import { consolePage } from '../console/console-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import { countriesOf } from '../deciding/write-decision.ts';
import type { DeskParts } from '../parts.ts';
import { asAdmin } from './on-call-page.tsx';

const daysUntilDue = 90;
const msPerDay = 86_400_000;

export interface SignpostLine {
  id: string;
  country: string;
  area: string | null;
  name: string;
  how: string;
  source: string;
  /** by the file, and from what: a stored copy of a page is older than the day on which it was looked at */
  compared: string;
  basis: 'stored-copy' | 'live-page';
  /** by somebody here, with the page itself */
  again: { who: string; day: string } | null;
  due: boolean;
}

async function linesOf({ config, care, clock }: DeskParts): Promise<SignpostLine[]> {
  const again = await care.comparisons();
  const now = clock.now().getTime();
  const isOld = (day: string) => now - Date.parse(day) > daysUntilDue * msPerDay;
  return countriesOf(config).flatMap((country) => {
    const emergency = emergencyFor(country);
    const number = emergency && {
      ...emergency,
      id: `emergency-${country.toLowerCase()}`,
      name: 'Emergency services',
      how: [
        `call ${emergency.number}`,
        emergency.policeNotUrgent ? `police, not urgent: ${emergency.policeNotUrgent}` : '',
      ]
        .filter(Boolean)
        .join('; '),
      area: undefined,
    };
    return [...entriesFor(country), ...(number ? [number] : [])].map((one) => {
      const seen = again.get(one.id) ?? null;
      const due = seen ? isOld(seen.day) : one.basis === 'stored-copy' || isOld(one.compared);
      const { id, name, how, source, compared, basis } = one;
      return { id, country, area: one.area ?? null, name, how, source, compared, basis, again: seen, due };
    });
  });
}

const basisWords = { 'stored-copy': 'a stored copy of the page', 'live-page': 'the page itself' };

export const showSignposts = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  const lines = await linesOf(parts);
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json({ signposts: lines });
  const admin = session.staff.roles.includes('admin');
  const due = lines.filter((one) => one.due).length;
  return consolePage(
    c,
    parts.config,
    { title: 'Numbers that this desk shows', session },
    <>
      <p>
        A wrong number does harm. Open the owner’s page, compare name, number and hours, and say so here. An
        entry is due when nobody here has compared it with the page itself, or not for {daysUntilDue} days.
      </p>
      {due === 0 ? (
        <Notice tone="good" title="Every number was compared by somebody here." />
      ) : (
        <Notice tone="bad" title={due === 1 ? 'One number is due.' : `${due} numbers are due.`} />
      )}
      {lines.map((one) => (
        <article class="item" data-stop tabindex={-1} aria-label={`${one.name}, ${one.country}`}>
          <h2>
            {one.name}
            {one.area ? ` (${one.area})` : ''} <Tag>{one.country}</Tag>{' '}
            {one.due ? <Tag tone="bad">due</Tag> : <Tag tone="good">in time</Tag>}
          </h2>
          <p>{one.how}</p>
          <p>
            Compared on {one.compared} with {basisWords[one.basis]}:{' '}
            <a href={one.source} rel="noreferrer noopener" class="long">
              {one.source}
            </a>
          </p>
          <p>
            By somebody here: {one.again ? `${one.again.day}, ${displayText(one.again.who)}` : 'nobody yet'}.
          </p>
          {admin ? (
            <Form action={`/signposts/${one.id}`} csrf={session.csrf} label={`Compared: ${one.name}`}>
              <Button kind="plain">I have compared it today</Button>
            </Form>
          ) : null}
        </article>
      ))}
    </>,
  );
};

export const compareSignpost = (parts: DeskParts) =>
  asAdmin(parts, '/signposts', async (c, who) => {
    const lines = await linesOf(parts);
    const entry = lines.find((one) => one.id === c.req.param('entry'));
    if (!entry) throw new Refusal('not_found');
    await parts.care.compared(who, entry.id);
  });
