/**
 * Everything the logbook keeps in PostgreSQL. Whoever can modify these tables can delay entries, drop ones that
 * wait, or stop the log; and cannot change what was signed without the sequencer halting and every reader
 * seeing it. Who submitted an entry is not kept.
 */
import { inTransaction } from '@answerable/kit/database';
import type { HeadTransaction, LogStore } from '@answerable/log/append/log-store';
import { leafHash } from '@answerable/log/verify/merkle';
import { Refusal } from '@answerable/protocol/refusal';
import type { Kysely, Transaction } from 'kysely';
import type { LogbookTables } from './schema.ts';
import { successorStore } from './successor-store.ts';

const rowsPerInsert = 500;
/** Cosigned checkpoints kept for proofs at an older size. */
const checkpointsKept = 4096;

export interface Submission {
  key: string;
  bytes: Uint8Array;
  /** of a trust-policy entry: given once */
  serial?: { network: string; serial: number };
  /** the key follows from the entry: whoever took it for another one took what was not theirs */
  isOwnKey?: boolean;
}

export type LogbookStore = ReturnType<typeof logbookStore>;

export function logbookStore(db: Kysely<LogbookTables>) {
  return {
    /** Records a submission. The same key with the same entry again changes nothing. */
    submit({ key, bytes, serial, isOwnKey = false }: Submission): Promise<void> {
      const leaf = Buffer.from(leafHash(bytes));
      return inTransaction(db, async (trx) => {
        if (isOwnKey) await takeKeyBack(trx, key, leaf);
        if (!(await claimKey(trx, key, leaf))) throw new Refusal('key_taken');
        if (serial !== undefined && !(await claimSerial(trx, serial, leaf)))
          throw new Refusal('policy_mismatch');
        const placed = await trx
          .selectFrom('entry')
          .select('index')
          .where('leaf', '=', leaf)
          .executeTakeFirst();
        if (placed !== undefined) return;
        await trx
          .insertInto('waiting')
          .values({ leaf, bytes: Buffer.from(bytes) })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      });
    },

    /** Whether something was submitted under `key`. */
    async knows(key: string): Promise<boolean> {
      const found = db.selectFrom('submission').select('key').where('key', '=', key);
      return (await found.executeTakeFirst()) !== undefined;
    },

    /** The index of the entry that was submitted under `key`, once it has one. */
    async placeOf(key: string): Promise<number | undefined> {
      const row = await db
        .selectFrom('submission')
        .innerJoin('entry', 'entry.leaf', 'submission.leaf')
        .select('entry.index')
        .where('submission.key', '=', key)
        .executeTakeFirst();
      return row?.index;
    },

    /** Binds this database to one log key, for ever. False if it belongs to another. */
    async claimForKey(verifierKey: string): Promise<boolean> {
      await db
        .updateTable('head')
        .set({ verifier_key: verifierKey })
        .where('verifier_key', 'is', null)
        .execute();
      const { verifier_key } = await db.selectFrom('head').select('verifier_key').executeTakeFirstOrThrow();
      return verifier_key === verifierKey;
    },

    async keepCheckpoint(size: number, note: Uint8Array): Promise<void> {
      const bytes = Buffer.from(note);
      await db
        .insertInto('checkpoint')
        .values({ size, note: bytes })
        .onConflict((conflict) => conflict.column('size').doUpdateSet({ note: bytes }))
        .execute();
      const oldest = db
        .selectFrom('checkpoint')
        .select('size')
        .orderBy('size', 'desc')
        .offset(checkpointsKept)
        .limit(1);
      await db.deleteFrom('checkpoint').where('size', '<=', oldest).execute();
    },

    /** The checkpoint that was published at `size`. */
    async checkpointAt(size: number): Promise<Uint8Array | undefined> {
      const row = await db
        .selectFrom('checkpoint')
        .select('note')
        .where('size', '=', size)
        .executeTakeFirst();
      return row && new Uint8Array(row.note);
    },

    sequence: sequenceStore(db),
    successors: successorStore(db),
  };
}

async function claimKey(trx: Transaction<LogbookTables>, key: string, leaf: Buffer): Promise<boolean> {
  await trx
    .insertInto('submission')
    .values({ key, leaf })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await trx
    .selectFrom('submission')
    .select('leaf')
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  return kept.leaf.equals(leaf);
}

/** The other entry stays in the log, or in line for it, and is found under this key no longer. */
async function takeKeyBack(trx: Transaction<LogbookTables>, key: string, leaf: Buffer): Promise<void> {
  await trx.deleteFrom('submission').where('key', '=', key).where('leaf', '<>', leaf).execute();
}

async function claimSerial(
  trx: Transaction<LogbookTables>,
  { network, serial }: { network: string; serial: number },
  leaf: Buffer,
): Promise<boolean> {
  await trx
    .insertInto('policy_serial')
    .values({ network, serial, leaf })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await trx
    .selectFrom('policy_serial')
    .select('leaf')
    .where('network', '=', network)
    .where('serial', '=', serial)
    .executeTakeFirstOrThrow();
  return kept.leaf.equals(leaf);
}

/** The head row, locked: one sequencer works at a time, in whatever process. */
function sequenceStore(db: Kysely<LogbookTables>): LogStore {
  return {
    withHead: (work) =>
      db.transaction().execute(async (trx) => {
        const row = await trx.selectFrom('head').selectAll().forUpdate().executeTakeFirstOrThrow();
        const head = { size: row.size, root: new Uint8Array(row.root), appendedAt: row.appended_at };
        return work({ head, ...headWork(trx, head.size) });
      }),
  };
}

function headWork(trx: Transaction<LogbookTables>, size: number): Omit<HeadTransaction, 'head'> {
  return {
    async waiting(countMax) {
      // Restored from a backup, or submitted while it was being appended: it has its index already.
      await trx
        .deleteFrom('waiting')
        .where('leaf', 'in', (from) =>
          from.selectFrom('entry').innerJoin('waiting as w', 'w.leaf', 'entry.leaf').select('entry.leaf'),
        )
        .execute();
      const rows = await trx
        .selectFrom('waiting')
        .select('bytes')
        .orderBy('arrival')
        .limit(countMax)
        .execute();
      return rows.map(({ bytes }) => new Uint8Array(bytes));
    },
    async append(entries, next) {
      const rows = entries.map((bytes, i) => ({
        index: size + i,
        leaf: Buffer.from(leafHash(bytes)),
        bytes: Buffer.from(bytes),
      }));
      for (let at = 0; at < rows.length; at += rowsPerInsert) {
        const some = rows.slice(at, at + rowsPerInsert);
        await trx.insertInto('entry').values(some).execute();
        await trx
          .deleteFrom('waiting')
          .where(
            'leaf',
            'in',
            some.map(({ leaf }) => leaf),
          )
          .execute();
      }
      await trx
        .updateTable('head')
        .set({ size: next.size, root: Buffer.from(next.root), appended_at: next.appendedAt })
        .where('size', '=', size)
        .executeTakeFirstOrThrow();
    },
    async entries(start, end) {
      const rows = await trx
        .selectFrom('entry')
        .select('bytes')
        .where('index', '>=', start)
        .where('index', '<', end)
        .orderBy('index')
        .execute();
      return rows.map(({ bytes }) => new Uint8Array(bytes));
    },
  };
}
