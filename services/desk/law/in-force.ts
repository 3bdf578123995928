/**
 * What the law packs say for one service on one day. Pure: the packs and the day are handed in, so that what a
 * case was opened under can be worked out again.
 */
import { type Clocks, deskClocks } from '../casework/clocks.ts';
import { holds } from './condition.ts';
import { type Duty, type LawPack, type Offence, type PackClock, packName } from './pack.ts';
import type { Profile } from './profile.ts';

export type DutyHere = Duty & { law: string; short: string; pack: string };

/** Of each law the newest file whose day has come, for laws that reach where the service's people are. */
export function packsFor(packs: readonly LawPack[], profile: Profile, day: string): LawPack[] {
  const newest = new Map<string, LawPack>();
  for (const pack of packs) {
    const known = newest.get(pack.pack);
    if (pack.from <= day && (!known || isNewer(pack, known))) newest.set(pack.pack, pack);
  }
  return [...newest.values()].filter((pack) =>
    pack.countries.some((country) => profile.countries.includes(country)),
  );
}

const isNewer = (one: LawPack, other: LawPack): boolean =>
  one.from === other.from ? one.compared > other.compared : one.from > other.from;

/** The duties, measures and pieces of advice that fall on this service, in the order of their packs. */
export function dutiesFor(packs: readonly LawPack[], profile: Profile, day: string): DutyHere[] {
  return packsFor(packs, profile, day).flatMap((pack) =>
    pack.duties
      .filter((duty) => holds(duty.when, profile))
      .map((duty) => ({ ...duty, law: pack.law, short: pack.short, pack: packName(pack) })),
  );
}

/**
 * The desk's own targets, shortened where a law asks for less time; `named` says which law sets a period, and
 * says nothing where the period is the desk's.
 */
export function clocksFor(packs: readonly LawPack[], profile: Profile, day: string): Clocks {
  const clocks: Clocks & { named: Record<string, string> } = {
    decide: { ...deskClocks.decide },
    appeal: { ...deskClocks.appeal },
    named: {},
  };
  for (const pack of packsFor(packs, profile, day))
    for (const clock of pack.clocks)
      if (holds(clock.when, profile)) setClock(clocks, clock, `${pack.law} ${clock.at.join(', ')}`);
  return clocks;
}

function setClock(
  clocks: Clocks & { named: Record<string, string> },
  clock: PackClock,
  citation: string,
): void {
  if (clock.until === 'appeal-closes') {
    if (clock.days <= (clocks.appealDays ?? 0)) return;
    clocks.appealDays = clock.days;
    clocks.named['appeal-closes'] = citation;
    return;
  }
  const decides = clock.until === 'decision';
  const had = decides ? clocks.decide[clock.for] : clocks.appeal[clock.for];
  if (had !== undefined && clock.hours > had) return;
  if (decides) clocks.decide[clock.for] = clock.hours;
  else clocks.appeal[clock.for] = clock.hours;
  const key = `${clock.until}/${clock.for}`;
  clocks.named[key] = clock.by === 'law' ? citation : `this desk’s target for ${citation}`;
}

/** Offences to be judged, each once; the first pack that knows one says how. */
export function offences(packs: readonly LawPack[]): Offence[] {
  const known = new Map<string, Offence>();
  for (const one of packs.flatMap((pack) => pack.offences)) if (!known.has(one.id)) known.set(one.id, one);
  return [...known.values()];
}

export interface NoticeTexts {
  rightToClaim: string | undefined;
  howToComplain: string | undefined;
}

/** What people are told where the operator has not written something better. */
export function noticesOf(packs: readonly LawPack[]): NoticeTexts {
  const find = (about: string) =>
    packs.flatMap((pack) => pack.notices).find((notice) => notice.about === about)?.words;
  return { rightToClaim: find('right-to-claim'), howToComplain: find('how-to-complain') };
}
