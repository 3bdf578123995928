/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What is hidden for now, by whom, and how long still; a second person confirms or lifts it. */
import { Button, Form } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { minutes } from '../deciding/event-words.ts';
import type { CasePageProps } from './case-page.tsx';
import { ageWords } from './queue-page.tsx';

export const HoldsPart: FC<CasePageProps> = ({ view, csrf }) => {
  if (view.holds.length === 0) return null;
  return (
    <section aria-labelledby="holds">
      <h2 id="holds">Held</h2>
      {view.holds.map((hold) => (
        <div class="item">
          <p>
            <strong>{hold.target}</strong>:{' '}
            {hold.inForce ? (
              <>
                hidden by {hold.by}
                {hold.confirmedBy ? `, confirmed by ${hold.confirmedBy}` : ''}, {ageWords(hold.secondsLeft)}{' '}
                left (until {minutes(hold.until)})
                {hold.confirmedBy ? '.' : '. Shown again by itself then, unless a second person confirms.'}
              </>
            ) : (
              `the hold by ${hold.by} is over (${hold.state}).`
            )}
          </p>
          <div class="row">
            {view.may.confirmHold.includes(hold.hold) ? (
              <Form
                action={`/cases/${view.caseId}/holds/${hold.hold}/confirmation`}
                csrf={csrf}
                label="Confirm the hold"
              >
                <Button>Confirm the hold</Button>
              </Form>
            ) : null}
            {view.may.liftHold.includes(hold.hold) ? (
              <Form
                action={`/cases/${view.caseId}/holds/${hold.hold}/lift`}
                csrf={csrf}
                label="Lift the hold"
              >
                <Button kind="plain">Lift the hold</Button>
              </Form>
            ) : null}
          </div>
        </div>
      ))}
    </section>
  );
};
