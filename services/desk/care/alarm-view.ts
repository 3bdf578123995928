/**
 * What somebody needs who is about to call for help: numbers, what is known, whom to call, how an authority can
 * ask. Must never: say more of a person than the platform itself shows; the desk knows no names and opens nothing.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { type Alarm, openAlarms } from '../casework/care.ts';
import { emergencyFor, signpostsFor } from '../casework/signposts.ts';
import type { CaseState } from '../casework/state.ts';
import { serviceTitle } from '../console/console-page.tsx';
import { countriesOf } from '../deciding/write-decision.ts';
import type { DeskParts } from '../parts.ts';
import { callText } from './call-text.ts';

/** The platform may be slow; nobody waits for it here. */
const platformMs = 1_200;
const nameCharsMax = 80;

export type AlarmView = Awaited<ReturnType<typeof alarmView>>;
export type Known = Awaited<ReturnType<typeof knownOf>>;

/** Numbers for a country: those that are certain, and what is said in place of the others. */
export function numbersFor(country: string) {
  const emergency = emergencyFor(country);
  return {
    country,
    emergency: emergency?.number ?? null,
    policeNotUrgent: emergency?.policeNotUrgent ?? null,
    signposts: signpostsFor(country).list.filter((one) => one.id !== 'emergency'),
    checked: signpostsFor(country).checked,
  };
}

/** Throws Refusal `case_unknown`. */
export async function alarmView(parts: DeskParts, caseId: string) {
  const state = await parts.store.state(caseId);
  if (!state) throw new Refusal('case_unknown');
  const [open] = openAlarms(state);
  const alarm: Alarm | null = open ?? state.alarms?.at(-1) ?? null;
  const numbers = numbersFor(countriesOf(parts.config)[0] ?? '');
  const known = await knownOf(parts, state, alarm);
  return {
    caseId,
    kind: state.kind,
    items: state.items.map(({ locator }) => locator),
    alarm,
    open: open !== undefined,
    numbers,
    known,
    onCall: (await parts.care.onCall()).map(({ name, part, phone, hours }) => ({ name, part, phone, hours })),
    disclosure: disclosureOf(parts),
    callText: callText(serviceTitle(parts.config), caseId, known),
  };
}

async function knownOf(parts: DeskParts, state: CaseState, alarm: Alarm | null) {
  const item = state.items.find((one) => one.locator === alarm?.about) ?? state.items[0];
  const author = item?.author ?? null;
  const [texts, account, names] = await Promise.all([
    parts.store.texts(item ? [item.hash] : []),
    accountName(parts, author),
    parts.platformStore.names(item ? [item.locator] : []),
  ]);
  const theirs = author === null ? [] : state.items.filter((one) => one.author === author);
  const { does } = parts.platform.abilities['tell-account'];
  return {
    item: item?.locator ?? null,
    url: names[0]?.url ?? null,
    text: item ? (texts.get(item.hash)?.text ?? '') : '',
    language: item ? (texts.get(item.hash)?.language ?? '') : '',
    // Where nobody has looked, that is when we were told, and not when it was written.
    posted: item?.seen === 'reporter' && author === null ? null : (item?.posted ?? null),
    asReported: item?.seen === 'reporter',
    account,
    lastSeen:
      theirs
        .map((one) => one.posted)
        .sort()
        .at(-1) ?? null,
    reach: { inbox: parts.gateway !== null && author !== null, platform: author === null ? 'no' : does },
  };
}

/** As the platform shows it: the first line of what it says about the account. Null if it does not say in time. */
async function accountName({ platform }: DeskParts, sub: string | null): Promise<string | null> {
  if (sub === null) return null;
  const asked = platform.item(`account/${sub}`).then(({ text }) => text.split('\n')[0]?.trim() ?? null);
  const late = new Promise<null>((resolve) => setTimeout(resolve, platformMs, null).unref());
  const name = await Promise.race([asked.catch(() => null), late]);
  return name ? name.slice(0, nameCharsMax) : null;
}

/** Who may ask for an opening, if there is a gateway at all; the desk itself never can (PROTOCOL §6). */
function disclosureOf({ gateway, policies, config }: DeskParts) {
  if (!gateway) return null;
  try {
    const { authorities, grounds, opening } = policies.current();
    return {
      address: `${config.origin}/disclosures`,
      guardians: opening.guardians.map(({ title }) => title),
      grounds: grounds.map(({ title, authorities: who }) => ({
        title,
        authorities: authorities.flatMap((one) => (who.includes(one.name) ? [one.title] : [])),
      })),
    };
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
