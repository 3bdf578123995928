/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Who asks, what they learn and never learn, and who could open the account: read before anything leaves. */
import type { AskView } from '../boundary/actions.ts';
import { valueText } from '../screens/home.tsx';
import { said } from '../text/text.ts';

export function AskFacts({ view }: { view: AskView }) {
  const text = said.ask;
  return (
    <>
      <p class="soft">{text.from(view.gatewayTitle, view.gatewayOrigin)}</p>
      <h2>{text.learnTitle}</h2>
      <ul class="ticks" data-test="learns">
        <li>{text.learnPerson}</li>
        {view.discloses.map(({ name, value }) => (
          <li key={name}>
            {value === null
              ? (said.home.attributes[name] ?? name)
              : text.learnAttribute(said.home.attributes[name] ?? name, valueText(value))}
          </li>
        ))}
        <li>{text.learnHandle}</li>
      </ul>
      <h2>{text.neverTitle}</h2>
      <ul class="crosses" data-test="never-learns">
        {!view.discloses.some(({ name }) => name === 'name') && <li>{text.neverName}</li>}
        <li>{text.neverDocuments}</li>
        <li>{text.neverElsewhere}</li>
      </ul>
      {view.sanctionsHoldThePerson && (
        <>
          <h2>{text.holdsTitle}</h2>
          <p>{text.holds}</p>
        </>
      )}
      {view.resetNeedsModerator && view.discloses.some(isRecentReset) && <p>{text.moderator}</p>}
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
    </>
  );
}

const isRecentReset = ({ name, value }: { name: string; value: string | null }) =>
  name === 'reset_recent' && value === 'yes';
