/**
 * POST /receipts/:receipt/additions: more words or pictures while the report is open; POST …/wishes: whether
 * its outcome is shown. Whoever has the receipt may do this: it is the key.
 */
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { type MediaReference, mediaReference } from '@answerable/protocol/report/media';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { human } from '../casework/event.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { evidenceHash } from './evidence.ts';
import type { Gate } from './gate.ts';
import { readSubmission, submissionBytesMax } from './read-submission.ts';
import { attachMedia } from './record-report.ts';
import { type Fault, keepPictures, wordsMax } from './report-form.ts';
import { receiptPage } from './show-receipt.tsx';
import { wantsPage } from './wants-page.ts';

const additionsMax = 20;
const reporter = { role: 'reporter', name: 'reporter' } as const;
const addition = z
  .strictObject({ words: wire.text(wordsMax), media: z.array(mediaReference).max(8) })
  .refine(({ words, media }) => words !== '' || media.length > 0);
const wished = z.strictObject({ wishes: z.enum(['yes', 'no']) });

export const changeWishes =
  (parts: DeskParts, { pass }: Gate) =>
  async (c: Context) => {
    await pass(c, changeCost);
    const receipt = checkShape(c.req.param('receipt'), wire.id);
    const json = isJson(c);
    const form = json ? undefined : await readSubmission(c);
    const given = form ? checkShape({ wishes: form.one('wishes') }, wished) : await readJson(c, wished);
    if (!(await parts.intake.changeWishes(receipt, given.wishes === 'yes'))) throw new Refusal('not_found');
    return json ? c.json(given) : c.redirect(`/receipts/${receipt}`, 303);
  };

/** Less than a whole report. */
const changeCost = 0.25;

export const addToReport =
  (parts: DeskParts, { pass, large }: Gate) =>
  async (c: Context) => {
    const receipt = checkShape(c.req.param('receipt'), wire.id);
    if (Number(c.req.header('content-length') ?? 0) > submissionBytesMax) throw new Refusal('body_too_large');
    await pass(c);
    if (isJson(c)) {
      await recordAddition(parts, receipt, storable(await readJson(c, addition)));
      return c.json({ added: true });
    }
    return large(async () => {
      const form = await readSubmission(c);
      const words = form.one('words').slice(0, wordsMax);
      const again = (fault: Fault) => {
        if (!wantsPage(c)) throw new Refusal('malformed', fault.field);
        return receiptPage(c, parts, receipt, { faults: [fault], words, status: 400 });
      };
      const media = await keepPictures(parts, await form.files('pictures'), form.one('stills') !== '');
      if (!Array.isArray(media)) return again(media);
      if (words === '' && media.length === 0)
        return again({ field: 'words', words: 'Write something, or choose a picture.' });
      try {
        await recordAddition(parts, receipt, { words, media });
      } catch (error) {
        if (!wantsPage(c) || !(error instanceof Refusal) || error.code !== 'already_decided') throw error;
        return again({ field: 'words', words: 'This was decided in the meantime. You can report it again.' });
      }
      return c.redirect(`/receipts/${receipt}`, 303);
    });
  };

async function recordAddition(
  { store, casebook, clock, outbox }: DeskParts,
  receipt: string,
  { words, media }: { words: string; media: MediaReference[] },
): Promise<void> {
  const evidence = evidenceHash({ statement: words, media });
  await store.transaction(async (trx) => {
    const row = await trx
      .selectFrom('report')
      .select('case_id')
      .where('receipt', '=', receipt)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new Refusal('not_found');
    const known = await trx
      .selectFrom('report_addition')
      .select('evidence')
      .where('receipt', '=', receipt)
      .execute();
    // The same words and pictures once more are the same addition.
    if (known.some((one) => one.evidence === evidence)) return;
    if (known.length >= additionsMax) throw new Refusal('too_many_requests');
    await casebook.actWithin(trx, row.case_id, ({ decided }) => {
      if (decided) throw new Refusal('already_decided');
      return [{ actor: reporter, tool: { ...human, name: 'receipt' }, body: { kind: 'added-to', evidence } }];
    });
    const day = clock.now().toISOString().slice(0, 10);
    await trx.insertInto('report_addition').values({ receipt, day, words, evidence }).execute();
    await attachMedia(trx, receipt, media);
  });
  // From here on it is on the record.
  outbox.kick();
}

const isJson = (c: Context): boolean =>
  c.req.header('content-type')?.toLowerCase().startsWith('application/json') ?? false;
