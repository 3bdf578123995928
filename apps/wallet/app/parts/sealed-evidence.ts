/**
 * What the sealed document says of the proof, taken apart to be read. The registrar writes it as one line
 * (services/registrar/seal-record.ts), and an authority would read that line; what is not of its form stays as it is.
 */
import type { RouteView } from '../boundary/actions.ts';
import { said } from '../text/text.ts';

const line = /^(no document|[^()]+) \((referee|medium|high); (.+)\)$/;
const shown = /^([a-z-]+) (\S+) (.+)$/;
const vouched = /^vouched for by ([a-z-]+) (.+), ([a-z ]+)$/;

type Fact = readonly [name: string, value: string];

/** Undefined if it cannot be taken apart. */
export function evidenceFacts(evidence: string, routes: readonly RouteView[]): Fact[] | undefined {
  const text = said.enrolled;
  const [, documents, assurance, by] = line.exec(evidence) ?? [];
  if (documents === undefined || assurance === undefined || by === undefined) return undefined;
  const told = documents === 'no document' ? [text.noDocument] : documents.split('; ').map(documentText);
  if (told.includes(undefined)) return undefined;
  const [, kind = '', organisation, known = ''] = vouched.exec(by) ?? [];
  const who =
    organisation === undefined
      ? providerTitle(by, routes)
      : text.vouchedBy(organisation, wordOf(text.organisations, kind), wordOf(text.known, known));
  return [
    [text.document, told.join('; ')],
    [text.evidence, who],
    [text.assurance, wordOf(text.assurances, assurance)],
  ];
}

function documentText(one: string): string | undefined {
  const [, kind, issuer, number] = shown.exec(one) ?? [];
  const words = kind === undefined ? undefined : wordOf(said.enrolled.documents, kind);
  return words && issuer && number && said.enrolled.documentLine(words, issuer, number);
}

function providerTitle(issuer: string, routes: readonly RouteView[]): string {
  const title = routes.find((route) => route.issuer === issuer)?.title;
  return title ?? (URL.canParse(issuer) ? new URL(issuer).host : issuer);
}

const wordOf = (words: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(words, key) ? words[key]! : key;
