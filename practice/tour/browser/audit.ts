/**
 * The audit of the log in the visitor's own browser: fetches every file, verifies every hash and signature
 * here, and says in words whether it holds or where it does not. The server is believed in nothing but the
 * keys of the trust policy.
 */
import { audit } from '@answerable/log/monitor/audit';
import type { AuditReport, Finding } from '@answerable/log/monitor/finding';
import { networkRules } from '@answerable/log/monitor/network-rules';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { type LogTrustText, parseLogTrust } from '@answerable/log/verify/trust';

const findingsShown = 6;

// A head is published even when too few witnesses answered in time; the next one, which comes within seconds, has
// them again. Only a log that lacks them each time has lost them.
const looksMax = 10;
const lookAgainMs = 1_000;

/** Keys and quorum, and how many guardians must approve. */
type Believed = LogTrustText & { threshold: number };

/** Audits the log at this origin and writes the result into `place`. */
export async function auditInto(place: HTMLElement): Promise<void> {
  const started = performance.now();
  place.className = 'verdict-log';
  delete place.dataset.result;
  place.replaceChildren(line('p', 'Reading the log…'));
  try {
    const believed = (await (await fetch('/log/trust.json', { cache: 'no-store' })).json()) as Believed;
    const fetchFile = fetchFrom(`${location.origin}/log`, (url, init) =>
      fetch(url, { ...init, cache: 'no-store' }),
    );
    const look = () => audit({ fetchFile, trust: parseLogTrust(believed), rules: networkRules(believed) });
    let report = await look();
    for (let looks = 1; looks < looksMax && lacksOnlyWitnesses(report); looks += 1) {
      await new Promise((resolve) => setTimeout(resolve, lookAgainMs));
      report = await look();
    }
    show(place, report, Math.round(performance.now() - started));
  } catch {
    place.className = 'verdict-log bad';
    place.dataset.result = 'unread';
    place.replaceChildren(line('p', 'The log could not be read. Is the tour still running?'));
  }
}

const lacksOnlyWitnesses = ({ ok, findings }: AuditReport): boolean =>
  !ok && findings.every(({ kind }) => kind === 'quorum-missing');

function show(place: HTMLElement, report: AuditReport, tookMs: number): void {
  place.className = `verdict-log ${report.ok ? 'good' : 'bad'}`;
  place.dataset.result = report.ok ? 'holds' : 'broken';
  const seen = report.witnesses.map(({ name }) => name.split('/').pop()).join(', ');
  const read = `Your browser read ${report.filesRead} files with ${report.size} entries and checked every hash and signature in ${tookMs} ms.`;
  if (report.ok) {
    place.replaceChildren(
      line('strong', '✓ The log holds.'),
      line('p', `${read} Witnesses who saw the same: ${seen || 'none'}.`),
    );
    return;
  }
  const list = document.createElement('ol');
  list.append(...report.findings.slice(0, findingsShown).map(findingItem));
  const verdict = lacksOnlyWitnesses(report)
    ? '✗ Too few witnesses have seen this log.'
    : '✗ The log was altered.';
  place.replaceChildren(line('strong', verdict), line('p', read), list);
  const more = report.findings.length - findingsShown;
  if (more > 0) place.append(line('p', `and ${more} more`));
}

function findingItem({ file, says, entry, byte, bytes, expected, found }: Finding): HTMLLIElement {
  const item = document.createElement('li');
  item.append(line('span', `${says} `), line('code', where(file, entry, byte, bytes)));
  if (expected && found)
    item.append(line('p', `Should be ${expected.slice(0, 16)}…, is ${found.slice(0, 16)}…`));
  return item;
}

function where(file: string, entry?: number, byte?: number, bytes?: number): string {
  const places = [file];
  if (entry !== undefined) places.push(`entry ${entry}`);
  if (byte !== undefined)
    places.push(bytes && bytes > 1 ? `bytes ${byte}–${byte + bytes - 1}` : `byte ${byte}`);
  return places.join(', ');
}

function line(tag: 'p' | 'strong' | 'span' | 'code', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
