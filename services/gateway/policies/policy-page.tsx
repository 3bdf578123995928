/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /policy/:platform: what a platform asks, in plain words, for anybody; what changes when; the history. */
import { dayOf } from '@answerable/kit/clock';
import { page } from '@answerable/kit/page';
import { changesBetween } from '@answerable/protocol/platform/changes';
import { explainPolicy, type Section } from '@answerable/protocol/platform/words';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import type { GatewayParts } from '../parts.ts';
import type { KeptPolicy } from './policy-history.ts';

const shape = /^[a-z0-9][a-z0-9.-]{0,59}$/;

/** Every policy of the platform that the address names, newest first. Refuses `not_found`. */
async function policiesAt(c: Context, { config, platformPolicies }: GatewayParts): Promise<KeptPolicy[]> {
  const name = c.req.param('platform') ?? '';
  if (!shape.test(name) || !config.platforms.some((platform) => platform.name === name))
    throw new Refusal('not_found');
  return platformPolicies.history(name);
}

/** GET /policy/:platform/history: the same as data. */
export function handPolicies(parts: GatewayParts) {
  return async (c: Context) => {
    c.header('cache-control', 'no-store');
    return c.json({ gateway: parts.config.name, policies: await policiesAt(c, parts) });
  };
}

export function showPolicy(parts: GatewayParts) {
  const { config, clock, policies } = parts;
  return async (c: Context) => {
    const all = await policiesAt(c, parts);
    const today = dayOf(clock.now());
    const now = all.find(({ effective }) => effective <= today)!;
    const coming = all.filter(({ effective }) => effective > today).reverse();
    const trust = policies.current();
    const titles = Object.fromEntries(trust.grounds.map(({ id, title }) => [id, title]));
    return page(
      c,
      {
        title: `What ${now.policy.title} asks of you`,
        service: config.title,
        practice: config.mode === 'practice',
      },
      <>
        <p>
          Behind each account here stands one person, who was checked once, elsewhere. {now.policy.title} does
          not learn who that is, nor where else they have accounts: only what is said below.
        </p>
        {coming.map((next) => (
          <Coming before={all.find(({ serial }) => serial === next.serial - 1) ?? now} next={next} />
        ))}
        <Sections sections={explainPolicy(now.policy, titles)} />
        {now.policy.grounds.length > 0 && <WhoOpens trust={trust} grounds={now.policy.grounds} />}
        <h2>History</h2>
        <p>
          Every policy is on the public record before it binds. What you agreed to when your account was
          opened stays until you agree to something else.
        </p>
        <ul>
          {all.map(({ serial, effective, place, hash }) => (
            <li>
              {`Policy ${serial}, from ${effective}: `}
              {place === null ? 'on its way into the log' : `entry ${place} of the log`}
              <br />
              <code>{hash}</code>
            </li>
          ))}
        </ul>
        <p>
          <a href={`/exit/${now.policy.platform}`}>What happens if {now.policy.title} leaves</a>
        </p>
        <p>
          <a href={`/policy/${now.policy.platform}/history`}>The same for software</a>
        </p>
      </>,
    );
  };
}

/** Who has to agree before an account is opened, by name. */
const WhoOpens: FC<{ trust: TrustPolicy; grounds: readonly string[] }> = ({ trust, grounds }) => {
  const { threshold, guardians } = trust.opening;
  const canAsk = trust.grounds.some(({ id, authorities }) => grounds.includes(id) && authorities.length > 0);
  return (
    <>
      <h2>Who can open an account</h2>
      <p>
        {`${threshold} of these have to agree, and none can alone: ${guardians.map(({ title }) => title).join(', ')}. `}
        Each time stands in the public log. The person can answer first, and is told.
        {canAsk ? '' : ' In this network nobody may ask for it yet.'}
      </p>
    </>
  );
};

/** What changes from one policy to the next, as a list. */
export const Coming: FC<{ before: KeptPolicy; next: KeptPolicy }> = ({ before, next }) => (
  <>
    <h2>{`From ${next.effective} on`}</h2>
    <p>These rules were announced and do not hold yet:</p>
    <ul>
      {changesBetween(before.policy, next.policy).map(({ says }) => (
        <li>{says}</li>
      ))}
    </ul>
  </>
);

const Sections: FC<{ sections: readonly Section[] }> = ({ sections }) => (
  <>
    {sections.map(({ title, lines }) => (
      <>
        <h2>{title}</h2>
        {lines.length === 1 ? (
          <p>{lines[0]}</p>
        ) : (
          <ul>
            {lines.map((line) => (
              <li>{line}</li>
            ))}
          </ul>
        )}
      </>
    ))}
  </>
);
