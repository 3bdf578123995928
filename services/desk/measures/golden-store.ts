/**
 * Practice cases and how they were answered. Whoever can modify these tables can make the desk look better or worse
 * at agreeing; and cannot touch a case. What one person answered is shown to that person alone.
 */
import { type Kysely, sql } from 'kysely';
import type { DeskTables } from '../schema.ts';
import { agrees, type GoldenAnswer, type GoldenCase, goldenClasses, shipped } from './golden-cases.ts';
import type { Tally } from './tally.ts';
import { putTallies } from './tally-store.ts';

export type GoldenStore = ReturnType<typeof createGoldenStore>;

export function createGoldenStore(db: Kysely<DeskTables>) {
  /** Those in use, what is most often got wrong elsewhere first. */
  async function inUse(): Promise<GoldenCase[]> {
    const [own, retired] = await Promise.all([
      db.selectFrom('golden_case').select('body').execute(),
      db.selectFrom('golden_retired').select('golden').execute(),
    ]);
    const gone = new Set(retired.map((row) => row.golden));
    const rank = (one: GoldenCase) => goldenClasses.indexOf(one.class);
    return [...shipped, ...own.map((row) => row.body)]
      .filter((one) => !gone.has(one.golden))
      .toSorted((a, b) => rank(a) - rank(b));
  }
  const answersOf = (name: string) =>
    db.selectFrom('golden_answer').select(['golden', 'answer', 'agreed']).where('name', '=', name).execute();

  return {
    inUse,
    answersOf,

    async next(name: string): Promise<GoldenCase | undefined> {
      const done = new Set((await answersOf(name)).map((row) => row.golden));
      const open = (await inUse()).filter((one) => !done.has(one.golden));
      return open[Math.floor(Math.random() * open.length)];
    },

    find: async (golden: string): Promise<GoldenCase | undefined> =>
      (await inUse()).find((one) => one.golden === golden),

    /** The first answer counts; another is not taken. False if there was one. */
    answer: (one: GoldenCase, name: string, day: string, given: GoldenAnswer): Promise<boolean> =>
      db.transaction().execute(async (trx) => {
        const agreed = agrees(given, one.answer);
        const row = {
          golden: one.golden,
          class: one.class,
          name,
          day,
          answer: JSON.stringify(given),
          agreed,
        };
        const { numInsertedOrUpdatedRows } = await trx
          .insertInto('golden_answer')
          .values(row)
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (numInsertedOrUpdatedRows !== 1n) return false;
        await putTallies(trx, talliesOf(day, one.class, 1, agreed ? 1 : 0));
        return true;
      }),

    async add(one: GoldenCase, by: string): Promise<void> {
      const row = { golden: one.golden, body: JSON.stringify(one), added_by: by };
      await db.insertInto('golden_case').values(row).execute();
    },

    async retire(golden: string): Promise<void> {
      await db
        .insertInto('golden_retired')
        .values({ golden })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
  };
}

/** The figures of a day again, from the answers. */
export async function goldenTallies(db: Kysely<DeskTables>, day: string): Promise<Tally[]> {
  const { rows } = await sql<{ class: string; asked: number; agreed: number }>`
    select class, count(*) as asked, count(*) filter (where agreed) as agreed
    from golden_answer where day = ${day} group by class`.execute(db);
  return rows.flatMap((row) => talliesOf(day, row.class, row.asked, row.agreed));
}

function talliesOf(day: string, part: string, asked: number, agreed: number): Tally[] {
  return [
    { day, figure: 'golden-asked' as const, part, value: 0, n: asked },
    { day, figure: 'golden-agreed' as const, part, value: 0, n: agreed },
  ].filter((one) => one.n > 0);
}
