/**
 * Who may ask at /admin: with a token that somebody made at the console, or with that of this machine. Every
 * operation says which role it needs, and is refused to others before its body is read.
 * Must never: answer anything, its own description excepted, without a token.
 */
import { broughtToken, tokenBook } from '@answerable/kit/bearer';
import { Refusal } from '@answerable/protocol/refusal';
import type { MiddlewareHandler } from 'hono';
import type { z } from 'zod';
import type { Caller } from '../console/api-tokens.ts';
import type { ConsoleParts } from '../console/console-parts.ts';
import { operatorOfMachine } from '../console/people-store.ts';
import { isAtLeast, type Role } from '../console/roles.ts';
import { type ApiEnv, type Asked, type DescribedApi, type Operation, operation } from './described.ts';

/** Refuses `unauthorised`; says who it is to whoever is next. */
export function requireCaller({ config, tokens }: ConsoleParts): MiddlewareHandler<ApiEnv> {
  const machine = { name: operatorOfMachine, role: 'admin' } as const;
  const find = tokenBook(config.adminToken ? [[config.adminToken, machine] as const] : []);
  return async (c, next) => {
    const given = broughtToken(c);
    if (given === '') throw new Refusal('unauthorised');
    c.set('caller', find(given) ?? (await tokens.caller(given)));
    await next();
  };
}

/** An operation for who has at least `role`; who it is comes along, for the record. */
export function adminOperation<B extends z.ZodType, R extends z.ZodType>(
  api: DescribedApi,
  role: Role,
  said: Operation<B, R>,
  perform: (asked: Asked<z.infer<B>> & { caller: Caller }) => Promise<z.infer<R>>,
): void {
  api.on(said.method.toUpperCase(), said.path, async (c, next) => {
    if (!isAtLeast(c.get('caller').role, role)) throw new Refusal('forbidden');
    await next();
  });
  const description = [`For role ${role} and above.`, said.description ?? ''].join(' ').trim();
  operation(
    api,
    { ...said, description, refuses: ['unauthorised', 'forbidden', ...(said.refuses ?? [])] },
    (asked) => perform({ ...asked, caller: asked.c.get('caller') }),
  );
}
