/** The adapter for a platform, by the kind that its settings name. */
import { answerable } from './answerable.ts';
import { byHandPlatform } from './by-hand.ts';
import type { ConnectorMemory } from './memory.ts';
import type { Platform } from './platform.ts';
import type { PlatformSettings } from './settings.ts';

export function connect(settings: PlatformSettings, memory: ConnectorMemory): Platform {
  switch (settings.kind) {
    case undefined:
    case 'answerable':
      return answerable(settings);
    default:
      return byHandPlatform(settings, memory);
  }
}
