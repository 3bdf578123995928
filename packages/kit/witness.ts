/**
 * A witness of the log inside a service (C2SP tlog-witness): POST /add-checkpoint, and the last checkpoint it
 * cosigned for monitors. State is one row per log in the service's own database; cosignature/v1 with an own
 * ed25519 key, whose only use this is.
 * Assumes: `witnessMigration` is among the service's migrations.
 * Must never: cosign two histories of one log; the row moves only from the size that was looked at.
 */
import { addCheckpoint, monitorCheckpoint, type WitnessStore } from '@answerable/log/monitor/witness';
import type { TreeHead } from '@answerable/log/verify/merkle';
import {
  formatVerifierKey,
  noteKey,
  parseVerifierKey,
  type VerifierKey,
} from '@answerable/log/verify/note-key';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Env, Hono } from 'hono';
import { type Kysely, sql } from 'kysely';
import { type Clock, unixSeconds } from './clock.ts';
import type { Migration } from './database.ts';
import { loadOrCreateSecret } from './keys.ts';

const bodyBytesMax = 512 * 1024;
const seedBytes = 32;

export const witnessMigration: Migration = {
  name: 'kit-witness',
  up: `create table witnessed_head (
    log text primary key,
    size int8 not null check (size >= 0),
    root bytea not null check (length(root) = 32),
    checkpoint bytea not null
  )`,
};

export interface WitnessOptions<DB> {
  /** unique among witnesses, without spaces or plus: `<host>/<party>` */
  keyName: string;
  /** file of the witness key, made if absent */
  keyPath: string;
  db: Kysely<DB>;
  clock: Clock;
  /** the log that this network's policy names; refuses `not_ready` before there is one */
  policy: () => TrustPolicy;
  /** looks at the new entries; false keeps the witness silent */
  approve?: (older: TreeHead, newer: TreeHead) => Promise<boolean>;
}

export interface Witness {
  /** C2SP verifier key, type 0x04: goes into the trust policy */
  verifierKey: string;
  mount<E extends Env>(app: Hono<E>): void;
  /** the newest head that this witness has cosigned for the network's log */
  seen(): Promise<TreeHead | undefined>;
}

/** The witness of a service. Throws ConfigRefused if its key file is unusable. */
export function createWitness<DB>(options: WitnessOptions<DB>): Witness {
  const { db, clock } = options;
  const key = noteKey(options.keyName, 0x04, loadOrCreateSecret(options.keyPath, seedBytes));
  const store = witnessStore(db);
  const log = (): VerifierKey => parseVerifierKey(options.policy().log.verifierKey);
  const machine = () => ({
    key,
    logs: [log()],
    store,
    now: () => unixSeconds(clock),
    ...(options.approve ? { approve: options.approve } : {}),
  });
  return {
    verifierKey: formatVerifierKey(key),
    seen: () => store.latest(log().name),
    mount(app) {
      app.post('/add-checkpoint', async (c) => {
        const body = new Uint8Array(await c.req.arrayBuffer());
        if (body.length > bodyBytesMax) throw new Refusal('body_too_large');
        const answer = await addCheckpoint(body, machine());
        return c.body(answer.body, answer.status, { 'content-type': answer.contentType });
      });
      app.get('/:origin{[0-9a-f]{64}}/checkpoint', async (c) => {
        const checkpoint = await monitorCheckpoint(c.req.param('origin'), machine());
        if (!checkpoint) throw new Refusal('not_found');
        return c.body(new TextDecoder().decode(checkpoint), 200, {
          'content-type': 'text/plain; charset=utf-8',
        });
      });
    },
  };
}

interface HeadRow {
  size: number;
  root: Buffer;
  checkpoint: Buffer;
}

/** Heads in `witnessed_head`. `advance` compares and sets in one statement, under the row's lock. */
function witnessStore<DB>(db: Kysely<DB>): WitnessStore {
  return {
    async latest(origin) {
      const { rows } = await sql<HeadRow>`
        select size, root, checkpoint from witnessed_head where log = ${origin}`.execute(db);
      const row = rows[0];
      return row && { size: row.size, root: bytes(row.root), checkpoint: bytes(row.checkpoint) };
    },
    async advance(origin, oldSize, { size, root, checkpoint }) {
      const { numAffectedRows } = await sql`
        insert into witnessed_head (log, size, root, checkpoint)
        select ${origin}, ${size}, ${Buffer.from(root)}, ${Buffer.from(checkpoint)}
        where ${oldSize}::int8 = 0 or exists (select from witnessed_head where log = ${origin})
        on conflict (log) do update
          set size = excluded.size, root = excluded.root, checkpoint = excluded.checkpoint
          where witnessed_head.size = ${oldSize}`.execute(db);
      return numAffectedRows === 1n;
    },
  };
}

const bytes = (buffer: Buffer): Uint8Array => new Uint8Array(buffer);
