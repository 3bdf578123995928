/** What came with the reports of a case besides their words, for its page: never a receipt, never a file name. */
import type { CaseState } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';

export async function evidenceBeside({ intake, store }: DeskParts, { caseId, items, complaint }: CaseState) {
  const [{ pictures, details, additions }, snapshots] = await Promise.all([
    intake.shownIn(caseId),
    store.texts(items.map((item) => item.hash)),
  ]);
  const ofItems = [...snapshots.values()];
  const here = new Set(pictures.map((one) => one.hash));
  return {
    complaint: complaint ? { about: complaint.about, concerns: complaint.concerns } : null,
    pictures: pictures.map(({ described_by, ...one }) => ({ ...one, describedBy: described_by })),
    /** that the platform named and the desk does not have */
    named: ofItems.flatMap(({ locator, media = [] }) =>
      media.filter((one) => !here.has(one.hash)).map((one) => ({ ...one, locator })),
    ),
    links: [
      ...new Set([...details.flatMap((one) => one.links), ...ofItems.flatMap(({ links = [] }) => links)]),
    ],
    declaredBy: details.flatMap((one) => one.declared_by ?? []),
    contacts: details.flatMap((one) => one.contact ?? []),
    additions,
  };
}
