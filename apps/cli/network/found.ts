/**
 * The conductor's part: compare what answers with the cards that the organisations sent, carry the messages of
 * both key ceremonies between them, then read and sign like everybody. The tokens on the cards open a ceremony
 * and nothing else; no share passes here unsealed.
 */
import { dayOf } from '@answerable/kit/clock';
import { ConfigRefused } from '@answerable/kit/config';
import { holdCeremony } from '@answerable/kit/hold-ceremony';
import { Refusal } from '@answerable/protocol/refusal';
import { askParties, NotAgreed, seatsOf } from './ask-parties.ts';
import { cardPath, type Home } from './home.ts';
import { type Card, card, fingerprintOf, readShape } from './invitation.ts';
import { partyName, thresholdOf } from './plan.ts';
import { type Desk, signFirstPolicy } from './sign.ts';

/** `paths`: the cards of the other organisations. Throws ConfigRefused, NotAgreed with a sentence. */
export async function foundNetwork(home: Home, paths: readonly string[], desk: Desk, now = new Date()) {
  if (home.plan.conductor !== home.organisation.name)
    throw new ConfigRefused(`The conductor of this network is ${home.plan.conductor}. Here it is \`sign\`.`);
  await holdCeremonies(home, paths, desk, now);
  return signFirstPolicy(home, desk);
}

async function holdCeremonies(home: Home, paths: readonly string[], desk: Desk, now: Date): Promise<void> {
  const parties = await askParties(home.plan);
  const everybody = [...parties.guardians, ...parties.keepers];
  if (everybody.every(({ share }) => share)) return;
  if (home.invitation.until < dayOf(now))
    throw new ConfigRefused(`The invitations were good until ${home.invitation.until}. Make new ones.`);
  const cards = readCards(home, [cardPath(home), ...paths]);
  compareKeys(cards, [...everybody, parties.registrar, ...parties.gateways]);
  for (const [role, holder] of [
    ['opening', 'guardian'],
    ['tag', 'keeper'],
  ] as const) {
    const participants = seatsOf(home.plan, holder).map(({ of, origin }) => ({
      origin,
      operatorToken: cards.find(({ organisation }) => organisation === of.name)?.ceremony[holder] ?? '',
    }));
    desk.say(`The ceremony of the ${role} key, with ${participants.length} ${holder}s.`);
    try {
      const threshold = thresholdOf(participants.length);
      await holdCeremony({ role, network: home.plan.name, threshold, participants });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new NotAgreed(
        `The ceremony was broken off (${error.pointer ?? error.code}). It can begin again.`,
      );
    }
  }
}

/** One card of every organisation that runs a keeper or a guardian, for this plan. */
function readCards({ invitation, plan }: Home, paths: readonly string[]): Card[] {
  const cards = paths.map((path) => readShape(path, card));
  const fingerprint = fingerprintOf(invitation);
  const names = cards.map(({ organisation }) => organisation);
  if (cards.some((one) => one.plan !== fingerprint))
    throw new ConfigRefused(
      'A card is for another plan: an older invitation, or one that was changed. Ask for a new one.',
    );
  if (new Set(names).size !== names.length)
    throw new ConfigRefused(
      'Two cards are of one organisation. Name those of the others; yours is found by itself.',
    );
  for (const { name, title, roles } of plan.organisations) {
    const own = cards.find(({ organisation }) => organisation === name);
    if ((roles.keeper && !own?.ceremony.keeper) || (roles.guardian && !own?.ceremony.guardian))
      throw new ConfigRefused(`The card of ${title} is missing. Its \`answerable network join\` wrote it.`);
  }
  return cards;
}

function compareKeys(
  cards: readonly Card[],
  heard: readonly { name: string; title: string; signingKey: string }[],
): void {
  for (const { organisation, keys } of cards)
    for (const role of ['registrar', 'keeper', 'guardian', 'gateway'] as const) {
      const found = heard.find(({ name }) => name === partyName(organisation, role));
      if (found && found.signingKey !== keys[role])
        throw new NotAgreed(`The ${role} of ${found.title} answers with another key than is on its card.`);
    }
}
