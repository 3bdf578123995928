/**
 * GET /figures and /figures.csv: how many people began to join by each route, came back, got through, and were
 * refused for what reason. For anybody; what is left out of it, and why, is figures.ts.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { refereeRoute } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import { type RouteFigures, routeFigures } from './figures.ts';
import type { RegistrarStore } from './store.ts';

const daysShown = 400;
const msPerDay = 86_400_000;
const about =
  'People who began to join, by how they showed who they are. Weeks that are over; a day or week with a figure between one and four is added to a longer span; null says one to four.';

interface Needs {
  store: RegistrarStore;
  clock: Clock;
  policies: PolicySource;
}

export function showFigures(needs: Needs) {
  return async (c: Context) => {
    c.header('access-control-allow-origin', '*');
    return c.json({ about, routes: await figuresNow(needs) });
  };
}

export function showFiguresTable(needs: Needs) {
  return async (c: Context) => {
    const lines = (await figuresNow(needs)).flatMap(({ route, spans }) =>
      spans.flatMap(({ over, from, to, outcomes }) =>
        Object.entries(outcomes).map(([outcome, count]) =>
          [route, over, from, to, outcome, count ?? '1-4'].join(),
        ),
      ),
    );
    c.header('access-control-allow-origin', '*');
    c.header('content-type', 'text/csv; charset=utf-8');
    return c.body(`${['route,over,from,to,outcome,count', ...lines].join('\r\n')}\r\n`);
  };
}

// Routes of the policy only, each once, also those that nobody took: an absent route would say something too.
async function figuresNow({ store, clock, policies }: Needs): Promise<RouteFigures[]> {
  const today = dayOf(clock.now());
  const since = dayOf(new Date(clock.now().getTime() - daysShown * msPerDay));
  const found = routeFigures(await store.routeCounts(since, today), today);
  const { evidence, referees } = policies.current();
  const routes = [...evidence.map(({ id }) => id), ...(referees ? [refereeRoute] : [])];
  return routes.map((route) => found.find((one) => one.route === route) ?? { route, spans: [] });
}
