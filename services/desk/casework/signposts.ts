/**
 * Who can help, by country, with the day on which the numbers were last compared with what their owners
 * publish. Wrong numbers do harm: a country without checked ones gets the international list.
 */
export interface Signpost {
  name: string;
  how: string;
}
export interface Signposts {
  checked: string;
  list: readonly Signpost[];
}

const unitedKingdom: Signposts = {
  checked: '2026-01-18',
  list: [
    { name: 'Samaritans', how: 'call 116 123, free, day and night' },
    { name: 'Shout', how: 'text SHOUT to 85258, free, day and night' },
    { name: 'NHS', how: 'call 111 and choose option 2' },
    { name: 'In immediate danger', how: 'call 999' },
  ],
};
const elsewhere: Signposts = {
  checked: '2026-01-18',
  list: [
    { name: 'Befrienders Worldwide', how: 'befrienders.org lists lines by country' },
    { name: 'In immediate danger', how: 'call your local emergency number' },
  ],
};
const byCountry: Record<string, Signposts> = { GB: unitedKingdom };

export const signpostsFor = (country: string): Signposts => byCountry[country] ?? elsewhere;

/** At most 400 characters: shown beside a post by the platform. */
export function helpText(country: string): string {
  const { list } = signpostsFor(country);
  const lines = list.map(({ name, how }) => `${name}: ${how}.`);
  return ['You are not alone, and you have done nothing wrong. People who listen:', ...lines].join(' ');
}
