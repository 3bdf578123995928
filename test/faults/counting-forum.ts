/** A forum that takes acts of the protocol's own connector and logouts, and does an act once by its id. For tests only. */
import { serve } from '@answerable/kit/serve';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import { Hono } from 'hono';

export interface CountingForum {
  origin: string;
  /** acts in the order in which they were first asked for */
  acts: ConnectorAct[];
  /** how often acts were asked for, repeated ones too */
  asked(): number;
  logouts: string[];
  close(): Promise<void>;
}

export async function countingForum(): Promise<CountingForum> {
  const acts: ConnectorAct[] = [];
  const logouts: string[] = [];
  let asked = 0;
  const app = new Hono();
  app.post('/moderation/acts', async (c) => {
    const act: ConnectorAct = await c.req.json();
    asked += 1;
    if (!acts.some((known) => known.act === act.act)) acts.push(act);
    return c.json({ done: true, could: '' });
  });
  app.post('/logout', async (c) => {
    const [, payload = ''] = String((await c.req.parseBody()).logout_token).split('.');
    logouts.push(JSON.parse(Buffer.from(payload, 'base64url').toString()).sub);
    return c.body(null, 200);
  });
  const { origin, close } = await serve(app, { port: 0 });
  return { origin, acts, asked: () => asked, logouts, close };
}
