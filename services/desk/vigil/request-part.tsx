/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What somebody asked for after a death, on the page of its case; and what to find out before anything is begun. */
import { ButtonLink, Facts } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { askerWords, askWords } from '../care/care-words.ts';
import type { CasePageProps } from '../console/case-page.tsx';
import { displayText, Words } from '../console/display-text.tsx';

export const AfterDeathPart: FC<CasePageProps> = ({ view }) => {
  const { afterDeath, request } = view;
  if (!afterDeath) return null;
  return (
    <section aria-labelledby="after-death">
      <h2 id="after-death">After a death</h2>
      {afterDeath.by === 'the-desk' ? (
        <p>Begun by this desk. What it does on the platform shows here.</p>
      ) : (
        <>
          <Facts
            facts={[
              ['Who asks', askerWords[afterDeath.by]],
              ['What for', afterDeath.asks.map((one) => askWords[one]).join('; ')],
              ...(request
                ? [
                    ['Name they gave', displayText(request.name)] as const,
                    ['How to reach them', displayText(request.contact)] as const,
                    ['Account', displayText(request.account)] as const,
                  ]
                : []),
            ]}
          />
          {request?.words ? <Words text={request.words} /> : null}
          <p>
            <strong>Nobody has checked who this is.</strong> Speak with them first. For a coroner or the
            police, call back through a number that you have found yourself. Ask a second person before an
            account is made a memorial: a mistake shuts a living person out.
          </p>
        </>
      )}
      <ButtonLink href="/vigils" kind="plain">
        After a death: what can be begun
      </ButtonLink>
    </section>
  );
};
