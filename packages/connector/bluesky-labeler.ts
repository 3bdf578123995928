/**
 * A labeler of the operator's own, an Ozone (docs/platforms/bluesky.md): says in public, signed and under its DID,
 * that something is hidden or an account restricted, and apps of people who subscribe to it do the rest. A personal
 * data server publishes no labels. An act names its event, which Ozone takes once; before each is looked which
 * labels are there, and what others had put there before us stays when we undo.
 * Must never: put a reason, a case or words for one person into a label or its event: both are kept and read there.
 */
import { realClock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import { z } from 'zod';
import { createCaller } from './call.ts';
import type { ConnectorMemory } from './memory.ts';
import { type Acted, byHand } from './platform.ts';
import type { SettingsOf } from './settings.ts';

/** As many as a labeler gives at once. */
const labelsMax = 250;

export type LabelerSettings = NonNullable<SettingsOf<'bluesky'>['labeler']>;
/** What a label says; settings name the label for each. */
export type Said = 'hidden' | 'restricted';
/** Labels that every app of the AT Protocol knows. */
const namesDefault: Readonly<Record<Said, string>> = { hidden: '!hide', restricted: '!warn' };

/** An account, or one version of a record. */
export type Labelled = { did: string } | { uri: string; cid: string };

/**
 * How it was before we said something: `theirs` are the versions that had the label already. Name and labeler are
 * kept because settings may be others when it is undone.
 */
interface Before {
  labeler: string;
  val: string;
  theirs: string[];
}

const labelsFound = z.object({
  labels: z
    .array(
      z.object({
        src: z.string(),
        uri: z.string(),
        cid: z.string().optional(),
        val: z.string(),
        neg: z.boolean().optional(),
        exp: z.string().optional(),
      }),
    )
    .max(labelsMax),
});
const anything = z.unknown();
/** Of a label on an account, or on a record whatever its version. */
const everyVersion = '';

const keyOf = (said: Said, target: string): string => `${target} ${said}`;
const notSet = byHand('The labeler did not take the label. Set it there by hand.');
const notRemoved = byHand('The labeler did not remove the label. Remove it there by hand.');
const notOurs = byHand('A labeler that the settings do not name any more still says this. Remove it there.');

export interface Labeler {
  /** Sets the label once. What cannot be done is said in words; refuses as every call to a platform does. */
  say(said: Said, about: Labelled, act: ConnectorAct): Promise<Acted | undefined>;
  /** Removes what `say` set on the account or record at `address`. */
  unsay(said: Said, address: string, act: ConnectorAct): Promise<Acted | undefined>;
  /** Whether it answers, and takes the password. */
  check(): Promise<'answers' | 'away' | 'refuses'>;
}

export function blueskyLabeler(settings: LabelerSettings, memory: ConnectorMemory): Labeler {
  const { did, origin, adminPassword, labels } = settings;
  const basic = Buffer.from(`admin:${adminPassword}`).toString('base64');
  const call = createCaller(origin, { authorization: `Basic ${basic}` });

  /** Which versions of what is at `address` this labeler says `val` of now. */
  async function versions(address: string, val: string): Promise<string[]> {
    const query = { uriPatterns: address, sources: did, limit: String(labelsMax) };
    const answer = await call('/xrpc/com.atproto.label.queryLabels', { query, schema: labelsFound });
    const now = realClock.now().getTime();
    return answer.labels
      .filter((one) => one.src === did && one.uri === address && one.val === val && one.neg !== true)
      .filter(({ exp }) => exp === undefined || Date.parse(exp) > now)
      .map(({ cid = everyVersion }) => cid);
  }

  const emit = (about: Labelled, create: string[], negate: string[], { act }: ConnectorAct) => {
    const isRecord = 'uri' in about;
    const $type = isRecord ? 'com.atproto.repo.strongRef' : 'com.atproto.admin.defs#repoRef';
    const body = {
      event: {
        $type: 'tools.ozone.moderation.defs#modEventLabel',
        createLabelVals: create,
        negateLabelVals: negate,
      },
      subject: { $type, ...about },
      createdBy: did,
      // Ozone takes each of these once for a subject.
      externalId: isRecord ? `${act} ${about.cid}` : act,
      modTool: { name: 'answerable' },
    };
    return call('/xrpc/tools.ozone.moderation.emitEvent', { body, schema: anything });
  };

  async function set(said: Said, about: Labelled, act: ConnectorAct): Promise<Acted | undefined> {
    const val = labels?.[said] ?? namesDefault[said];
    const address = 'uri' in about ? about.uri : about.did;
    const version = 'uri' in about ? about.cid : everyVersion;
    const isSaid = (of: string[]) => of.includes(version) || of.includes(everyVersion);
    const theirs = await versions(address, val);
    // The first look counts, also if the answer to what follows is lost.
    await keepBefore(memory, keyOf(said, act.target), { labeler: did, val, theirs });
    if (isSaid(theirs)) return undefined;
    const taken = await unlessRefused(emit(about, [val], [], act));
    // Refused as sent twice, by another process at the same time: then it is there.
    return taken || isSaid(await versions(address, val)) ? undefined : notSet;
  }

  async function remove(said: Said, address: string, act: ConnectorAct): Promise<Acted | undefined> {
    const key = keyOf(said, act.target);
    const before = await beforeOf(memory, key);
    if (before === undefined) return undefined;
    const { labeler, val, theirs } = before;
    if (labeler !== did) return notOurs;
    const ours = async () => (await versions(address, val)).filter((version) => !theirs.includes(version));
    for (const cid of await ours()) {
      const about = address.startsWith('did:') ? { did: address } : { uri: address, cid };
      await unlessRefused(emit(about, [], [val], act));
    }
    if ((await ours()).length > 0) return notRemoved;
    // From here on it is as it was; a crash now looks again and changes nothing.
    await memory.forgetBefore(key);
    return undefined;
  }

  return {
    say: (...asked) => set(...asked).catch(inWords(notSet)),
    unsay: (...asked) => remove(...asked).catch(inWords(notRemoved)),
    async check() {
      const query = { limit: '1' };
      try {
        await call('/xrpc/tools.ozone.moderation.queryEvents', { query, schema: anything });
        return 'answers';
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return error.code === 'unauthorised' || error.code === 'forbidden' ? 'refuses' : 'away';
      }
    },
  };
}

/** For settings that name no labeler: nothing is said, and what an earlier one says is left to a person. */
export const noLabeler = (memory: ConnectorMemory): Pick<Labeler, 'unsay'> => ({
  unsay: async (said, _address, { target }) =>
    (await beforeOf(memory, keyOf(said, target))) === undefined ? undefined : notOurs,
});

const keepBefore = (memory: ConnectorMemory, key: string, before: Before) =>
  memory.keepBefore(key, JSON.stringify(before));

async function beforeOf(memory: ConnectorMemory, key: string): Promise<Before | undefined> {
  const before = await memory.before(key);
  return before === undefined ? undefined : JSON.parse(before);
}

/** A clear no, and not something that passes. */
const isRefused = (error: unknown): boolean =>
  error instanceof Refusal && ['malformed', 'forbidden', 'not_found'].includes(error.code);

async function unlessRefused(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (isRefused(error)) return false;
    throw error;
  }
}

const inWords =
  (words: Acted) =>
  (error: unknown): Acted => {
    if (isRefused(error)) return words;
    throw error;
  };
