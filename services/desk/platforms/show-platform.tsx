/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /platform: whether the desk reaches its platform, as whom, and what it can and cannot do there. */
import type { Reached } from '@answerable/connector/platform';
import { Facts, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { consolePage } from '../console/console-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { handTitles } from './hand-view.ts';

const does = { yes: 'the desk', partly: 'the desk, in part', no: 'a person' } as const;
const kinds = Object.keys(handTitles) as ConnectorAct['kind'][];

export const showPlatform = (parts: DeskParts) => async (c: Context) => {
  const { config, platform, signIn } = parts;
  const session = signIn.session(c);
  const kind = config.platform.kind ?? 'answerable';
  const reached = await platform.check();
  const abilities = kinds.map((one) => ({ kind: one, ...platform.abilities[one] }));
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json({ kind, ...reached, abilities });
  const rows = abilities.map((one) => [
    handTitles[one.kind],
    <Tag {...(one.does === 'no' ? { tone: 'mark' as const } : {})}>{does[one.does]}</Tag>,
    one.words,
  ]);
  const page = { title: 'The platform', session };
  return consolePage(
    c,
    config,
    page,
    <>
      <Facts
        facts={[
          ['Name', config.platform.title ?? config.platform.name],
          ['Kind', kind],
          ['Address', config.platform.origin ?? 'not said'],
        ]}
      />
      {kind === 'by-hand' ? null : <Standing reached={reached} />}
      <Table caption="What is done there, and by whom" head={['What', 'Who does it', 'How']} rows={rows} />
    </>,
  );
};

const Standing: FC<{ reached: Reached }> = ({ reached: { reached, as, missing } }) => {
  if (!reached)
    return (
      <Notice tone="bad" title="The platform does not answer." live>
        <p>What is decided waits and is done when it answers again. Nothing is lost.</p>
      </Notice>
    );
  if (missing.length > 0)
    return (
      <Notice tone="bad" title="The desk reaches the platform, but may not do all that it needs to." live>
        <p>Missing: {missing.join('; ')}.</p>
      </Notice>
    );
  return (
    <Notice
      tone="good"
      title={as === null ? 'The platform answers.' : `The platform answers; the desk is ${as} there.`}
      live
    />
  );
};
