/**
 * What platforms hand out, as items want it: the words of a post without its HTML (tags gone, lines kept, entities
 * read; plain text, escaped again wherever it is shown), languages and times.
 */

const inputCharsMax = 200_000;
const outputCharsMax = 10_000;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

export function textOfHtml(html: string): string {
  return html
    .slice(0, inputCharsMax)
    .replace(/<br\b[^>]{0,200}>/gi, '\n')
    .replace(/<\/(?:p|div|li|blockquote|h[1-6])>/gi, '\n')
    .replace(/<[^>]{0,2000}>/g, '')
    .replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,5});/gi, (whole, name: string) => character(name) ?? whole)
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, outputCharsMax);
}

function character(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()];
  const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

/** A short language tag, `und` where the platform does not say. */
export const languageOf = (said: string | null | undefined): string =>
  said && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})?$/.test(said) ? said : 'und';

/** A platform's time as ours; the beginning of time where it is none. */
export function instantOf(said: string | number): string {
  const time = new Date(said);
  return Number.isNaN(time.getTime()) ? new Date(0).toISOString() : time.toISOString();
}
