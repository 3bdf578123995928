/** What the verbs of a guardian work with; made in start.ts, read everywhere, changed nowhere. */
import type { Clock } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import type { HeldShare } from '@answerable/kit/key-share';
import type { PolicySource } from '@answerable/kit/policy-source';
import type { Events } from './events.ts';
import type { GuardianKeys } from './keys.ts';
import type { LogView } from './log-view.ts';
import type { Store } from './store.ts';

export interface GuardianParts {
  name: string;
  title: string;
  clock: Clock;
  keys: GuardianKeys;
  policies: PolicySource;
  store: Store;
  log: LogView;
  events: Events;
  journal: Journal;
  /** our share of the opening key; refuses `not_ready` before the ceremony */
  share: () => HeldShare;
}
