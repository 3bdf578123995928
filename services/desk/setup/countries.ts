/** Countries as people write them, by English name or ISO 3166 code, and back. */

const namesOf = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** What people write and no list says. */
const also: Record<string, string> = {
  uk: 'GB',
  'great britain': 'GB',
  britain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  usa: 'US',
  america: 'US',
  holland: 'NL',
};
/** Regions of CLDR that are no country, and codes that were given up. */
const noCountries = new Set([
  'EU',
  'EZ',
  'UN',
  'XA',
  'XB',
  'ZZ',
  'QO',
  'UK',
  'SU',
  'DD',
  'YU',
  'TP',
  'FX',
  'BU',
]);

const codes = new Map<string, string>();
for (const first of letters)
  for (const second of letters) {
    const code = first + second;
    const name = noCountries.has(code) ? undefined : namesOf.of(code);
    if (!name) continue;
    codes.set(code.toLowerCase(), code);
    codes.set(plain(name), code);
  }
for (const [name, code] of Object.entries(also)) codes.set(name, code);

function plain(name: string): string {
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[’']/g, '').trim();
}

/** `United Kingdom, IE` → GB, IE; undefined for one that nobody knows. In the order of writing, each once. */
export function readCountries(written: string): (string | undefined)[] {
  const parts = written.split(/[,;\n]/).map((part) => plain(part));
  return [...new Set(parts.filter((part) => part !== '').map((part) => codes.get(part)))];
}

export const writeCountries = (given: readonly string[]): string =>
  given.map((code) => namesOf.of(code) ?? code).join(', ');
