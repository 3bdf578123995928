/**
 * How people come to a server of the AT Protocol: invite codes that only this gateway asks for, and which account
 * used which. A code is asked for under a mark of ours (`forAccount`), so that one whose answer was lost can still
 * be found and ended. The server itself knows no end of a code; whoever asks for one ends it in time.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { createCaller } from './call.ts';
import type { SettingsOf } from './settings.ts';

const accountsPerPage = 500;
const usesMax = 100;

const did = z
  .string()
  .max(300)
  .regex(/^did:[a-z]+:[\w.:%-]+$/);
const invited = z.object({
  code: z.string().max(200),
  forAccount: z.string().max(300),
  uses: z.array(z.object({ usedBy: did, usedAt: z.iso.datetime({ offset: true }) })).max(usesMax),
});
const accountInfo = z.object({ did, handle: z.string().max(300), invitedBy: invited.optional() });
const repos = z.object({
  cursor: z.string().max(1_000).optional(),
  repos: z.array(z.object({ did })).max(accountsPerPage),
});
const given = z.object({ code: z.string().min(1).max(200) });
const subjectStatus = z.object({
  takedown: z.object({ applied: z.boolean(), ref: z.string().optional() }).optional(),
});
/** By which a takedown of ours is told from one by the people of the server. */
const takedownRef = 'answerable-gateway';
const anything = z.unknown();

/** The code that an account came with: under whose mark, and who else used it, first use first. */
export interface CameWith {
  mark: string;
  uses: { did: string; at: Date }[];
}

export interface ServerAccount {
  did: string;
  handle: string;
  /** undefined for an account that came without a code */
  cameWith: CameWith | undefined;
}

export interface BlueskyServer {
  /** A code for one account. Refuses as every call to a platform does. */
  invite(mark: string): Promise<string>;
  /** Ends every code that was asked for under `mark`, whether its answer ever came or not. */
  endInvites(mark: string): Promise<void>;
  /** One page of all accounts, oldest first; `next` is undefined on the last one. */
  accounts(cursor: string | undefined): Promise<{ dids: string[]; next: string | undefined }>;
  /** Refuses `not_found`. */
  account(did: string): Promise<ServerAccount>;
  /** `ours`: taken down by this; `theirs`: by somebody else. */
  standing(did: string): Promise<'up' | 'ours' | 'theirs'>;
  takeDown(did: string): Promise<void>;
  bringBack(did: string): Promise<void>;
  /** An e-mail from the server, if the settings name who sends it; nobody learns whether it went out. */
  write(did: string, words: string): Promise<void>;
}

export function blueskyServer({ origin, adminPassword, senderDid }: SettingsOf<'bluesky'>): BlueskyServer {
  const basic = Buffer.from(`admin:${adminPassword}`).toString('base64');
  const call = createCaller(origin, { authorization: `Basic ${basic}` });
  const tell = (method: string, body: object) => call(`/xrpc/${method}`, { body, schema: anything });
  const update = async (of: string, takedown: object) => {
    const subject = { $type: 'com.atproto.admin.defs#repoRef', did: of };
    await tell('com.atproto.admin.updateSubjectStatus', { subject, takedown });
  };
  return {
    async invite(mark) {
      const body = { useCount: 1, forAccount: mark };
      return (await call('/xrpc/com.atproto.server.createInviteCode', { body, schema: given })).code;
    },
    async endInvites(mark) {
      await tell('com.atproto.admin.disableInviteCodes', { codes: [], accounts: [mark] });
    },
    async accounts(cursor) {
      const query = { limit: String(accountsPerPage), ...(cursor === undefined ? {} : { cursor }) };
      const page = await call('/xrpc/com.atproto.sync.listRepos', { query, schema: repos });
      const dids = page.repos.map((repo) => repo.did);
      // The server names a cursor on its last page as well.
      return { dids, next: dids.length < accountsPerPage ? undefined : page.cursor };
    },
    async account(of) {
      const query = { did: of };
      const { did, handle, invitedBy } = await call('/xrpc/com.atproto.admin.getAccountInfo', {
        query,
        schema: accountInfo,
      }).catch(asNotFound);
      const uses = (invitedBy?.uses ?? [])
        .map(({ usedBy, usedAt }) => ({ did: usedBy, at: new Date(usedAt) }))
        .sort((a, b) => a.at.getTime() - b.at.getTime());
      return { did, handle, cameWith: invitedBy && { mark: invitedBy.forAccount, uses } };
    },
    async standing(of) {
      const query = { did: of };
      const { takedown } = await call('/xrpc/com.atproto.admin.getSubjectStatus', {
        query,
        schema: subjectStatus,
      }).catch(asNotFound);
      if (!takedown?.applied) return 'up';
      return takedown.ref === takedownRef ? 'ours' : 'theirs';
    },
    takeDown: (of) => update(of, { applied: true, ref: takedownRef }),
    bringBack: (of) => update(of, { applied: false }),
    async write(recipientDid, content) {
      if (!senderDid) return;
      const mail = { recipientDid, senderDid, subject: 'About your account', content };
      await tell('com.atproto.admin.sendEmail', mail);
    },
  };
}

/** This API says 400 for what is not there. */
function asNotFound(error: unknown): never {
  if (error instanceof Refusal && error.code === 'malformed') throw new Refusal('not_found');
  throw error;
}
