/** What a gateway is told of a server of the AT Protocol besides how to reach it (docs/platforms/bluesky.md). */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

export const inviteMinutesDefault = 15;
const inviteMinutesMax = 24 * 60;
const ownAccountsMax = 1_000;

/** did:plc or did:web, as the AT Protocol allows. */
export const did = z
  .string()
  .max(300)
  .regex(/^did:(plc:[a-z2-7]{24}|web:[a-zA-Z0-9.-]+(%3A\d{1,5})?)$/);

export const blueskyFields = z.strictObject({
  /** the server as people know it, for their app; default the connector's origin */
  publicOrigin: wire.origin.optional(),
  /** how long an invite code can be used, default 15 */
  inviteMinutes: z.int().min(1).max(inviteMinutesMax).optional(),
  /** accounts of the server's operator, which nobody was admitted for and which stay as they are */
  ownAccounts: z.array(did).max(ownAccountsMax).optional(),
});
