/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Who asks, what they learn and never learn, and who could open the account: read before anything leaves. */
import type { AskView } from '../boundary/actions.ts';
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { AskCounts } from './ask-counts.tsx';
import { ButtonLink, Facts, Notice } from './parts.tsx';

type Flag = AskView['discloses'][number];

export function AskFacts({ view }: { view: AskView }) {
  const text = said.ask;
  return (
    <>
      <Who view={view} />
      {view.claims && (
        <Notice>
          <p data-test="claims">{text.claims(view.claims)}</p>
          <p>
            <strong>{text.claimsNotMine}</strong>
          </p>
        </Notice>
      )}
      <h2>{text.learnTitle}</h2>
      <ul class="ticks" data-test="learns">
        <li>{text.learnPerson}</li>
        {view.discloses.map((flag) => (
          <li key={flag.name}>{flagText(flag)}</li>
        ))}
        <li>{learnedName(view)}</li>
        {view.relayAddress && <li data-test="relay">{text.learnRelay}</li>}
      </ul>
      {view.namedThere && <p data-test="kept">{text.learnKept(view.gatewayTitle)}</p>}
      {view.rooms.length > 0 && (
        <>
          <h2>{text.roomsTitle}</h2>
          <dl data-test="rooms">
            {view.rooms.map(({ title, lines }) => (
              <>
                <dt>{title}</dt>
                <dd>{lines.join(' ')}</dd>
              </>
            ))}
          </dl>
        </>
      )}
      <h2>{text.neverTitle}</h2>
      <ul class="crosses" data-test="never-learns">
        {!view.discloses.some(({ name }) => name === 'name') && <li>{text.neverName}</li>}
        <li>{text.neverDocuments}</li>
        <li>{view.namedThere ? text.neverContactThere : text.neverContact}</li>
        <li>{text.neverElsewhere}</li>
      </ul>
      <ButtonLink kind="link" href={linkTo('limits')}>
        {said.shell.limits}
      </ButtonLink>
      {view.sanctionsHoldThePerson && (
        <>
          <h2>{text.holdsTitle}</h2>
          <p>{text.holds}</p>
        </>
      )}
      {view.resetNeedsModerator && view.discloses.some(isRecentReset) && <p>{text.moderator}</p>}
      {view.vouched === 'refused' && <p data-test="vouched-refused">{text.vouchedRefused}</p>}
      <h2>{text.openTitle}</h2>
      <p>{text.open(view.threshold, view.guardians.length)}</p>
      <ul data-test="guardians">
        {view.guardians.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {view.grounds.length > 0 && (
        <details>
          <summary>{text.openGrounds}</summary>
          <ul>
            {view.grounds.map((ground) => (
              <li key={ground}>{ground}</li>
            ))}
          </ul>
        </details>
      )}
      <AskCounts view={view} />
    </>
  );
}

/** The address stands by itself and large: a place that is not what it says is caught by it. */
function Who({ view }: { view: AskView }) {
  const text = said.ask;
  const { protocol, host } = new URL(view.gatewayOrigin);
  return (
    <section class="card who" aria-label={text.whoTitle} data-test="who">
      <Facts
        facts={[
          [text.place, view.title],
          [text.through, view.gatewayTitle],
          [
            text.address,
            <span class="address" key="address">
              {protocol === 'https:' ? '' : `${protocol}//`}
              <strong>{host}</strong>
            </span>,
          ],
        ]}
      />
      <p class="soft">{text.checked}</p>
      <p>
        <strong>{text.cameFrom}</strong>
      </p>
    </section>
  );
}

/** What a place learns from one flag, as a sentence; name and value where there is none. */
function flagText({ name, value }: Flag): string {
  const title = said.home.attributes[name] ?? name;
  if (value === null) return said.ask.learnBlank(title);
  return said.ask.flags[name]?.[value] ?? said.ask.learnAttribute(title, said.home.values[value] ?? value);
}

const isRecentReset = ({ name, value }: Flag) => name === 'reset_recent' && value === 'yes';

function learnedName({ claims, namedThere }: AskView): string {
  if (claims) return said.ask.learnClaims(claims);
  return namedThere ? said.ask.learnHandleThere : said.ask.learnHandle;
}
