/** The platform through its connector, as the desk's configuration names it; what it says is made storable. */
import { connect } from '@answerable/connector/connect';
import type { ConnectorMemory } from '@answerable/connector/memory';
import type { Platform } from '@answerable/connector/platform';
import type { DeskConfig } from './config.ts';
import { storable } from './storable.ts';

export function createPlatform(settings: DeskConfig['platform'], memory: ConnectorMemory): Platform {
  const platform = connect(settings, memory);
  return {
    ...platform,
    item: async (locator) => storable(await platform.item(locator)),
    pageRecord: async (locator) => storable(await platform.pageRecord(locator)),
  };
}
