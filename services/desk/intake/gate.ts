/**
 * What stands before every stranger's message: is it the platform (then it passes), and if not, is there still
 * room. And for large bodies: only so many are read at once, the others wait their turn unread.
 */
import { requireBearer } from '@answerable/kit/bearer';
import { callerAddress } from '@answerable/kit/caller';
import { TooOften } from '@answerable/kit/source-limits';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, MiddlewareHandler } from 'hono';
import type { DeskParts } from '../parts.ts';
import { createLimits } from './limits.ts';

const largeAtOnce = 2;
const largeWaitingMax = 40;

export interface Gate {
  /** Whether it is the platform. Throws Refusal `unauthorised` for a wrong token, `too_many_requests`. */
  pass(c: Context, cost?: number): Promise<boolean>;
  /** Seconds that a stranger has to wait; 0 if they may come in now. */
  wait(c: Context, cost?: number): number;
  /** Reads and works on a large body when it is its turn. */
  large<T>(work: () => Promise<T>): Promise<T>;
}

/** A platform without a token of its own sends reports in its own way (services/desk/platforms). */
const refuseBearer: MiddlewareHandler = async () => {
  throw new Refusal('unauthorised');
};

export function createGate({ config, clock }: DeskParts): Gate {
  const { connectorToken } = config.platform;
  const bearer = connectorToken === undefined ? refuseBearer : requireBearer(connectorToken);
  const limits = createLimits(clock);
  const wait = (c: Context, cost?: number) => limits.wait(callerAddress(c, config.proxies), cost);
  const queue: (() => void)[] = [];
  let busy = 0;

  return {
    wait,
    async pass(c, cost) {
      if (c.req.header('authorization') !== undefined) {
        await bearer(c, async () => {});
        return true;
      }
      const seconds = wait(c, cost);
      if (seconds > 0) throw new TooOften(seconds);
      return false;
    },
    async large(work) {
      if (busy >= largeAtOnce) {
        if (queue.length >= largeWaitingMax) throw new Refusal('too_many_requests');
        await new Promise<void>((resolve) => queue.push(resolve));
      } else busy += 1;
      try {
        return await work();
      } finally {
        // Whoever waits takes over this place.
        const next = queue.shift();
        if (next) next();
        else busy -= 1;
      }
    },
  };
}
