/**
 * An API that describes itself: each operation is said once, with its shapes, and served and described (OpenAPI
 * 3.1) from that. Shapes are checked by our own reading, so that every "no" is a code of the one table.
 */
import { readJson, readQuery } from '@answerable/kit/read-json';
import { refusals } from '@answerable/protocol/refusal';
import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Role } from '../console/roles.ts';

export type ApiEnv = { Variables: { platform: string; caller: { name: string; role: Role } } };
export type DescribedApi = OpenAPIHono<ApiEnv>;

export interface Operation<B extends z.ZodType, R extends z.ZodType> {
  method: 'get' | 'post' | 'put' | 'delete';
  /** whole, as Hono writes it: /platform/accounts/:sub */
  path: string;
  /** one line, for the list */
  summary: string;
  description?: string;
  /** body of post and put */
  body?: B;
  /** query parameters, each a text */
  query?: z.ZodObject;
  reply: R;
  /** codes of the one table that this operation answers with, besides those of every address */
  refuses?: readonly (keyof typeof refusals)[];
}

export interface Asked<B> {
  body: B;
  query: Record<string, string | undefined>;
  c: Context<ApiEnv>;
}

export const newApi = (): DescribedApi => new OpenAPIHono<ApiEnv>();

/** Adds one operation: decoded by its shapes, answered as JSON, described under its path. */
export function operation<B extends z.ZodType, R extends z.ZodType>(
  api: DescribedApi,
  said: Operation<B, R>,
  perform: (asked: Asked<z.infer<B>>) => Promise<z.infer<R>>,
): void {
  const { method, path, body, query, reply } = said;
  api.on(method.toUpperCase(), path, async (c) => {
    c.header('cache-control', 'no-store');
    const asked = {
      body: body ? await readJson(c, body) : undefined,
      query: query ? readQuery(c, query) : {},
      c,
    };
    return c.json((await perform(asked as Asked<z.infer<B>>)) as object);
  });
  api.openAPIRegistry.registerPath({
    method,
    path: path.replace(/:(\w+)/g, '{$1}'),
    summary: said.summary,
    ...(said.description ? { description: said.description } : {}),
    security: [{ token: [] }],
    request: {
      params: z.object(
        Object.fromEntries([...path.matchAll(/:(\w+)/g)].map((found) => [found[1]!, z.string()])),
      ),
      ...(query ? { query } : {}),
      ...(body ? { body: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    },
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: reply } } },
      ...refusalsOf(said.refuses ?? []),
    },
  });
}

/** GET `path` answers the description of all operations added to `api`. */
export function describe(api: DescribedApi, path: string, title: string): void {
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', { type: 'http', scheme: 'bearer' });
  api.get(path, (c) =>
    c.json(api.getOpenAPI31Document({ openapi: '3.1.0', info: { title, version: '1' } }) as object),
  );
}

function refusalsOf(codes: readonly (keyof typeof refusals)[]) {
  const byStatus = new Map<number, string[]>();
  for (const code of codes) {
    const { status, title } = refusals[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${title}`]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, lines]) => [status, { description: lines.join(' ') }]),
  );
}
