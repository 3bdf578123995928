/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** On the case page: what is still to be done on the platform by hand, and where its things are found there. */
import { Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';
import { HandItem } from './todo-page.tsx';

export const HandsPart: FC<CasePageProps> = ({ view: { beside }, csrf }) => {
  const { hands } = beside.platform;
  if (hands.length === 0) return null;
  return (
    <section aria-labelledby="by-hand">
      <h2 id="by-hand">To do on the platform, by hand</h2>
      <Notice tone="mark">
        <p>
          The connector cannot do this. It is done only when somebody has done it there and ticked it off.
        </p>
      </Notice>
      {hands.map((hand) => (
        <HandItem hand={hand} csrf={csrf} />
      ))}
    </section>
  );
};

export const PlatformLinksPart: FC<CasePageProps> = ({ view: { beside } }) => {
  const { links } = beside.platform;
  if (links.length === 0) return null;
  return (
    <section aria-labelledby="on-platform">
      <h2 id="on-platform">On the platform</h2>
      <ul>
        {links.map(({ url }) => (
          <li>
            <a href={url} rel="noreferrer noopener">
              {url}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
};
