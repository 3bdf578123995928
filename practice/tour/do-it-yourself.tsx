/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The other way through a chapter: the real screens, shown in a frame on the left half or in a window of their
 * own; in the first chapter also who one can be and the switches of Commons.
 */
import type { Network } from '@answerable/practice-constellation/network';
import type { Person } from '@answerable/practice-identity-provider/people';
import type { FC } from 'hono/jsx';
import type { ChapterText } from './chapter-texts.ts';
import { type Door, doors } from './doors.ts';
import { type Rule, rules, type Settings } from './switches.ts';

/** People whom the story never plays: whoever joins in the story cannot join again in the visitor's wallet. */
const leftToVisitors: readonly string[] = [
  'be-hounded',
  'be-young',
  'be-survivor',
  'be-closeted',
  'be-whistleblower',
  'be-hounder',
  'journalist',
  'abroad',
];

interface Props {
  chapter: ChapterText;
  network: Network;
  people: readonly Person[];
  settings: Settings | undefined;
}

export const DoItYourself: FC<Props> = ({ chapter, network, people, settings }) => {
  const here = doors.filter(({ chapters }) => chapters.includes(chapter.id));
  if (here.length === 0) return null;
  return (
    <section id="yourself" aria-labelledby="yourself-title">
      <h2 id="yourself-title">Do it yourself</h2>
      {chapter.id === 'join' ? (
        <>
          <form
            method="post"
            action="/switches"
            data-live="switch"
            id="switches"
            aria-label="The rule at Commons"
          >
            <Switches settings={settings} />
          </form>
          <People people={people} commons={network.roles.commons.origin} />
        </>
      ) : null}
      <ul class="doors">
        {here.map((door) => (
          <DoorRow door={door} origin={network.roles[door.role].origin} />
        ))}
      </ul>
      <div id="stage">
        <div class="row stage-bar">
          <h3 id="stage-title" tabindex={-1}>
            The real screen
          </h3>
          <button type="button" class="button plain" id="stage-close">
            Close it
          </button>
        </div>
        <p id="stage-note" class="hint" />
        <iframe name="stage" title="The real screen" src="/blank" />
      </div>
    </section>
  );
};

const DoorRow: FC<{ door: Door; origin: string }> = ({ door, origin }) => (
  <li>
    <span class="door-name">
      <strong>{door.title}</strong> <span class="soft">{door.says}</span>
    </span>
    {door.staff ? (
      <form
        method="post"
        action={`/doors/${door.id}`}
        target="stage"
        data-stage={door.title}
        aria-label={door.title}
      >
        <button type="submit" class="button plain">
          Open <span class="unseen">{door.title}</span> here
        </button>{' '}
        <button type="submit" class="button link" formtarget="_blank">
          <span class="unseen">{door.title}</span> in a new window
        </button>
      </form>
    ) : (
      <span>
        <a class="button plain" href={`${origin}/`} target="stage" data-stage={door.title}>
          Open <span class="unseen">{door.title}</span> here
        </a>{' '}
        <a class="button link" href={`${origin}/`} target="_blank" rel="noopener">
          <span class="unseen">{door.title}</span> in a new window
        </a>
      </span>
    )}
  </li>
);

const People: FC<{ people: readonly Person[]; commons: string }> = ({ people, commons }) => {
  const yours = people.filter(({ id }) => leftToVisitors.includes(id));
  const others = people.filter(({ id }) => !leftToVisitors.includes(id));
  return (
    <div class="who">
      <h3>Choose who to be, and sign up at Commons</h3>
      <ul class="cards">
        {yours.map((person) => (
          <li>
            <a
              class="person"
              href={`${commons}/join`}
              target="stage"
              data-stage="Commons"
              data-note={`You are ${nameOf(person)}. Choose that name when you are asked who you are.`}
            >
              <strong>{nameOf(person)}</strong>
              <span>{person.about}</span>
            </a>
          </li>
        ))}
      </ul>
      <details>
        <summary>The others are in the story above</summary>
        <dl class="facts">
          {others.map((person) => (
            <>
              <dt>{nameOf(person)}</dt>
              <dd>{person.about}</dd>
            </>
          ))}
        </dl>
      </details>
    </div>
  );
};

/** The content of the form with the switches of Commons. */
export const Switches: FC<{ settings: Settings | undefined }> = ({ settings }) => (
  <fieldset class="switches">
    <legend>The rule at Commons</legend>
    {Object.entries(rules).map(([rule, { title, says }]) => (
      <button
        type="submit"
        id={`rule-${rule}`}
        name="rule"
        value={rule}
        class="switch"
        aria-pressed={settings?.rule === (rule as Rule) ? 'true' : 'false'}
      >
        <strong>{title}</strong>
        <span>{says}</span>
      </button>
    ))}
    <button
      type="submit"
      id="rule-for-uk"
      name="forUk"
      value={settings?.forUk ? 'no' : 'yes'}
      class="switch"
      aria-pressed={settings?.forUk ? 'true' : 'false'}
    >
      <strong>For people in the UK</strong>
      <span>{settings?.forUk ? 'On: others are not bound.' : 'Off: it holds for everybody.'}</span>
    </button>
    {settings ? null : <p class="hint">Commons does not answer just now.</p>}
  </fieldset>
);

const nameOf = ({ givenName, familyName }: Person) => `${givenName} ${familyName}`;
