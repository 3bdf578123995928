/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Back from the evidence provider: the rest of an enrolment, said step by step. */
import { type RefusalCode, refusals } from '@answerable/protocol/refusal';
import { useEffect, useState } from 'preact/hooks';
import type { EnrolmentEnd, IdentityView } from '../boundary/actions.ts';
import { Refused } from '../boundary/rpc.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Facts, Steps } from '../parts/parts.tsx';
import { RefusalNotice, refusalText } from '../parts/refusal.tsx';
import { evidenceFacts } from '../parts/sealed-evidence.ts';
import { WaitChoice } from '../parts/wait-choice.tsx';
import { go, linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';

/** After these another way may do: the others are named beside them. */
const mayGoAnotherWay: ReadonlySet<Refused['code']> = new Set([
  'evidence_denied',
  'evidence_refused',
  'evidence_unproven',
  'evidence_document',
  'evidence_later',
  'evidence_insufficient',
  'evidence_unavailable',
]);

/** What to offer beside a refusal; `again` where nothing is named. */
const offers: Partial<Record<Refused['code'], 'back' | 'review' | 'join' | 'reset' | 'none'>> = {
  person_known: 'back',
  person_unsure: 'review',
  person_unknown: 'join',
  evidence_denied: 'join',
  evidence_refused: 'join',
  evidence_unproven: 'join',
  evidence_document: 'join',
  evidence_later: 'none',
  evidence_insufficient: 'join',
  evidence_mismatch: 'join',
  evidence_unavailable: 'join',
  route_unknown: 'join',
  too_young: 'none',
  session_unknown: 'join',
  recall_missing: 'reset',
  reset_waiting: 'none',
  reset_too_soon: 'none',
};

export function Enrolled({ facts }: { facts: Record<string, string> }) {
  const { call, refresh } = useWallet();
  const [end, setEnd] = useState<EnrolmentEnd>();
  const task = useTask();
  const finish = () =>
    task.run(async () => {
      if (facts.refusal) throw new Refused(codeOf(facts.refusal));
      const { session = '', code } = facts;
      const back = code ? { session, code } : { session };
      const ended = await call('finish', back, task.onStep);
      if (ended.end === 'go-on') {
        await leaveFor(ended.authorizationUrl);
        return;
      }
      const seen = await refresh();
      if (ended.end === 'words-wanted') go('back', {}, true);
      else if (ended.end === 'returned' && ended.named) go(seen.waiting ? 'ask' : 'home', {}, true);
      else if (ended.end === 'returned') go(seen.wordsSet && seen.waiting ? 'ask' : 'words', {}, true);
      else setEnd(ended);
    });
  useEffect(() => void finish(), []);
  if (end?.end === 'joined') return <Joined identity={end.identity} />;
  if (end?.end === 'waiting') return <Waiting ends={end.ends} />;
  if (task.refused) return <Stopped refused={task.refused} again={finish} />;
  return (
    <Screen title={said.enrolled.title}>
      <p class="lead">{said.enrolled.lead}</p>
      <Steps steps={task.steps} />
    </Screen>
  );
}

function Stopped({ refused, again }: { refused: Refused; again: () => void }) {
  return (
    <Screen title={refusalText(refused.code).title}>
      <RefusalNotice refused={refused} untitled />
      {mayGoAnotherWay.has(refused.code) && <OtherWays />}
      <div class="row">
        <Offer code={refused.code} again={again} />
        <ButtonLink kind="link" href={linkTo('home')}>
          {said.shell.home}
        </ButtonLink>
      </div>
    </Screen>
  );
}

/** The ways to join, by name; with one only, nothing. */
function OtherWays() {
  const { routes, referees } = useWallet().situation.network;
  if (routes.length < 2 && !referees) return null;
  return (
    <>
      <p>{said.enrolled.otherWays}</p>
      <ul data-test="other-ways">
        {routes.map((route) => (
          <li key={route.id}>
            <a href={linkTo('join', { route: route.id })}>{route.title}</a>
          </li>
        ))}
        {referees && (
          <li>
            <a href={linkTo('vouched', { purpose: 'join' })}>{said.vouched.other}</a>
          </li>
        )}
      </ul>
    </>
  );
}

function Offer({ code, again }: { code: Refused['code']; again: () => void }) {
  const offer = offers[code];
  if (offer === 'none') return null;
  if (offer === 'review')
    return (
      <ButtonLink href={linkTo('review')} test="review">
        {said.review.title}
      </ButtonLink>
    );
  if (offer === 'back')
    return (
      <ButtonLink href={linkTo('back')} test="use-words">
        {said.welcome.back}
      </ButtonLink>
    );
  if (offer === 'join') return <ButtonLink href={linkTo('join')}>{said.welcome.join}</ButtonLink>;
  if (offer === 'reset') return <ButtonLink href={linkTo('reset')}>{said.recall.lost}</ButtonLink>;
  return <Button onPress={again}>{said.shell.again}</Button>;
}

/** What was sealed, to be read once. Not kept. */
function Joined({ identity }: { identity: IdentityView }) {
  const { network, waiting } = useWallet().situation;
  const { guardians, threshold } = network;
  const text = said.enrolled;
  const proof = evidenceFacts(identity.evidence, network.routes);
  return (
    <Screen title={text.joinedTitle}>
      <p class="lead">{text.sealed(threshold, guardians.length)}</p>
      <div class="card" data-test="sealed">
        <Facts
          facts={[
            [text.name, identity.name],
            [text.birthDate, dayText(identity.birthDate)],
            ...(proof ?? [[text.evidence, identity.evidence] as const]),
          ]}
        />
        {proof && (
          <details>
            <summary>{text.exactly}</summary>
            <p>
              <code>{identity.evidence}</code>
            </p>
          </details>
        )}
      </div>
      <div class="row">
        <Button onPress={() => go('words', {}, true)} test="next-words">
          {text.next}
        </Button>
        {waiting && (
          <Button kind="plain" onPress={() => go('ask', {}, true)} test="go-on-first">
            {text.first(waiting.title)}
          </Button>
        )}
      </div>
      {waiting && <p class="soft">{text.firstText}</p>}
      <WaitChoice />
      <ButtonLink kind="link" href={linkTo('limits')}>
        {said.shell.limits}
      </ButtonLink>
    </Screen>
  );
}

function Waiting({ ends }: { ends: string }) {
  return (
    <Screen title={said.reset.waitingTitle}>
      <p class="lead" data-test="reset-waiting">
        {said.reset.waiting(dayText(ends))}
      </p>
      <p>{said.reset.waitingWhy}</p>
      <ButtonLink kind="plain" href={linkTo('home')}>
        {said.shell.home}
      </ButtonLink>
    </Screen>
  );
}

// The fragment is not signed: only codes of the table are shown.
const codeOf = (word: string): RefusalCode =>
  Object.hasOwn(refusals, word) ? (word as RefusalCode) : 'evidence_refused';
