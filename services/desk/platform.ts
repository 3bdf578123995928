/** The platform through its connector (ARCHITECTURE, "Who talks to whom"): acts, items as they are, a page's record. */
import { callJson } from '@answerable/kit/http-client';
import {
  type ConnectorAct,
  connectorActed,
  connectorItem,
  pageRecord,
} from '@answerable/protocol/report/connector';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import type { z } from 'zod';
import type { DeskConfig } from './config.ts';
import { storable } from './storable.ts';

const timeoutMs = 5_000;

export interface Platform {
  act(act: ConnectorAct): Promise<z.infer<typeof connectorActed>>;
  /** `locator` is `post/…`, `page/…` or `account/…`. */
  item(locator: string): Promise<ItemSnapshot>;
  pageRecord(locator: string): Promise<z.infer<typeof pageRecord>>;
}

export function createPlatform({ origin, connectorToken }: DeskConfig['platform']): Platform {
  const headers = { authorization: `Bearer ${connectorToken}` };
  const read = <T>(path: string, schema: z.ZodType<T>) =>
    callJson(`${origin}/moderation/${path}`, { headers, schema, timeoutMs });
  return {
    act: (body) =>
      callJson(`${origin}/moderation/acts`, { body, headers, schema: connectorActed, timeoutMs }),
    item: async (locator) => storable(await read(`items/${locator}`, connectorItem)),
    pageRecord: async (locator) =>
      storable(await read(`pages/${locator.slice('page/'.length)}/record`, pageRecord)),
  };
}
