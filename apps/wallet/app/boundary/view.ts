/** What screens are told, out of the trust policy and of what the engine found. Pure. */
import { toBase64url } from '@answerable/core/bytes';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { FoundNotice } from '../../engine/find-notices.ts';
import type { RequestView } from '../../engine/read-request.ts';
import type { Counts } from '../../engine/tally.ts';
import type { AskView, CountsView, NetworkView, NoticesView, NoticeView, PlaceView } from './actions.ts';

/** A name as a title, where only the name is known. */
export const placeTitle = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export function networkView(policy: TrustPolicy): NetworkView {
  const { recallBudget, recallPerDay, resetWaitSeconds } = policy.limits;
  return {
    network: policy.network,
    evidence: policy.evidence.map(({ title }) => title).join(', '),
    routes: policy.evidence.map(({ id, title, issuer }) => ({ id, title, issuer })),
    registrar: policy.registrar.title,
    referees: policy.referees,
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
    relayAddress: view.relayAddress,
    rooms: view.rooms,
    claims: view.claims,
    namedThere: view.namedThere,
    vouched: view.vouched,
    guardians: view.guardians,
    threshold: view.threshold,
    ready: view.ready,
  };
}

export function countsView(policy: TrustPolicy, counts: Counts, here: number | undefined): CountsView {
  const { opened, refused, until, people, read } = counts;
  const silent = policy.opening.guardians
    .filter(({ name }) => counts.silent.includes(name))
    .map(({ title }) => title);
  return { opened, refused, until, silent, people, here: here ?? null, read };
}

/** One notice for each account, however many guardians published it. */
export function noticesView(
  policy: TrustPolicy,
  found: { entriesRead: number; notices: readonly FoundNotice[] },
): NoticesView {
  const notices = new Map<string, FoundNotice[]>();
  for (const notice of found.notices) {
    const { gateway, platform, slot, authority, ground } = notice;
    const key = JSON.stringify([gateway, platform, slot, authority, ground]);
    notices.set(key, [...(notices.get(key) ?? []), notice]);
  }
  return {
    entriesRead: found.entriesRead,
    notices: [...notices.values()].map((same) => noticeView(policy, same)),
  };
}

function noticeView(policy: TrustPolicy, same: readonly FoundNotice[]): NoticeView {
  const { platform, slot, authority, ground, index, witnesses } = same[0]!;
  const titleOf = (parties: readonly { name: string; title: string }[], name: string) =>
    parties.find((party) => party.name === name)?.title ?? name;
  return {
    platform: placeTitle(platform),
    slot,
    authority: titleOf(policy.authorities, authority),
    ground: policy.grounds.find(({ id }) => id === ground)?.title ?? ground,
    guardians: [...new Set(same.map(({ guardian }) => titleOf(policy.opening.guardians, guardian)))],
    index,
    witnesses,
    proof: proofFile(policy, same),
  };
}

/** Entries as their hashes stand in the log, and a C2SP tlog-proof for each. */
function proofFile(policy: TrustPolicy, same: readonly FoundNotice[]): string {
  const entries = same.map(({ index, entry, proof }) => ({ index, entry: toBase64url(entry), proof }));
  return `${JSON.stringify({ log: policy.log.verifierKey, witnesses: policy.witnesses, entries }, null, 2)}\n`;
}
