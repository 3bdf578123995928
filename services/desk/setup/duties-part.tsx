/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The duties that fall on this service, and no others; what the codes recommend and what is only advice apart. */
import { Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { DutyHere } from '../law/in-force.ts';

const kinds = [
  ['duty', 'What you have to do'],
  ['measure', 'What the codes recommend'],
  ['advice', 'What is wise'],
] as const;

export const DutiesPart: FC<{ duties: readonly DutyHere[] }> = ({ duties }) => (
  <>
    {duties.length === 0 ? (
      <Notice tone="good" title="No law that this desk knows asks anything of you">
        <p>It knows the laws whose packs it was started with. Deciding fairly is a good idea anyway.</p>
      </Notice>
    ) : (
      <p>
        This is what falls on a service like yours, by what you said; nothing else is shown. You need not read
        it all now: it stays on the page <em>Duties</em>. It is not legal advice: each line names its place in
        the law.
      </p>
    )}
    {kinds.map(([kind, title]) => (
      <DutyList title={title} duties={duties.filter((one) => one.kind === kind)} open={kind === 'duty'} />
    ))}
  </>
);

const DutyList: FC<{ title: string; duties: readonly DutyHere[]; open: boolean }> = ({
  title,
  duties,
  open,
}) =>
  duties.length === 0 ? null : (
    <details class="more" open={open}>
      <summary>
        {title} ({duties.length})
      </summary>
      <ul>
        {duties.map((one) => (
          <li>
            <strong>{one.title}.</strong> {one.does}{' '}
            <span class="soft">
              {one.short} {one.at.join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
