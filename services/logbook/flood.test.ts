/** One party that sends more than its share: entries wait in one line, and everybody else's with them. */
import { expect, it } from 'vitest';
import { clerk, commitment, place, startLogbook, submission, submitter } from './testing/logbook.ts';

it('a party that would keep everybody else’s entries waiting is told to wait itself; others are not', async () => {
  const other = submitter('other', 8);
  const submitters = [clerk, other].map(({ name, signingKey }) => ({ name, signingKey }));
  // A batch of one each minute: what one party may have at once does not fill up again in this test.
  const slow = await place({ submitters, cadenceSeconds: 60, entriesPerBatch: 1 });
  const running = await startLogbook(slow.config);
  try {
    const first = submission(commitment(76));
    for (let i = 0; i < 40; i += 1) expect((await running.post(first)).status).toBe(202);
    const answers: Response[] = [];
    for (let i = 1; i < 30; i += 1) answers.push(await running.post(submission(commitment(77, i))));
    expect(answers.map(({ status }) => status)).toEqual([...Array(24).fill(202), ...Array(5).fill(429)]);
    expect(answers.at(-1)!.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect((await running.post(submission(commitment(78), { by: other }))).status).toBe(202);
    // An outbox sends what has no place yet again and again.
    expect((await running.post(first)).status).toBe(202);
  } finally {
    await running.close();
    await slow.clear();
  }
});
