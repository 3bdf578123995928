/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /: how this gateway stands, what needs somebody, and each platform in a line. Nobody is in it. */
import { Facts, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import { refusals } from '@answerable/protocol/refusal';
import type { FC } from 'hono/jsx';
import type { GatewayParts } from '../parts.ts';
import { consolePage, door } from './console-page.tsx';
import { countsOf, keyFacts, logFacts, type ReachedPlatform, type TrustFacts, trustFacts } from './facts.ts';
import { type Labels, labelled, platformLabels } from './labels.tsx';
import { type UndoneAct, undoneActs } from './undone.ts';

export const showStart = (parts: GatewayParts) =>
  door(parts.console, 'viewer', async (c, session) => {
    const { config, clock, console: own } = parts;
    const trust = trustFacts(parts);
    const [log, unannounced, acts, platforms] = await Promise.all([
      logFacts(parts),
      parts.platformPolicies.unannounced(),
      undoneActs(parts),
      Promise.all(
        config.platforms.map(async (platform) => ({
          platform,
          reached: await own.reach(platform, clock.now()),
          counts: await countsOf(parts, platform.name),
        })),
      ),
    ]);
    const [signing, ...others] = keyFacts(parts);
    const next = others.find(({ state }) => state === 'to come');
    return consolePage(
      c,
      own,
      { title: `Hello, ${session.staff.name}`, session },
      <>
        <NeedsSomebody
          trust={trust}
          platforms={platforms}
          acts={acts}
          unannounced={unannounced}
          titles={platformLabels(parts)}
        />
        {platforms.length > 0 ? (
          <Table
            caption="Platforms"
            head={['Platform', 'Acts there', 'Accounts', 'People', 'Signed in today']}
            rows={platforms.map(({ platform, reached, counts }) => [
              <a href={`/platforms/${platform.name}`}>{platform.policy.title}</a>,
              <Reach reached={reached} />,
              counts.accounts,
              counts.persons,
              counts.signIns.find(({ day }) => day === clock.now().toISOString().slice(0, 10))?.accounts ??
                'none',
            ])}
          />
        ) : null}
        <h2>The network</h2>
        <Facts
          facts={[
            [
              'Trust policy',
              trust.here
                ? `${trust.network}, number ${trust.serial}, since ${trust.effective}`
                : 'not here yet',
            ],
            ['Its hash', trust.hash ? <code>{trust.hash}</code> : 'none'],
            ['The log', log.seen === null ? 'not seen since the start' : `seen up to entry ${log.seen}`],
            [
              'On the way into it',
              log.waiting === 0 ? 'nothing' : `${log.waiting} ${log.waiting === 1 ? 'entry' : 'entries'}`,
            ],
          ]}
        />
        <h2>This gateway</h2>
        <Facts
          facts={[
            ['Keys', signing ? `set ${signing.serial} signs since ${signing.from.slice(0, 10)}` : 'none yet'],
            ['Next keys', next ? `sign from ${next.from.slice(0, 10)}` : 'are made in time'],
            [
              'Upkeep',
              own.upkeep.at
                ? `at ${own.upkeep.at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
                : 'not yet',
            ],
            ['Left waiting by it', waitsInWords(own.upkeep.waits)],
          ]}
        />
      </>,
    );
  });

const NeedsSomebody: FC<{
  trust: TrustFacts;
  platforms: readonly { platform: { policy: { title: string } }; reached: ReachedPlatform }[];
  acts: readonly UndoneAct[];
  unannounced: readonly string[];
  titles: Labels;
}> = ({ trust, platforms, acts, unannounced, titles }) => {
  const named = (name: string) => labelled(name, titles(name));
  const byHand = acts.filter(({ state }) => state === 'by-hand').length;
  const needs = [
    ...(trust.here
      ? []
      : [
          'There is no trust policy yet, so nobody can sign up. What the command printed at the start says how to get one.',
        ]),
    ...(trust.here && !trust.listed
      ? [
          `The trust policy does not list this gateway with: ${trust.missing.map(named).join(', ') || 'any platform'}. Nobody can sign up there.`,
        ]
      : []),
    ...(byHand > 0 ? [<a href="/undone">{`Acts for a person to do at a platform: ${byHand}`}</a>] : []),
    ...(acts.length > byHand
      ? [<a href="/undone">{`Acts that wait for a platform: ${acts.length - byHand}`}</a>]
      : []),
    ...unannounced.map(
      (name) =>
        `The policy file of ${named(name)} says what was never announced: it does not hold. answerable policy announce.`,
    ),
    ...(platforms.length === 0 ? ['There is no platform yet: answerable gateway add.'] : []),
    ...platforms.flatMap(({ platform: { policy }, reached: { state, missing } }) => [
      ...(state === 'not reached' ? [`${policy.title} does not answer, or does not take our token.`] : []),
      ...missing.map((right) => `At ${policy.title} a right is missing: ${right}.`),
    ]),
  ];
  if (needs.length === 0)
    return (
      <Notice tone="good" title="Nothing needs you.">
        <p>What is done by itself is being done.</p>
      </Notice>
    );
  return (
    <Notice tone="bad" title="This needs somebody">
      <ul>
        {needs.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Notice>
  );
};

export const Reach: FC<{ reached: ReachedPlatform }> = ({ reached: { state } }) => (
  <Tag
    {...(state === 'reached'
      ? { tone: 'good' as const }
      : state === 'not reached'
        ? { tone: 'bad' as const }
        : {})}
  >
    {state}
  </Tag>
);

function waitsInWords(codes: readonly string[]): string {
  const titles = codes.map((code) => (refusals as Record<string, { title: string }>)[code]?.title ?? code);
  return [...new Set(titles)].join(' ') || 'nothing';
}
