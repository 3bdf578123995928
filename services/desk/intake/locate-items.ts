/**
 * What somebody pasted, line by line, becomes items of the platform: a locator as it is, a web address through
 * the platform's connector, another address or plain words under a locator that follows from them. So a report
 * is never lost because its address cannot be read; a person then looks where it is.
 */
import { foreignLocator, fragmentOfPost } from '@answerable/connector/foreign-name';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import { displayText } from '../console/display-text.tsx';
import type { DeskParts } from '../parts.ts';

export const linesMax = 20;
const lineCharsMax = 2000;
const locatorShape = /^(post|page|account)\/[A-Za-z0-9_-]{1,190}$/;
/** Parameters that say where a link was followed, and not what it shows. */
const traces = /^(utm_\w+|fbclid|gclid|igshid|ref|source|share)$/i;

type Place = Pick<ItemSnapshot, 'kind' | 'locator' | 'links'> & { words: string };

/** The same thing at several addresses is one item. `words`: what was copied from it. */
export async function locateItems(
  parts: Pick<DeskParts, 'config' | 'platform' | 'clock'>,
  pasted: string,
  words: string,
): Promise<ItemSnapshot[]> {
  const lines = pasted
    .split('\n')
    .map((line) => displayText(line).trim())
    .filter(Boolean)
    .slice(0, linesMax);
  const places = new Map<string, Place>();
  for (const line of lines) {
    const place = await placeOf(parts, line.slice(0, lineCharsMax));
    const known = places.get(place.locator);
    const links = [...new Set([...(known?.links ?? []), ...(place.links ?? [])])];
    places.set(place.locator, { ...place, links });
  }
  return [...places.values()].map(({ words: own, ...place }, index) => ({
    ...place,
    platform: parts.config.platform.name,
    author: null,
    text: index === 0 && words !== '' ? words : own,
    language: '',
    posted: parts.clock.now().toISOString(),
  }));
}

async function placeOf(
  { config, platform }: Pick<DeskParts, 'config' | 'platform'>,
  line: string,
): Promise<Place> {
  const [, kind] = locatorShape.exec(line) ?? [];
  if (kind) return { kind: kindOf(line), locator: line, links: [], words: '' };
  const { name } = config.platform;
  const address = webAddress(line);
  if (!address) {
    const locator = foreignLocator('post', name, `words ${line.toLowerCase().replace(/\s+/g, ' ')}`);
    return { kind: 'post', locator, links: [], words: line };
  }
  for (const form of formsOf(address)) {
    const locator = await platform.locate(form, 'post').catch(() => undefined);
    if (locator) return { kind: kindOf(locator), locator, links: [address.href], words: '' };
  }
  return {
    kind: 'post',
    locator: foreignLocator('post', name, address.href),
    links: [address.href],
    words: '',
  };
}

function kindOf(locator: string): ItemSnapshot['kind'] {
  if (locator.startsWith('page/')) return 'page';
  return locator.startsWith('account/') ? 'account' : 'post';
}

/** As it is without traces; without what is behind its hash; without its parameters; without a slash at its end. */
function formsOf(address: URL): string[] {
  const bare = `${address.origin}${address.pathname}`;
  const whole = `${bare}${address.search}`;
  return [...new Set([address.href, whole, bare, bare.replace(/\/+$/, '')])];
}

/** As the URL standard writes it; undefined for what is none, or would run, or carries a password. */
function webAddress(line: string): URL | undefined {
  const text = /^www\./i.test(line) ? `https://${line}` : line;
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.href.length > lineCharsMax)
    return undefined;
  url.hash = fragmentOfPost(url.hash);
  for (const name of [...url.searchParams.keys()]) if (traces.test(name)) url.searchParams.delete(name);
  return url;
}
