/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * What this device holds, and what can be asked of places and of the log. No list of accounts. First what needs
 * a look, then at most five cards, the rest under More.
 */
import { useState } from 'preact/hooks';
import { Screen } from '../parts/frame.tsx';
import { DeviceCard } from '../parts/home-device.tsx';
import { OpenedCard } from '../parts/home-opened.tsx';
import { HomeRecord, RecordAlert } from '../parts/home-record.tsx';
import { ResetCard } from '../parts/home-reset.tsx';
import { TriesCard } from '../parts/home-tries.tsx';
import { Button, ButtonLink, Facts, Notice, Select } from '../parts/parts.tsx';
import { SlotSelect } from '../parts/slot-select.tsx';
import { go, linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

const slotsMax = 3;

export function Home() {
  const { situation } = useWallet();
  const { waiting, wordsSet, attributes } = situation;
  const text = said.home;
  const facts = Object.entries(attributes)
    .filter(
      ([name, value]) =>
        name in text.attributes && value !== '' && !(name === 'reset_recent' && value === 'no'),
    )
    .map(([name, value]) => [text.attributes[name] ?? name, valueText(value)] as const);
  return (
    <Screen title={text.title}>
      <RecordAlert />
      {waiting && (
        <Notice tone="good" test="waiting">
          <p>
            {text.waiting(waiting.title)} <a href={linkTo('ask')}>{text.waitingGo}</a>
          </p>
        </Notice>
      )}
      <OpenedCard />
      <ResetCard />
      <TriesCard />
      {!wordsSet && <Words set={false} />}
      <section class="card" aria-labelledby="has">
        <h2 id="has">{text.has}</h2>
        <p>{text.person}</p>
        {facts.length > 0 && <Facts facts={facts} />}
        <p class="soft">{text.renewal}</p>
        <p class="soft">{text.accountsText}</p>
      </section>
      <Messages />
      <DeviceCard />
      <details class="more">
        <summary data-test="more">{text.more}</summary>
        <HomeRecord />
        {wordsSet && <Words set />}
        <section class="card" aria-labelledby="opened-ever">
          <h2 id="opened-ever">{text.opened}</h2>
          <p>{text.openedText}</p>
          <ButtonLink kind="plain" href={linkTo('notices')} test="find-notices">
            {text.openedGo}
          </ButtonLink>
        </section>
      </details>
    </Screen>
  );
}

/** Missing words are a warning; set ones can be made anew. */
function Words({ set }: { set: boolean }) {
  const text = said.home;
  return (
    <section class={set ? 'card' : 'notice bad'} aria-labelledby="four-words">
      <h2 id="four-words">{said.words.title}</h2>
      <p>{set ? text.wordsSet : text.wordsMissing}</p>
      <ButtonLink href={linkTo('words')} {...(set ? { kind: 'plain' } : {})} test="set-words">
        {set ? text.wordsNew : text.wordsGo}
      </ButtonLink>
    </section>
  );
}

/** An attribute's value as a person says it. */
export const valueText = (value: string): string => said.home.values[value] ?? value;

function Messages() {
  const { network, recent } = useWallet().situation;
  const { places } = network;
  const [place, setPlace] = useState('0');
  const [slot, setSlot] = useState('1');
  const text = said.home;
  const chosen = places[Number(place)];
  return (
    <section class="card" aria-labelledby="messages">
      <h2 id="messages">{text.messages}</h2>
      <p>{text.messagesText}</p>
      {recent.length > 0 && (
        <>
          <h3>{text.recent}</h3>
          <ul>
            {recent.map(({ title, gateway, platform, slot }) => (
              <li key={`${gateway} ${platform} ${slot}`}>
                <a href={linkTo('inbox', { gateway, platform, slot: String(slot) })}>
                  {title}
                  {slot > 1 ? ` – ${said.ask.nth(slot)}` : ''}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <Select
        label={text.place}
        value={place}
        onValue={setPlace}
        test="place"
        options={places.map(({ title }, i) => ({ value: String(i), text: title }))}
      />
      <SlotSelect value={slot} onValue={setSlot} max={slotsMax} />
      <Button
        kind="plain"
        test="read-messages"
        onPress={() => chosen && go('inbox', { gateway: chosen.gateway, platform: chosen.platform, slot })}
      >
        {text.read}
      </Button>
    </section>
  );
}
