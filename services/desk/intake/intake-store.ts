/**
 * Pictures, and what came with reports. Whoever can modify these tables can take evidence away or put other
 * pictures before a moderator; the events of the case then no longer fit their hashes, and that shows.
 */
import { after, dayOf } from '@answerable/kit/clock';
import { type Kysely, sql } from 'kysely';
import type { DeskTables } from '../schema.ts';
import type { Picture } from './decode-picture.ts';

const shownMax = 200;
const lookHours = 1;
/** A picture waits so long for its report. */
const unusedDays = 1;
/** Whoever reported can be reached so long after the decision. */
const contactDays = 30;
const msPerHour = 3_600_000;

export type IntakeStore = ReturnType<typeof createIntakeStore>;

export function createIntakeStore(db: Kysely<DeskTables>) {
  let lookedAt = 0;
  return {
    async keepPicture(picture: Picture, day: string): Promise<void> {
      await db
        .insertInto('media')
        .values({ ...picture, day })
        // Sent once more: it is as fresh as then, and nothing else changes.
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ day }))
        .execute();
    },

    /** The picture itself, or the small grey one. */
    async bytes(hash: string, which: 'picture' | 'preview'): Promise<Buffer | undefined> {
      const row = db.selectFrom('media').select(`${which} as bytes`).where('hash', '=', hash);
      return (await row.executeTakeFirst())?.bytes;
    },

    async describe(hash: string, description: string, by: string): Promise<boolean> {
      const changed = await db
        .updateTable('media')
        .set({ description, described_by: by })
        .where('hash', '=', hash)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },

    /** The cases whose reports show this picture. */
    statesWith: (hash: string) =>
      db
        .selectFrom('report_media')
        .innerJoin('report', 'report.receipt', 'report_media.receipt')
        .innerJoin('case_file', 'case_file.case_id', 'report.case_id')
        .select('case_file.state')
        .where('hash', '=', hash)
        .limit(shownMax)
        .execute(),

    /** What came with the reports of a case, besides their words. Receipts stay here. */
    async shownIn(caseId: string) {
      const ofCase = db.selectFrom('report').select('receipt').where('case_id', '=', caseId);
      const [pictures, details, additions] = await Promise.all([
        db
          .selectFrom('report_media')
          .innerJoin('media', 'media.hash', 'report_media.hash')
          .select(['media.hash', 'kind', 'width', 'height', 'description', 'described_by'])
          .distinct()
          .where('receipt', 'in', ofCase)
          .limit(shownMax)
          .execute(),
        db
          .selectFrom('report_detail')
          .select(['links', 'declared_by', 'contact'])
          .where('receipt', 'in', ofCase)
          .limit(shownMax)
          .execute(),
        db
          .selectFrom('report_addition')
          .select(['day', 'words'])
          .where('receipt', 'in', ofCase)
          .where('words', '<>', '')
          .orderBy('id')
          .limit(shownMax)
          .execute(),
      ]);
      return { pictures, details, additions };
    },

    /** One report as whoever has its receipt may see it. How they can be reached is not in it. */
    async reportOf(receipt: string) {
      const row = await db
        .selectFrom('report')
        .innerJoin('case_file', 'case_file.case_id', 'report.case_id')
        .leftJoin('report_detail', 'report_detail.receipt', 'report.receipt')
        .select(['report.day', 'capacity', 'statement', 'wishes', 'links', 'case_file.state'])
        .where('report.receipt', '=', receipt)
        .executeTakeFirst();
      if (!row) return undefined;
      const [items, pictures, additions] = await Promise.all([
        db
          .selectFrom('report_item')
          .select('locator')
          .where('receipt', '=', receipt)
          .orderBy('locator')
          .execute(),
        db.selectFrom('report_media').select('hash').where('receipt', '=', receipt).orderBy('hash').execute(),
        db
          .selectFrom('report_addition')
          .select(['day', 'words'])
          .where('receipt', '=', receipt)
          .where('words', '<>', '')
          .orderBy('id')
          .limit(shownMax)
          .execute(),
      ]);
      return {
        ...row,
        links: row.links ?? [],
        locators: items.map((one) => one.locator),
        pictures: pictures.map((one) => one.hash),
        additions,
      };
    },

    /** Whether whoever holds the receipt wishes to be told; false if there is no such receipt. */
    async changeWishes(receipt: string, wishes: boolean): Promise<boolean> {
      const changed = await db
        .updateTable('report')
        .set({ wishes })
        .where('receipt', '=', receipt)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n;
    },

    /** Every hour: what nobody needs any more is forgotten. */
    async look(now: Date): Promise<void> {
      if (now.getTime() - lookedAt < lookHours * msPerHour) return;
      lookedAt = now.getTime();
      await forgetUnused(db, dayOf(after(now, { days: -unusedDays })));
      await forgetContacts(db, after(now, { days: -contactDays }).toISOString());
    },
  };
}

/** Uploaded before `day` and shown with no report: gone. */
async function forgetUnused(db: Kysely<DeskTables>, day: string): Promise<void> {
  await sql`delete from media where day < ${day}
    and not exists (select from report_media where report_media.hash = media.hash)`.execute(db);
}

/** Ways to reach whoever reported, in cases that were decided before `at`: gone. */
async function forgetContacts(db: Kysely<DeskTables>, at: string): Promise<void> {
  await sql`update report_detail set contact = null
    from report join case_file on case_file.case_id = report.case_id
    where report.receipt = report_detail.receipt and contact is not null
      and queue = 'closed' and state #>> '{decided,at}' < ${at}`.execute(db);
}
