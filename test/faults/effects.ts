/**
 * A gateway whose every effect passes through here: what it writes to its database, what it asks of a platform, what
 * it replies. It can die just before any one of them: from then on nothing that it does or says reaches anybody,
 * as after kill -9. (That a killed process ends just so: services/gateway/crash.test.ts.)
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { statementsOf } from './statements.ts';

/** A statement that changes nothing by itself leaves the same behind whether it was heard or not. */
const isEffect = (statement: string): boolean => /^\s*(insert|update|delete|with|commit)\b/i.test(statement);

/** An effect, and how many of the same name come before it. */
export interface Place {
  effect: string;
  nth: number;
}

export const placesOf = (seen: readonly string[]): Place[] =>
  seen.map((effect, at) => ({ effect, nth: seen.slice(0, at).filter((one) => one === effect).length }));

export interface Effects {
  databaseUrl: string;
  /** the platform's server, as the gateway reaches it */
  platformOrigin: string | undefined;
  /** Names of the effects since `count` was last called. */
  seen(): readonly string[];
  count(): void;
  /**
   * Dies before this effect; true once all that was under way before has ended. If `during` is over before that,
   * there was none: false. Things that happen at once come in any order, so a place is a name and a number.
   */
  dieBefore(place: Place, during: () => Promise<unknown>): Promise<boolean>;
  live(): void;
  close(): Promise<void>;
}

export interface Ends {
  databaseUrl: string;
  /** where everybody knows the gateway, and where it listens */
  gateway: { port: number; own: number };
  platformOrigin?: string;
}

export async function passThrough({ databaseUrl, gateway, platformOrigin }: Ends): Promise<Effects> {
  const open = new Set<{ here: Socket; there: Socket }>();
  const servers: Server[] = [];
  let dead = false;
  let seen: string[] = [];
  let plan: { effect: string; left: number; died: () => void } | undefined;

  /** False if it happens no more. */
  const happens = (effect: string): boolean => {
    if (dead) return false;
    if (plan?.effect === effect && plan.left-- === 0) {
      die(plan.died);
      return false;
    }
    seen.push(effect);
    return true;
  };
  const die = (died: () => void) => {
    dead = true;
    plan = undefined;
    const ends = [...open].map(({ here, there }) => {
      here.destroy();
      // What was said before is heard to its end.
      there.end();
      return new Promise((resolve) => there.once('close', resolve));
    });
    Promise.all(ends).then(died);
  };

  async function listen(port: number, target: { port: number; host: string }, meet: Meet): Promise<number> {
    const server = createServer((here) => {
      if (dead) return here.destroy();
      const pair = { here, there: connect(target.port, target.host) };
      const { there } = pair;
      open.add(pair);
      for (const socket of [here, there]) socket.on('error', () => {});
      const { asked, answered } = meet(happens);
      here.on('data', (octets) => asked(octets, (part) => there.write(part)));
      there.on('data', (octets) => {
        if (!dead && answered(octets)) here.write(octets);
      });
      here.on('close', () => there.end());
      there.on('close', () => {
        open.delete(pair);
        here.destroy();
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    servers.push(server);
    return (server.address() as { port: number }).port;
  }

  const to = (address: string) => ({ port: Number(new URL(address).port), host: '127.0.0.1' });
  const through = new URL(databaseUrl);
  through.port = String(await listen(0, to(databaseUrl), writes));
  await listen(gateway.port, { port: gateway.own, host: '127.0.0.1' }, replies);
  const platformPort = platformOrigin && (await listen(0, to(platformOrigin), asks));
  return {
    databaseUrl: through.href,
    platformOrigin: platformPort ? `http://127.0.0.1:${platformPort}` : undefined,
    seen: () => seen,
    count() {
      seen = [];
    },
    async dieBefore({ effect, nth }, during) {
      const ended = new Promise<void>((died) => {
        plan = { effect, left: nth, died };
      });
      await during().catch(() => {});
      plan = undefined;
      if (dead) await ended;
      return dead;
    },
    live() {
      dead = false;
    },
    async close() {
      for (const { here, there } of open) {
        here.destroy();
        there.destroy();
      }
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** What one connection means: whether a part of it is an effect, and what that is called. */
type Meet = (happens: (effect: string) => boolean) => {
  asked(octets: Buffer, pass: (octets: Buffer) => void): void;
  /** False: it is not passed on. */
  answered(octets: Buffer): boolean;
};

const writes: Meet = (happens) => {
  const read = statementsOf();
  return {
    asked(octets, pass) {
      for (const { statement, bytes } of read(octets))
        if (!statement || !isEffect(statement) || happens(nameOf(statement))) pass(bytes);
    },
    answered: () => true,
  };
};

const requestLine = /^(GET|POST|PUT|DELETE) ([^ ?]+)/;

const replies: Meet = (happens) => {
  let waiting: string | undefined;
  return {
    asked(octets, pass) {
      waiting = lineOf(octets) ?? waiting;
      pass(octets);
    },
    answered() {
      const reply = waiting;
      waiting = undefined;
      return reply === undefined || happens(`reply to ${reply}`);
    },
  };
};

const asks: Meet = (happens) => ({
  asked(octets, pass) {
    const line = lineOf(octets);
    if (!line || line.startsWith('GET') || happens(`asks the platform: ${line}`)) pass(octets);
  },
  answered: () => true,
});

function lineOf(octets: Buffer): string | undefined {
  const [, method, path] = octets.toString('latin1').match(requestLine) ?? [];
  return method && `${method} ${path!.replace(/\/[\w-]{20,}/g, '/…')}`;
}

const nameOf = (statement: string): string =>
  statement.replaceAll('"', '').replace(/\s+/g, ' ').trim().split(' ').slice(0, 3).join(' ');
