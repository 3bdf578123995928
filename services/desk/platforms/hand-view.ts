/** What people still do on the platform by hand, as JSON: for the list of all, and for one case. */
import type { ForeignName } from '@answerable/connector/memory';
import type { Staff } from '@answerable/kit/sign-in';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import type { CaseState } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';
import { isTheirs } from '../people/queue-access.ts';
import type { PlatformStore } from './platform-store.ts';

type HandRow = Awaited<ReturnType<PlatformStore['waitingHands']>>[number];
export type HandView = ReturnType<typeof handView>;

export const handTitles: Readonly<Record<ConnectorAct['kind'], string>> = {
  'hide-item': 'Hide a post',
  'restore-item': 'Show a post again',
  'hold-page': 'Hide a page for now',
  'shut-page': 'Shut a page',
  'restore-page': 'Open a page again',
  'suspend-account': 'Suspend an account',
  'restore-account': 'End a suspension',
  'restrict-account': 'Restrict an account',
  'end-restriction': 'End a restriction',
  'show-help': 'Show help beside a post',
  'tell-account': 'Write to an account',
  'slow-replies': 'Slow replies down',
  'restore-replies': 'Let replies go at their usual pace',
  'keep-as-memorial': 'Keep an account as a memorial',
  'end-memorial': 'End a memorial',
};

function handView(row: HandRow, names: ReadonlyMap<string, ForeignName>) {
  return {
    act: row.act,
    caseId: row.case_id,
    kind: row.kind,
    title: handTitles[row.kind],
    target: row.target,
    /** where a person finds it */
    url: names.get(row.target)?.url ?? null,
    /** what the platform calls it, where there is no address to follow */
    called: names.get(row.target)?.address ?? null,
    notice: row.notice,
    could: row.could,
    askedAt: row.asked_at,
    state: row.state,
    endedBy: row.ended_by,
  };
}

async function withNames(store: PlatformStore, rows: readonly HandRow[]): Promise<HandView[]> {
  const names = await store.names([...new Set(rows.map((row) => row.target))]);
  const known = new Map(names.map((name) => [name.locator, name]));
  return rows.map((row) => handView(row, known));
}

/** What waits for a person, of the cases that are this person's. */
export async function allHands(
  { platformStore, store }: Pick<DeskParts, 'platformStore' | 'store'>,
  staff: Staff,
): Promise<HandView[]> {
  const rows = await platformStore.waitingHands();
  if (staff.queues === undefined) return withNames(platformStore, rows);
  const states = await Promise.all([...new Set(rows.map((row) => row.case_id))].map((id) => store.state(id)));
  const theirs = new Set(states.flatMap((state) => (state && isTheirs(staff, state) ? [state.caseId] : [])));
  return withNames(
    platformStore,
    rows.filter((row) => theirs.has(row.case_id)),
  );
}

/** For the case page: what is still to be done by hand, and where on the platform its things are. */
export async function platformBeside({ platformStore, config }: DeskParts, state: CaseState) {
  const [hands, names] = await Promise.all([
    platformStore.handsOf(state.caseId).then((rows) => withNames(platformStore, rows)),
    platformStore.names(state.items.map((item) => item.locator)),
  ]);
  const links = names.flatMap(({ locator, url }) => (url === null ? [] : [{ locator, url }]));
  // Where software cannot read the platform, a person looks before anybody is held to account for what is there.
  const unseen = config.platform.kind === 'by-hand' && state.phase === 'assigned';
  const looks = state.items
    .filter((item) => unseen && item.seen === 'reporter')
    .map(({ locator }) => ({ locator, url: links.find((one) => one.locator === locator)?.url ?? null }));
  return { hands: hands.filter((one) => one.state === 'waiting' || one.state === 'cannot'), links, looks };
}
