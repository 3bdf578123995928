/** The adapter for a platform, by the kind that its settings name. */
import { answerable } from './answerable.ts';
import { bluesky } from './bluesky.ts';
import { byHandPlatform } from './by-hand.ts';
import { discourse } from './discourse.ts';
import { mastodon } from './mastodon.ts';
import type { ConnectorMemory } from './memory.ts';
import { nodebb } from './nodebb.ts';
import type { Platform } from './platform.ts';
import type { PlatformSettings } from './settings.ts';
import { webhook } from './webhook.ts';

export function connect(settings: PlatformSettings, memory: ConnectorMemory): Platform {
  switch (settings.kind) {
    case undefined:
    case 'answerable':
      return answerable(settings);
    case 'mastodon':
      return mastodon(settings, memory);
    case 'nodebb':
      return nodebb(settings, memory);
    case 'discourse':
      return discourse(settings, memory);
    case 'bluesky':
      return bluesky(settings, memory);
    case 'webhook':
      return webhook(settings);
    case 'by-hand':
      return byHandPlatform(settings, memory);
  }
}
