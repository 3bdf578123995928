/**
 * Who can help, by country, from the dated file of signposts. Wrong numbers do harm: a country without certain
 * ones gets the international list. All words here that a person in distress may read need review by somebody
 * who knows (docs/care.md): they are few, blame nobody, promise nothing and name no method.
 */
import {
  type EmergencyEntry,
  emergencyEntries,
  type SignpostEntry,
  signpostEntries,
} from '../care/signpost-file.ts';

export type Signpost = Pick<SignpostEntry, 'id' | 'name' | 'how' | 'area' | 'beside'>;
export interface Signposts {
  /** the oldest day on which one of these was compared with what its owner publishes */
  checked: string;
  list: readonly Signpost[];
}

const anywhere = 'ZZ';
const helpCharsMax = 400;
const offerWords =
  'If you would like somebody from here to get in touch, say so, and somebody will write. If you would rather be left alone, say that, and we will not write again.';
const hereWords = 'If things are hard, you can talk to somebody. You are not in trouble here.';

/** The certain ones of a country, then what to do in danger. */
export function signpostsFor(country: string): Signposts {
  const own = entriesFor(country);
  const emergency = emergencyFor(country);
  const danger = emergency ? `call ${emergency.number}` : 'call your local emergency number';
  const days = [...own, ...(emergency ? [emergency] : [])].map((one) => one.compared).sort();
  const last: Signpost = { id: 'emergency', name: 'In immediate danger', how: danger, beside: true };
  return { checked: days[0] ?? '', list: [...own, last] };
}

export function entriesFor(country: string): readonly SignpostEntry[] {
  const own = signpostEntries.filter((one) => one.country === country);
  return own.length > 0 ? own : signpostEntries.filter((one) => one.country === anywhere);
}

export const emergencyFor = (country: string): EmergencyEntry | undefined =>
  emergencyEntries.find((one) => one.country === country);

/** At most 400 characters: shown beside a post by the platform. */
export function helpText(country: string): string {
  const lines = signpostsFor(country).list.flatMap(({ name, how, beside }) =>
    beside ? [`${name}: ${how}.`] : [],
  );
  return [hereWords, ...lines].join(' ').slice(0, helpCharsMax);
}

/** The same to the person alone, with every signpost of the country and, if it was offered, contact. */
export function helpLetter(country: string, { offerContact }: { offerContact: boolean }): string {
  const lines = signpostsFor(country).list.map(({ name, how }) => `${name}: ${how}.`);
  return [hereWords, lines.join('\n'), ...(offerContact ? [offerWords] : [])].join('\n\n');
}
