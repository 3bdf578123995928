/**
 * What runs behind the door of one desk: the app, outbox and clock. Until the set-up is done there is a page
 * that says so and nothing else; when a setting changes the app is made anew with it, and everything that a
 * room read from the configuration when it was mounted is read again.
 */
import type { Clock } from '@answerable/kit/clock';
import { describeError, type Journal } from '@answerable/kit/journal';
import { createMailer } from '@answerable/kit/mail';
import type { Metrics } from '@answerable/kit/metrics';
import { policySource } from '@answerable/kit/policy-source';
import type { ServiceApp } from '@answerable/kit/service';
import type { SignIn } from '@answerable/kit/sign-in';
import type { Kysely } from 'kysely';
import { deskApp } from './app.ts';
import { createCareStore } from './care/care-store.ts';
import { createCasebook } from './casebook.ts';
import { type Clockwork, startClockwork } from './clockwork.ts';
import type { DeskConfig, DeskFile } from './config.ts';
import { serviceTitle } from './console/console-page.tsx';
import { createDisclosureStore } from './disclosure/disclosure-store.ts';
import { createDutyStore } from './duty/duty-store.ts';
import { deskEvents } from './events.ts';
import { createGateway } from './gateway.ts';
import { createHeadStore } from './heads/head-store.ts';
import { decisionCodes } from './holder/decision-code.ts';
import { createLetterStore } from './holder/letter-store.ts';
import { createIntakeStore } from './intake/intake-store.ts';
import { createLaw } from './law/law.ts';
import { loadPacks } from './law/load-packs.ts';
import { createMacros } from './macros/macros.ts';
import { createFigureStore } from './measures/figure-store.ts';
import { createGoldenStore } from './measures/golden-store.ts';
import { createOutbox } from './outbox.ts';
import { createNoticeStore } from './outside/notice-store.ts';
import { panelKey } from './panel/panel-key.ts';
import { createPanelStore } from './panel/panel-store.ts';
import type { DeskParts } from './parts.ts';
import { createPasskeys } from './people/passkeys.ts';
import type { StaffStore } from './people/staff-store.ts';
import { performEffect } from './perform-effect.ts';
import { createPlatform } from './platform.ts';
import { createPlatformStore } from './platforms/platform-store.ts';
import { createFlagPoller } from './platforms/poll-flags.ts';
import { createPrecedents } from './precedents/precedents.ts';
import { createPromises } from './promises/promises.ts';
import { createRankStore } from './rules/rank-store.ts';
import type { DeskTables } from './schema.ts';
import type { Settings } from './setup/settings.ts';
import { setupApp } from './setup/setup-app.tsx';
import { createShift } from './shift/shift.ts';
import { createStore } from './store.ts';
import { createVigilStore } from './vigil/vigil-store.ts';

const tickSecondsDefault = 1;

interface Given {
  db: Kysely<DeskTables>;
  clock: Clock;
  journal: Journal;
  metrics: Metrics;
  settings: Settings;
  signIn: SignIn;
  staff: StaffStore;
}

export interface Works {
  fetch(request: Request, env?: unknown): Response | Promise<Response>;
  /** Does what was left undone, and looks at the clocks from now on. */
  begin(): Promise<void>;
  tick(): Promise<void>;
  stop(): Promise<void>;
}

export function createWorks(file: DeskFile, given: Given): Works {
  const { metrics, settings } = given;
  let parts: DeskParts | undefined;
  let clockwork: Clockwork | undefined;
  let app: ServiceApp;

  /** With the settings of now. */
  const arrange = () => {
    const config = settings.config();
    if (!config) {
      const { memory } = createPlatformStore(given.db);
      app = setupApp({ file, memory, ...given });
      return;
    }
    if (parts)
      Object.assign(parts, { config, platform: createPlatform(config.platform, parts.platformStore.memory) });
    else parts = partsOf(config, given);
    app = deskApp(parts, metrics);
  };
  const begin = async () => {
    if (!parts || clockwork) return;
    await parts.promises.look();
    clockwork = startClockwork(parts, file.tickSeconds ?? tickSecondsDefault);
    await parts.outbox.resume();
  };
  arrange();
  settings.onChange(() => {
    arrange();
    begin().catch((error) => given.journal.error('desk did not begin', describeError(error)));
  });

  return {
    fetch: (request, env) => app.fetch(request, env as never),
    begin,
    tick: async () => clockwork?.tick(),
    async stop() {
      await clockwork?.stop();
      await parts?.flagPoller.stop();
      await parts?.outbox.stop();
    },
  };
}

function partsOf(
  config: DeskConfig,
  { db, clock, journal, metrics, settings, signIn, staff }: Given,
): DeskParts {
  const platformStore = createPlatformStore(db);
  const parts: Omit<DeskParts, 'outbox'> = {
    config,
    settings,
    law: createLaw(loadPacks(), settings.profile),
    clock,
    journal,
    policies: policySource(config.policyPath, clock),
    signIn,
    staff,
    passkeys: createPasskeys(db, clock, { origin: config.origin, title: serviceTitle(config) }),
    store: createStore(db),
    disclosures: createDisclosureStore(db),
    notices: createNoticeStore(db, clock),
    ranks: createRankStore(db, clock),
    heads: createHeadStore(db, clock, config.gateway !== null),
    mailer: config.mail ? createMailer(config.mail) : null,
    intake: createIntakeStore(db),
    casebook: createCasebook(db, clock),
    care: createCareStore(db, clock),
    vigils: createVigilStore(db, clock),
    platform: createPlatform(config.platform, platformStore.memory),
    platformStore,
    flagPoller: createFlagPoller(() => whole),
    gateway: config.gateway && createGateway(config.gateway),
    letters: createLetterStore(db, decisionCodes(config.dataDir)),
    panel: createPanelStore(db),
    panelKey: panelKey(config.dataDir),
    events: deskEvents(metrics),
    figures: createFigureStore(db, clock),
    golden: createGoldenStore(db),
    shift: createShift(db, clock, settings),
    duty: createDutyStore(db, clock),
    macros: createMacros(db, clock),
    precedents: createPrecedents(db),
    promises: createPromises(db, () => whole),
  };
  const whole: DeskParts = Object.assign(parts, {
    // Reads the parts as they are when an effect is done.
    outbox: createOutbox({ db, clock, journal, perform: (row) => performEffect(parts, row) }),
  });
  return whole;
}
