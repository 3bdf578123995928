/**
 * Sends every party what it cannot use, with a planted name, `sub`, user agent and address in every place where
 * one can stand. Whatever comes back, and whatever a journal keeps of it, must not repeat them.
 */
import { type Network, roleNames } from '@answerable/practice-constellation/network';

/** In path, query, body and headers of everything that is sent. */
export const planted = ['Odalys', 'Brackenridge', 'odalysplantedsub', 'kestrel', '203.0.113.77'] as const;
const [given, family, sub, agent, address] = planted;

const paths = [
  `/${sub}`,
  `/?name=${given}+${family}`,
  '/enrolment',
  `/enrolment/callback?state=${sub}&code=${family}`,
  '/issuance',
  '/recall/keys',
  '/recall/evaluation',
  '/tags/evaluations',
  `/records/buckets/${sub}`,
  `/interaction/${sub}/answer`,
  '/account/calls',
  '/desk/persons',
  '/reports',
  '/disclosures',
  `/disclosures/${sub}`,
  `/cases/${sub}`,
  `/cases/${sub}/shares`,
  '/entries',
  `/entries/by-key/${sub}`,
  '/add-checkpoint',
  '/sign-up',
  `/posts/${sub}`,
  `/api/inquiries/${sub}`,
  `/oidc/auth?client_id=${sub}&login_hint=${family}`,
];

const bodies = [
  JSON.stringify({ name: `${given} ${family}`, sub, message: { sub, name: family } }),
  `{"name":"${given} ${family}`,
];

/** Every answer that repeats something planted, as `party path: what`. */
export async function answersThatRepeat({ roles }: Network): Promise<string[]> {
  const asked = roleNames.flatMap((name) =>
    paths.map(async (path) => {
      const answers = [await send(`${roles[name].origin}${path}`)];
      for (const body of bodies) answers.push(await send(`${roles[name].origin}${path}`, body));
      return planted
        .filter((word) => answers.some((answer) => answer.includes(word)))
        .map((word) => `${name} ${path.split('?')[0]}: ${word}`);
    }),
  );
  return (await Promise.all(asked)).flat();
}

async function send(url: string, body?: string): Promise<string> {
  const headers = {
    accept: 'application/json',
    'user-agent': `${agent}/9.9 (${given})`,
    'x-forwarded-for': address,
    cookie: `session=${sub}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const init = body === undefined ? { headers } : { method: 'POST', headers, body };
  const response = await fetch(url, { ...init, redirect: 'manual' });
  return response.text();
}
