/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The two lists of an opened history: accounts with how they stand, and what was shown to whom. */
import { useState } from 'preact/hooks';
import type { AccountAt, InboxView } from '../boundary/actions.ts';
import { Refused } from '../boundary/rpc.ts';
import type { HistoryLine } from '../boundary/vault-actions.ts';
import { go } from '../route.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { Button } from './parts.tsx';
import { RefusalNotice, refusalText } from './refusal.tsx';

/** A place by its title, and which account if not the first. */
function usePlaceText(): (at: AccountAt) => string {
  const { places } = useWallet().situation.network;
  return ({ gateway, platform, slot }) => {
    const place = places.find((known) => known.gateway === gateway && known.platform === platform);
    return `${place?.title ?? platform}${slot > 1 ? ` – ${said.ask.nth(slot)}` : ''}`;
  };
}

type Standing = InboxView['standing'] | Refused['code'];

export function Accounts(props: { accounts: AccountAt[]; find: () => Promise<void>; busy: boolean }) {
  const { call } = useWallet();
  const [standings, setStandings] = useState<Record<string, Standing>>({});
  const placeText = usePlaceText();
  const task = useTask();
  const text = said.history;
  const look = () =>
    task.run(async () => {
      for (const at of props.accounts) {
        const standing = await call('inbox', at).then(
          ({ standing }): Standing => standing,
          (error: unknown): Standing => (error instanceof Refused ? error.code : 'internal'),
        );
        setStandings((before) => ({ ...before, [keyOf(at)]: standing }));
      }
    });
  return (
    <section class="card" aria-labelledby="accounts">
      <h2 id="accounts">{text.accounts}</h2>
      {props.accounts.length === 0 && <p>{text.noAccounts}</p>}
      <ul class="rows" data-test="accounts">
        {props.accounts.map((at) => (
          <li key={keyOf(at)}>
            <span>
              {placeText(at)}
              {standings[keyOf(at)] && <span class="soft">, {standingText(standings[keyOf(at)])}</span>}
            </span>
            <Button
              kind="link"
              label={`${text.read}: ${placeText(at)}`}
              onPress={() =>
                go('inbox', { gateway: at.gateway, platform: at.platform, slot: String(at.slot) })
              }
            >
              {text.read}
            </Button>
          </li>
        ))}
      </ul>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {props.accounts.length > 0 && (
        <>
          <p class="soft">{text.standingsLead}</p>
          <Button kind="plain" onPress={look} busy={task.busy} test="standings">
            {text.standings}
          </Button>
        </>
      )}
      <details data-test="find-accounts">
        <summary>{text.find}</summary>
        <p>{text.findLead}</p>
        <Button kind="plain" onPress={props.find} busy={props.busy} test="find-accounts-go">
          {text.find}
        </Button>
      </details>
    </section>
  );
}

const keyOf = ({ gateway, platform, slot }: AccountAt) => `${gateway} ${platform} ${slot}`;

const standingText = (standing: Standing | undefined): string => {
  if (standing === undefined) return '';
  const { standing: texts } = said.inbox;
  return standing in texts
    ? texts[standing as keyof typeof texts]
    : refusalText(standing as Refused['code']).title;
};

export function Answers({ lines }: { lines: HistoryLine[] }) {
  const placeText = usePlaceText();
  const text = said.history;
  const save = () => {
    const file = new Blob([JSON.stringify(lines, null, 2)], { type: 'application/json' });
    const link = document.createElement('a');
    link.href = URL.createObjectURL(file);
    link.download = 'list.json';
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <section class="card" aria-labelledby="answers">
      <h2 id="answers">{text.answers}</h2>
      {lines.length === 0 && <p>{text.nothing}</p>}
      <ul data-test="answers">
        {lines.map((line, i) => (
          <li key={`${i} ${keyOf(line)}`}>
            {dayText(line.day)}: {placeText(line)}, {text.ways[line.way]}
            {line.disclosed.length > 0 && (
              <span class="soft">
                , {text.saw(line.disclosed.map((name) => said.home.attributes[name] ?? name).join(', '))}
              </span>
            )}
          </li>
        ))}
      </ul>
      {lines.length > 0 && (
        <>
          <p class="soft">{text.exportLead}</p>
          <Button kind="plain" onPress={save} test="history-export">
            {text.export}
          </Button>
        </>
      )}
    </section>
  );
}
