/**
 * What the desk can show of one report, to whoever has its receipt: what they said, what was kept of it and since
 * when, and what was decided. Of other people it says no more than the account as the platform names it, and of a
 * decision no words that a moderator wrote about somebody.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { PackRecord } from '@answerable/protocol/report/evidence-pack';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import type { EventBody, ItemReference } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import { outcomeFor } from '../intake/receipt-status.ts';
import type { DeskParts } from '../parts.ts';

const picturesMax = 8;

export interface Gathered {
  record: PackRecord;
  pictures: Buffer[];
}

/** Throws Refusal not_found. */
export async function gatherRecord(parts: DeskParts, receipt: string): Promise<Gathered> {
  const { config, store, intake } = parts;
  const row = await intake.reportOf(receipt);
  if (!row) throw new Refusal('not_found');
  const { state } = row;
  const events = await store.events(state.caseId);
  const named = row.locators.length > 0 ? row.locators : state.items.map(({ locator }) => locator);
  const seen = events.flatMap(({ at, body }) => itemsIn(body).map((item) => ({ ...item, kept: at })));
  const texts = await store.texts(seen.map(({ hash }) => hash));
  const intimate = state.reasons.includes('intimate-image');
  const hashes = row.pictures.slice(0, picturesMax);
  const bytes = intimate ? [] : await Promise.all(hashes.map((hash) => intake.bytes(hash, 'picture')));
  const pictures = hashes.map((hash, i) => ({ hash, inside: bytes[i] !== undefined }));
  const record: PackRecord = {
    v: 1,
    desk: config.platform.title ?? config.platform.name,
    platform: config.platform.name,
    what: state.kind === 'complaint' ? 'complaint' : 'report',
    received: row.day,
    capacity: row.capacity,
    statement: row.statement,
    links: row.links,
    additions: row.additions,
    items: named.map((locator) => ({ locator, versions: versionsOf(seen, texts, locator) })),
    pictures,
    outcome: row.wishes ? outcomeOf(state, named) : null,
  };
  return { record, pictures: bytes.flatMap((one) => one ?? []) };
}

function itemsIn(body: EventBody | null): ItemReference[] {
  if (body?.kind === 'reported' || body?.kind === 'complained') return body.items;
  return body?.kind === 'item-seen' ? [body.item] : [];
}

type Seen = ItemReference & { kept: string };

/** Each text once, since it was first kept; what the platform showed counts as that. */
function versionsOf(seen: readonly Seen[], texts: ReadonlyMap<string, ItemSnapshot>, locator: string) {
  const versions = new Map<string, PackRecord['items'][number]['versions'][number]>();
  for (const item of seen.filter((one) => one.locator === locator)) {
    const known = versions.get(item.hash);
    const kept = texts.get(item.hash);
    if (known && (known.seen === 'platform' || item.seen === 'reporter')) continue;
    versions.set(item.hash, {
      seen: item.seen,
      kept: item.kept,
      posted: item.posted,
      author: item.author,
      text: kept?.text ?? null,
      hash: item.hash,
      links: kept?.links ?? [],
    });
  }
  return [...versions.values()];
}

function outcomeOf(state: CaseState, named: readonly string[]): PackRecord['outcome'] {
  const { decided } = state;
  if (!decided) return null;
  const conduct = decided.decision.path === 'conduct' ? decided.decision : undefined;
  const touches = state.measures.filter(({ rests, measure }) =>
    [...rests, ...('target' in measure ? [measure.target] : [])].some((locator) => named.includes(locator)),
  );
  return {
    day: decided.at.slice(0, 10),
    words: outcomeFor(state),
    statement: conduct ? statementOf(conduct.statement) : null,
    measures: conduct
      ? touches.flatMap(({ measure, inForce }) =>
          measure.kind === 'show-help'
            ? []
            : [
                measure.kind === 'sanction'
                  ? { kind: measure.step, until: measure.until, inForce }
                  : { kind: measure.kind, until: null, inForce },
              ],
        )
      : [],
    appeals: conduct ? state.appeals.map(({ outcome }) => outcome ?? 'waiting') : [],
  };
}

type Statement = Extract<NonNullable<CaseState['decided']>['decision'], { path: 'conduct' }>['statement'];

/** What it rests on; not its facts and explanation, which speak of a person. */
function statementOf(given: Statement): NonNullable<NonNullable<PackRecord['outcome']>['statement']> {
  const illegal = given.decision_ground === 'DECISION_GROUND_ILLEGAL_CONTENT';
  const reference = illegal ? given.illegal_content_legal_ground : given.terms_clause;
  return {
    limb: illegal ? 'illegal' : 'terms',
    reference: (reference ?? '').slice(0, 1000),
    category: given.category,
    territories: given.territorial_scope ?? [],
    applied: given.application_date,
    byPeople: given.automated_decision === 'AUTOMATED_DECISION_NOT_AUTOMATED',
  };
}
