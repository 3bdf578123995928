/** What screens are told, out of the trust policy and of what the engine found. Pure. */
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { FoundNotice } from '../../engine/find-notices.ts';
import type { RequestView } from '../../engine/read-request.ts';
import type { AskView, NetworkView, NoticesView, NoticeView, PlaceView } from './actions.ts';

/** A name as a title, where only the name is known. */
export const placeTitle = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export function networkView(policy: TrustPolicy): NetworkView {
  const { recallBudget, recallPerDay, resetWaitSeconds } = policy.limits;
  return {
    network: policy.network,
    evidence: policy.evidence.map(({ title }) => title).join(', '),
    registrar: policy.registrar.title,
    guardians: policy.opening.guardians.map(({ title }) => title),
    threshold: policy.opening.threshold,
    keepers: policy.tags.keepers.length,
    places: policy.gateways.flatMap(({ name, platforms }) =>
      platforms.map((platform): PlaceView => ({ gateway: name, platform, title: placeTitle(platform) })),
    ),
    limits: { recallBudget, recallPerDay, resetWaitSeconds },
  };
}

export function askView(view: RequestView): AskView {
  return {
    title: view.title,
    gateway: view.gateway.name,
    gatewayTitle: view.gateway.title,
    gatewayOrigin: view.gateway.origin,
    platform: view.platform,
    accountsMax: view.accountsMax,
    discloses: view.discloses,
    grounds: view.grounds.map(({ title }) => title),
    sanctionsHoldThePerson: view.sanctionsHoldThePerson,
    resetNeedsModerator: view.resetNeedsModerator,
    guardians: view.guardians,
    threshold: view.threshold,
    ready: view.ready,
  };
}

/** One notice for each account, however many guardians published it. */
export function noticesView(
  policy: TrustPolicy,
  found: { entriesRead: number; notices: readonly FoundNotice[] },
): NoticesView {
  const notices = new Map<string, NoticeView>();
  const titleOf = (parties: readonly { name: string; title: string }[], name: string) =>
    parties.find((party) => party.name === name)?.title ?? name;
  for (const { gateway, platform, slot, authority, ground, guardian, index } of found.notices) {
    const key = JSON.stringify([gateway, platform, slot, authority, ground]);
    const notice = notices.get(key) ?? {
      platform: placeTitle(platform),
      slot,
      authority: titleOf(policy.authorities, authority),
      ground: policy.grounds.find(({ id }) => id === ground)?.title ?? ground,
      guardians: [],
      index,
    };
    const title = titleOf(policy.opening.guardians, guardian);
    if (!notice.guardians.includes(title)) notice.guardians.push(title);
    notices.set(key, notice);
  }
  return { entriesRead: found.entriesRead, notices: [...notices.values()] };
}
