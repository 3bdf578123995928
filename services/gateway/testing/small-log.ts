/** A log in memory behind a real address: enough for a gateway to read checkpoints and hand in entries. */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { serve } from '@answerable/kit/serve';
import { Sequencer } from '@answerable/log/append/sequencer';
import { MemoryFiles, MemoryStore } from '@answerable/log/testing/memory-log';
import { parseCheckpoint } from '@answerable/log/verify/checkpoint';
import { encodeEntry } from '@answerable/log/verify/entry';
import { parseNote } from '@answerable/log/verify/note';
import { formatVerifierKey, noteKey } from '@answerable/log/verify/note-key';
import type { LogSubmission } from '@answerable/protocol/log/entries';
import type { Signed } from '@answerable/protocol/signed';
import { Hono } from 'hono';

export interface SmallLog {
  origin: string;
  verifierKey: string;
  /** Everything handed in. */
  submissions: LogSubmission[];
  /** Grows by one batch; returns the new checkpoint. */
  grow(): Promise<{ size: number; root: string }>;
  checkpoint(): { size: number; root: string };
  close(): Promise<void>;
}

export async function startSmallLog(port: number): Promise<SmallLog> {
  const key = noteKey('log.example', 0x01, randomBytes(32));
  const [store, files] = [new MemoryStore(), new MemoryFiles()];
  const random = (length: number) => new Uint8Array(randomBytes(length));
  const log = new Sequencer({ store, files, key, entriesPerBatch: 4, cadenceMilliseconds: 1, random });
  await log.recover();
  const submissions: LogSubmission[] = [];
  const app = new Hono();
  app.post('/entries', async (c) => {
    const { message } = await c.req.json<Signed<LogSubmission>>();
    if (!submissions.some((known) => known.key === message.key)) submissions.push(message);
    store.submit(encodeEntry(message.entry as Parameters<typeof encodeEntry>[0]));
    return c.json({ key: message.key }, 202);
  });
  app.get('/entries/by-key/:key', (c) =>
    c.json({ code: 'not_found' }, 404, { 'content-type': 'application/problem+json' }),
  );
  app.get('/*', async (c) => {
    const file = await files.read(new URL(c.req.url).pathname.slice(1));
    return file ? c.body(new Uint8Array(file)) : c.notFound();
  });
  const { close } = await serve(app, { port });
  const head = () => parseCheckpoint(parseNote(files.files.get('checkpoint')!).text);
  let ticks = Date.now();
  const grow = async () => {
    ticks += 10;
    await log.append(ticks);
    await log.publish(await log.sign());
    return checkpoint();
  };
  const checkpoint = () => ({ size: head().size, root: toBase64url(head().root) });
  await grow();
  return {
    origin: `http://localhost:${port}`,
    verifierKey: formatVerifierKey(key),
    submissions,
    grow,
    checkpoint,
    close,
  };
}
