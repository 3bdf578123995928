/** What the verbs of the desk work with. */
import type { Platform } from '@answerable/connector/platform';
import type { Clock } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import type { Mailer } from '@answerable/kit/mail';
import type { PolicySource } from '@answerable/kit/policy-source';
import type { SignIn } from '@answerable/kit/sign-in';
import type { CareStore } from './care/care-store.ts';
import type { Casebook } from './casebook.ts';
import type { DeskConfig } from './config.ts';
import type { DisclosureStore } from './disclosure/disclosure-store.ts';
import type { DutyStore } from './duty/duty-store.ts';
import type { Events } from './events.ts';
import type { Gateway } from './gateway.ts';
import type { HeadStore } from './heads/head-store.ts';
import type { LetterStore } from './holder/letter-store.ts';
import type { IntakeStore } from './intake/intake-store.ts';
import type { Law } from './law/law.ts';
import type { FigureStore } from './measures/figure-store.ts';
import type { Outbox } from './outbox.ts';
import type { NoticeStore } from './outside/notice-store.ts';
import type { Passkeys } from './people/passkeys.ts';
import type { StaffStore } from './people/staff-store.ts';
import type { PlatformStore } from './platforms/platform-store.ts';
import type { Settings } from './setup/settings.ts';
import type { Shift } from './shift/shift.ts';
import type { DeskStore } from './store.ts';
import type { VigilStore } from './vigil/vigil-store.ts';

export interface DeskParts {
  config: DeskConfig;
  settings: Settings;
  law: Law;
  clock: Clock;
  journal: Journal;
  policies: PolicySource;
  signIn: SignIn;
  staff: StaffStore;
  passkeys: Passkeys;
  store: DeskStore;
  disclosures: DisclosureStore;
  notices: NoticeStore;
  heads: HeadStore;
  /** null where no mail server is configured */
  mailer: Mailer | null;
  intake: IntakeStore;
  casebook: Casebook;
  care: CareStore;
  vigils: VigilStore;
  outbox: Outbox;
  platform: Platform;
  platformStore: PlatformStore;
  gateway: Gateway | null;
  letters: LetterStore;
  events: Events;
  figures: FigureStore;
  shift: Shift;
  duty: DutyStore;
}
