/**
 * What the desk does by itself: holds lapse, sanctions end on their day, unfinished effects are done. The
 * transition decides whether it is time; here somebody only looks. Looking late changes nothing: an event that
 * comes after the hour finds the hold over anyway.
 */
import type { Clock } from '@answerable/kit/clock';
import { describeError, type Journal } from '@answerable/kit/journal';
import type { Mailer } from '@answerable/kit/mail';
import { Refusal } from '@answerable/protocol/refusal';
import type { Casebook, Happening } from './casebook.ts';
import { erasableFrom } from './casework/apply-erasure.ts';
import { isLookDue } from './casework/care.ts';
import { dayOfInstant, isTimed } from './casework/deadline.ts';
import { rule, theDesk } from './casework/event.ts';
import type { CaseState } from './casework/state.ts';
import type { HeadStore } from './heads/head-store.ts';
import type { IntakeStore } from './intake/intake-store.ts';
import type { FigureStore } from './measures/figure-store.ts';
import type { Outbox } from './outbox.ts';
import { chaseNotices } from './outside/chase-notices.ts';
import type { NoticeStore } from './outside/notice-store.ts';
import { askPanels } from './panel/ask-panel.ts';
import type { PanelStore } from './panel/panel-store.ts';
import type { FlagPoller } from './platforms/poll-flags.ts';
import type { Promises } from './promises/promises.ts';
import type { RankStore } from './rules/rank-store.ts';
import type { DeskStore } from './store.ts';
import { lookAtVigils } from './vigil/vigil-look.ts';
import type { VigilStore } from './vigil/vigil-store.ts';

export interface Clockwork {
  tick(): Promise<void>;
  stop(): Promise<void>;
}

interface Works {
  clock: Clock;
  journal: Journal;
  store: DeskStore;
  casebook: Casebook;
  outbox: Outbox;
  figures: FigureStore;
  notices: NoticeStore;
  heads: HeadStore;
  ranks: RankStore;
  mailer: Mailer | null;
  intake: IntakeStore;
  vigils: VigilStore;
  panel: PanelStore;
  flagPoller: FlagPoller;
  promises: Promises;
}

/** Looks every `seconds`; once at the beginning. tick() is done when somebody has looked since it was called. */
export function startClockwork(works: Works, seconds: number): Clockwork {
  let running: Promise<void> | undefined;
  const round = () =>
    (running ??= lookAll(works).finally(() => {
      running = undefined;
    }));
  const timer = setInterval(round, seconds * 1000);
  round();
  return {
    async tick() {
      await running;
      await round();
    },
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

/** One that fails keeps none of the others from looking. */
async function lookAll(works: Works): Promise<void> {
  const { clock, outbox, figures, notices, mailer, heads, ranks, intake, journal } = works;
  const looks: (() => Promise<unknown>)[] = [
    () => lapse(works),
    () => askPanels(works),
    () => chaseNotices(notices, mailer !== null, clock),
    () => intake.look(clock.now()),
    () => lookAtVigils(works),
    () => ranks.look(),
    () => heads.close(),
    () => figures.look(),
    () => works.promises.look(),
  ];
  for (const look of looks)
    await look().catch((error) => journal.error('a look failed', describeError(error)));
  outbox.kick();
  works.flagPoller.look();
}

async function lapse({ store, clock, casebook, journal }: Works): Promise<void> {
  // One case that is refused must not stop the clocks of the others.
  for (const { case_id } of await store.due(clock.now().toISOString()))
    await casebook
      .act(case_id, (state, at) => overBy(state, at))
      .catch((error) => {
        if (!(error instanceof Refusal)) throw error;
        journal.error('clock refused', { code: error.code });
      });
}

function overBy(state: CaseState, at: string): Happening[] {
  const holds = state.holds.filter((one) => one.state === 'active' && one.until <= at);
  const ended = state.measures.filter(
    ({ measure, inForce }) =>
      inForce &&
      measure.kind === 'sanction' &&
      isTimed(measure.step) &&
      measure.until !== null &&
      measure.until <= dayOfInstant(at),
  );
  // What was asked about a hold that is over by now ends with it.
  const over = new Set(holds.map((one) => one.hold));
  const late = (state.panel ?? []).filter(
    (one) => one.state === 'asked' && one.due <= at && !over.has(one.subject),
  );
  const erasable = erasableFrom(state);
  const by = { actor: theDesk, tool: rule('clock') };
  return [
    ...holds.map(({ hold }) => ({ ...by, body: { kind: 'hold-lapsed' as const, hold } })),
    ...ended.map(({ measure: { measure } }) => ({ ...by, body: { kind: 'expired' as const, measure } })),
    ...late.map(({ request }) => ({ ...by, body: { kind: 'panel-late' as const, request } })),
    ...(erasable !== null && erasable <= at ? [{ ...by, body: { kind: 'erased' as const } }] : []),
    ...(isLookDue(state, at) ? [{ ...by, body: { kind: 'welfare-due' as const } }] : []),
  ];
}
