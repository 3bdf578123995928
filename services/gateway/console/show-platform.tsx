/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /platforms/:platform: one platform as the people who run the gateway see it. Nobody is in it. */
import { dayOf } from '@answerable/kit/clock';
import { Facts, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import { roomLines } from '@answerable/protocol/platform/words';
import { platformNamed } from '../api/admin-api.ts';
import type { GatewayParts } from '../parts.ts';
import { consolePage, door } from './console-page.tsx';
import { countsOf, policyFacts } from './facts.ts';
import { fieldLabels, groundLabels, Labelled, LabelledList } from './labels.tsx';
import { Reach } from './show-start.tsx';

const stepWords = { warn: 'Warned', restrict: 'Restricted', suspend: 'Suspended', bar: 'Barred' } as const;

export const showPlatform = (parts: GatewayParts) =>
  door(parts.console, 'viewer', async (c, session) => {
    const platform = platformNamed(parts, c.req.param('platform'));
    const counts = await countsOf(parts, platform.name);
    const reached = await parts.console.reach(platform, parts.clock.now());
    const policy = await policyFacts(parts, platform);
    const { rooms = [] } = (await parts.platformPolicies.inForce(platform.name)).policy;
    const policies = await parts.platformPolicies.history(platform.name);
    const today = dayOf(parts.clock.now());
    return consolePage(
      c,
      parts.console,
      { title: platform.policy.title, session },
      <>
        {reached.missing.length > 0 ? (
          <Notice tone="bad" title="Rights that our token lacks there">
            <p>{reached.missing.join(', ')}</p>
          </Notice>
        ) : null}
        <Facts
          facts={[
            ['Acts there', <Reach reached={reached} />],
            ['Accounts', counts.accounts],
            ['Closed', counts.closed],
            ['People', counts.persons],
          ]}
        />
        <p class="hint">Counts are told in tens, so that none of them says how many accounts somebody has.</p>
        {counts.signIns.length === 0 ? (
          <p>Nobody signed in these seven days.</p>
        ) : (
          <Table
            caption="Signed in, by day"
            head={['Day', 'Accounts']}
            rows={counts.signIns.map(({ day, accounts }) => [day, accounts])}
          />
        )}
        <Table
          caption="Sanctions in force"
          head={['Step', 'How many']}
          rows={Object.entries(stepWords).map(([step, title]) => [
            title,
            String(counts.sanctions[step as keyof typeof stepWords]),
          ])}
        />
        <h2>Policy</h2>
        <Facts
          facts={[
            ['Hash', <code>{policy.hash}</code>],
            ['Accounts for each person', String(policy.accountsMax)],
            ['Asks to know', <LabelledList ids={policy.disclose} labels={fieldLabels} none="nothing" />],
            [
              'Grounds for opening',
              <LabelledList ids={policy.grounds} labels={groundLabels(parts)} none="none" />,
            ],
          ]}
        />
        {rooms.length > 0 ? (
          <Table
            caption="Rooms"
            head={['Room', 'Who can do what there']}
            rows={rooms.map((room) => [
              <Labelled id={room.id} label={room.title} />,
              roomLines(room).join(' '),
            ])}
          />
        ) : null}
        <Table
          caption="Every policy so far"
          head={['No.', 'Announced', 'Binds from', 'In the log at', 'Now']}
          rows={policies.map(({ serial, hash, announced, effective, place }) => [
            String(serial),
            announced,
            effective,
            place === null ? 'on its way' : String(place),
            hash === policy.hash ? (
              <Tag tone="good">in force</Tag>
            ) : effective > today ? (
              <Tag tone="mark">to come</Tag>
            ) : (
              ''
            ),
          ])}
        />
        <p>
          <a href={`/policy/${platform.name}`}>As people read it</a>
        </p>
      </>,
    );
  });
