/**
 * A Bluesky personal data server through the AT Protocol's admin calls (docs/platforms/bluesky.md). A takedown is
 * kept by the server beside the record and is undone by the same call; it acts on this server alone. What is hidden
 * is labelled as well, where the settings name a labeler: that reaches apps, and things of other servers. Addresses:
 * an at-uri of a record, a DID of an account; pages are records too (lists, feeds).
 * Must never: label an account of another server, or whoever help is shown to.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import { z } from 'zod';
import { blueskyLabeler, noLabeler } from './bluesky-labeler.ts';
import { createCaller } from './call.ts';
import { foreignLocator, foreignSub } from './foreign-name.ts';
import type { ConnectorMemory } from './memory.ts';
import {
  abilitiesOf,
  accountOf,
  addressOf,
  bringBack,
  performing,
  putAway,
  type Switch,
  writeOnce,
} from './perform.ts';
import { instantOf, languageOf } from './plain-words.ts';
import { type Abilities, type Acted, byHand, type Platform } from './platform.ts';
import type { SettingsOf } from './settings.ts';

const textCharsMax = 10_000;

const atUri = /^at:\/\/(did:[a-z]+:[\w.:%-]{1,300})\/([a-zA-Z0-9.-]{1,300})\/([\w.~:-]{1,500})$/;
const pageCollections = new Set([
  'app.bsky.graph.list',
  'app.bsky.feed.generator',
  'app.bsky.graph.starterpack',
]);
const subjectStatus = z.object({
  subject: z.object({ cid: z.string().optional() }),
  takedown: z.object({ applied: z.boolean() }).optional(),
});
const record = z.object({
  cid: z.string().optional(),
  value: z.object({
    text: z.string().optional(),
    name: z.string().optional(),
    displayName: z.string().optional(),
    description: z.string().optional(),
    langs: z.array(z.string()).optional(),
    createdAt: z.string().optional(),
  }),
});
const accountInfo = z.object({ did: z.string(), handle: z.string(), indexedAt: z.string() });
const anything = z.unknown();

const byMail = {
  does: 'partly',
  words: 'As an e-mail from the server, if the settings name who sends it.',
} as const;
const takenHere = { does: 'yes', words: 'Taken down on this server. Copies elsewhere stay.' } as const;
const takenAndLabelled = {
  does: 'yes',
  words: 'Taken down on this server; a label hides it elsewhere, and what is on other servers.',
} as const;
const cannotRestrict = 'This server cannot restrict an account, and the settings name no labeler to say so.';
const saidOnly =
  'A label says it to whoever subscribes to the labeler. This server does not stop the account.';
const notHere = 'This account is not on this server, or not any more.';
const thingElsewhere =
  'This is on another server: only a label reaches it, and the settings name no labeler.';

const abilitiesWith = (labels: boolean): Abilities => {
  const hides = labels ? takenAndLabelled : takenHere;
  return abilitiesOf({
    'hide-item': hides,
    'restore-item': 'yes',
    'hold-page': hides,
    'shut-page': hides,
    'restore-page': 'yes',
    'suspend-account': { does: 'yes', words: 'Accounts of this server only.' },
    'restore-account': 'yes',
    'restrict-account': labels ? { does: 'partly', words: saidOnly } : { does: 'no', words: cannotRestrict },
    'end-restriction': 'yes',
    'tell-account': byMail,
    'show-help': byMail,
  });
};

export function bluesky(settings: SettingsOf<'bluesky'>, memory: ConnectorMemory): Platform {
  const { name: platform, origin, adminPassword, senderDid } = settings;
  const labeler = settings.labeler && blueskyLabeler(settings.labeler, memory);
  const { unsay } = labeler ?? noLabeler(memory);
  const abilities = abilitiesWith(labeler !== undefined);
  const basic = Buffer.from(`admin:${adminPassword}`).toString('base64');
  const call = createCaller(origin, { authorization: `Basic ${basic}` });
  const ask = <T>(method: string, query: Record<string, string>, schema: z.ZodType<T>) =>
    call(`/xrpc/${method}`, { query, schema }).catch(asNotFound);
  const tell = (method: string, body: object) => call(`/xrpc/${method}`, { body, schema: anything });
  const status = (of: Record<string, string>) => ask('com.atproto.admin.getSubjectStatus', of, subjectStatus);
  const getRecord = (uri: string) => {
    const [, repo = '', collection = '', rkey = ''] = atUri.exec(uri) ?? [];
    return ask('com.atproto.repo.getRecord', { repo, collection, rkey }, record);
  };
  const update = (subject: object, applied: boolean, ref: string) =>
    tell('com.atproto.admin.updateSubjectStatus', {
      subject,
      takedown: applied ? { applied, ref } : { applied },
    });

  const takenRecord = (uri: string, ref: string): Switch => {
    const look = async () => {
      const found = await status({ uri });
      const cid = found.subject.cid ?? (await getRecord(uri)).cid ?? '';
      return { away: found.takedown?.applied === true, detail: cid };
    };
    const subject = (cid: string) => ({ $type: 'com.atproto.repo.strongRef', uri, cid });
    return {
      look,
      putAway: async () => update(subject((await look()).detail), true, ref),
      bringBack: (cid) => update(subject(cid), false, ref),
    };
  };
  const takenAccount = (did: string, ref: string): Switch => {
    const subject = { $type: 'com.atproto.admin.defs#repoRef', did };
    return {
      look: async () => ({ away: (await status({ did })).takedown?.applied === true }),
      putAway: () => update(subject, true, ref),
      bringBack: () => update(subject, false, ref),
    };
  };

  const isHere = (did: string): Promise<boolean> =>
    ask('com.atproto.admin.getAccountInfo', { did }, accountInfo).then(
      () => true,
      (error) => {
        if (error instanceof Refusal && error.code === 'not_found') return false;
        throw error;
      },
    );

  /** Takes a record of this server down, and labels it wherever it lives. */
  async function hide(uri: string, act: ConnectorAct): Promise<Acted | undefined> {
    if (!(await isHere(authorOf(uri)))) {
      if (!labeler) return byHand(thingElsewhere);
      return labeler.say('hidden', { uri, cid: (await getRecord(uri)).cid ?? '' }, act);
    }
    await putAway(memory, act.target, takenRecord(uri, act.act));
    if (!labeler) return undefined;
    // From here on it is down; a labeler that is away is asked again, and the takedown finds itself done.
    const { cid = '' } = (await status({ uri })).subject;
    const labelled = await labeler.say('hidden', { uri, cid }, act);
    return labelled && { done: true, could: `Taken down here. ${labelled.could}` };
  }
  async function show(uri: string, act: ConnectorAct): Promise<Acted | undefined> {
    const unlabelled = await unsay('hidden', uri, act);
    await bringBack(memory, act.target, takenRecord(uri, act.act));
    return unlabelled;
  }
  async function restrict(did: string, act: ConnectorAct): Promise<Acted> {
    if (!labeler) return byHand(cannotRestrict);
    // Whoever has left is not followed.
    if (!(await isHere(did))) return { done: true, could: notHere };
    return (await labeler.say('restricted', { did }, act)) ?? { done: true, could: saidOnly };
  }

  async function write(did: string, act: string, words: string): Promise<Acted | undefined> {
    if (!senderDid) return byHand('The settings do not name who sends e-mail. Write to the account by hand.');
    await ask('com.atproto.admin.getAccountInfo', { did }, accountInfo);
    const mail = { recipientDid: did, senderDid, subject: 'From the moderators', content: words };
    return writeOnce(memory, act, () => tell('com.atproto.admin.sendEmail', mail));
  }
  const authorOf = (uri: string): string => atUri.exec(uri)?.[1] ?? '';
  async function account(did: string): Promise<string> {
    const sub = foreignSub(platform, did);
    const url = `https://bsky.app/profile/${did}`;
    await memory.keepNames([{ locator: `account/${sub}`, platform, address: did, url }]);
    return sub;
  }
  async function info(locator: string, did: string) {
    const { handle, indexedAt } = await ask('com.atproto.admin.getAccountInfo', { did }, accountInfo);
    const profile = await getRecord(`at://${did}/app.bsky.actor.profile/self`).catch(() => undefined);
    const said = [profile?.value.displayName, `@${handle}`, profile?.value.description];
    const text = said.filter(Boolean).join('\n\n').slice(0, textCharsMax);
    const author = await account(did);
    return {
      platform,
      kind: 'account' as const,
      locator,
      author,
      text,
      language: 'und',
      posted: instantOf(indexedAt),
    };
  }

  return {
    act: performing(
      memory,
      {
        'hide-item': hide,
        'restore-item': show,
        'hold-page': hide,
        'shut-page': hide,
        'restore-page': show,
        'restrict-account': restrict,
        'end-restriction': (did, act) => unsay('restricted', did, act),
        'suspend-account': (did, { act, target }) =>
          putAway(memory, target, takenAccount(did, act)).catch(asNotHere),
        'restore-account': (did, { act, target }) => bringBack(memory, target, takenAccount(did, act)),
        'tell-account': (did, { act, notice }) => write(did, act, notice),
        'show-help': (uri, { act, notice }) => write(authorOf(uri), act, notice),
      },
      abilities,
    ),
    async item(locator) {
      const address = await addressOf(memory, locator);
      if (locator.startsWith('account/')) return info(locator, address);
      const { value } = await getRecord(address);
      const said = [value.text, value.name ?? value.displayName, value.description];
      return {
        platform,
        kind: locator.startsWith('page/') ? 'page' : 'post',
        locator,
        author: await account(authorOf(address)),
        text: said.filter(Boolean).join('\n\n').slice(0, textCharsMax),
        language: languageOf(value.langs?.[0]),
        posted: instantOf(value.createdAt ?? 0),
      };
    },
    async pageRecord(locator) {
      return { page: await this.item(locator), posts: [], warnings: [] };
    },
    async locate(url) {
      const did = /^https:\/\/bsky\.app\/profile\/(did:[a-z]+:[\w.:%-]{1,300})$/.exec(url)?.[1];
      if (did) return `account/${await account(did)}`;
      const post = /^https:\/\/bsky\.app\/profile\/(did:[^/]+)\/post\/([\w.~:-]+)$/.exec(url);
      const uri = post ? `at://${post[1]}/app.bsky.feed.post/${post[2]}` : url;
      const collection = atUri.exec(uri)?.[2];
      if (collection === undefined) return undefined;
      const locator = foreignLocator(pageCollections.has(collection) ? 'page' : 'post', platform, uri);
      await memory.keepNames([{ locator, platform, address: uri, url: webAddress(uri) }]);
      return locator;
    },
    // Whoever takes an account in there keeps its DID under this name (docs/platforms/bluesky.md).
    account: (sought) => accountOf(memory, platform, sought, async () => undefined),
    async check() {
      try {
        await call('/xrpc/com.atproto.admin.getInviteCodes', { query: { limit: '1' }, schema: anything });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const said = error.code === 'unauthorised' || error.code === 'forbidden';
        return { reached: said, as: null, missing: said ? ['The admin password'] : [] };
      }
      const missing = senderDid ? [] : ['who sends e-mail (senderDid)'];
      const labels = await labeler?.check();
      if (labels === 'away') missing.push('The labeler, which does not answer');
      if (labels === 'refuses') missing.push('The password of the labeler');
      return { reached: true, as: 'admin', missing };
    },
    abilities,
  };
}

/** This API says 400 for what is not there. */
function asNotFound(error: unknown): never {
  if (error instanceof Refusal && error.code === 'malformed') throw new Refusal('not_found');
  throw error;
}

function asNotHere(error: unknown): Acted {
  if (error instanceof Refusal && error.code === 'not_found') return { done: true, could: notHere };
  throw error;
}

/** Where a person finds a record with a browser. */
export function webAddress(uri: string): string | null {
  const [, did, collection, rkey] = atUri.exec(uri) ?? [];
  return collection === 'app.bsky.feed.post' ? `https://bsky.app/profile/${did}/post/${rkey}` : null;
}
