/**
 * An act on the platform, and on a person's list what the platform's connector cannot do. An undo of what nobody
 * has done by hand yet takes it off the list, and nothing else needs to happen.
 */
import type { Acted } from '@answerable/connector/platform';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import type { SanctionResponse } from '@answerable/protocol/report/sanction';
import type { DeskParts } from '../parts.ts';

type Kind = ConnectorAct['kind'];

const undoneBy: Partial<Record<Kind, readonly Kind[]>> = {
  'restore-item': ['hide-item'],
  'restore-page': ['hold-page', 'shut-page'],
  'restore-account': ['suspend-account'],
  'end-restriction': ['restrict-account'],
  'restore-replies': ['slow-replies'],
  'end-memorial': ['keep-as-memorial'],
};

type Parts = Pick<DeskParts, 'platform' | 'platformStore' | 'clock'>;

export async function actOnPlatform(parts: Parts, caseId: string, act: ConnectorAct): Promise<Acted> {
  const { platform, platformStore, clock } = parts;
  const at = clock.now().toISOString();
  if (await platformStore.dropWaiting(undoneBy[act.kind] ?? [], act, at)) return { done: true, could: '' };
  const acted = await platform.act(act);
  // From here on the platform has answered; a crash now is repaired by asking it again.
  if (!acted.done) await platformStore.askHand(caseId, act, acted.could, at);
  return acted;
}

/**
 * An act on an account that a sanction holds. Where the gateway has a connector of its own it acts, also on its
 * own when the sanction ends, and the desk does not: so nothing is done twice, and what the gateway could not do
 * is on the list here as well. Everywhere else the desk acts, as it does on things.
 */
export async function actOnAccount(
  parts: Parts,
  caseId: string,
  act: ConnectorAct,
  { acts }: Pick<SanctionResponse, 'acts'>,
): Promise<void> {
  const theirs = acts?.find(({ sub }) => act.target === `account/${sub}`);
  if (!theirs) {
    await actOnPlatform(parts, caseId, act);
    return;
  }
  const { platformStore, clock } = parts;
  const asked = { ...act, act: theirs.act };
  const at = clock.now().toISOString();
  await platformStore.dropWaiting(undoneBy[act.kind] ?? [], asked, at);
  if (theirs.state === 'by-hand') await platformStore.askHand(caseId, asked, theirs.could, at);
}
