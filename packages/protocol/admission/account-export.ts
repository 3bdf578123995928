/**
 * gateway → wallet, answer to the call `export`: everything that the gateway holds about one account, for its
 * holder. Never what others said or did: not who blocked it, nor what became of a knock.
 */
import { z } from 'zod';
import { admissionRecord } from '../disclosure/filing.ts';
import { ladder } from '../report/sanction.ts';
import * as wire from '../wire.ts';
import { inboxItem } from './account-call.ts';
import { reachView } from './reach.ts';

const signInsMax = 4000;

export const accountExport = z.strictObject({
  v: z.literal(1),
  gateway: wire.name,
  platform: wire.name,
  sub: wire.sub,
  handle: wire.text(60),
  slot: z.int().min(1).max(8),
  closed: wire.day.nullable(),
  /** when the admission record, this name and the rest of it go; null while the account is open */
  erasedFrom: wire.day.nullable(),
  relayAddress: wire.text(120).nullable(),
  /** what the platform is told besides the name it is seen under */
  claims: z.record(wire.text(40), z.union([z.boolean(), wire.text(200)])),
  /** since when the name of the credential is told to the platform; null: it is not */
  named: wire.day.nullable(),
  /** the days on which this account signed in */
  signIns: z.array(wire.day).max(signInsMax),
  sanctions: z.array(
    z.strictObject({
      step: z.enum(ladder),
      holds: z.enum(['person', 'account']),
      until: wire.day.nullable(),
      lifted: z.boolean(),
    }),
  ),
  inbox: z.array(inboxItem).max(200),
  reach: reachView,
  admission: admissionRecord,
  /** the same in plain words, for reading */
  words: z.array(wire.text(1000)).max(20),
});
export type AccountExport = z.infer<typeof accountExport>;
