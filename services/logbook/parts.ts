/** What the verbs of the logbook work with. */
import type { Clock } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import type { LogFiles } from '@answerable/log/append/log-store';
import type { NoteKey } from '@answerable/log/verify/note-key';
import type { LogbookConfig } from './config.ts';
import type { Events } from './events.ts';
import type { LogbookStore } from './store.ts';

export interface LogbookParts {
  config: LogbookConfig;
  clock: Clock;
  policies: PolicySource;
  key: NoteKey;
  files: LogFiles;
  store: LogbookStore;
  events: Events;
}
