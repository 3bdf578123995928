/**
 * What every adapter does around its own calls: find what a name stands for, look before acting so that the same
 * act twice is once, remember how it was so that an undo restores that, and say in words what cannot be done.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import { handWords } from './by-hand.ts';
import type { ConnectorMemory } from './memory.ts';
import {
  type Abilities,
  type Ability,
  type AccountSought,
  type Acted,
  type ActKind,
  byHand,
  done,
} from './platform.ts';

const undoKinds: ReadonlySet<ActKind> = new Set([
  'restore-item',
  'restore-page',
  'restore-account',
  'end-restriction',
  'restore-replies',
  'end-memorial',
]);

/** Does one kind of act on what is at `address`; what it returns is the answer, nothing means done. */
export type Performer = (address: string, act: ConnectorAct) => Promise<Acted | undefined>;
export type Performers = Partial<Record<ActKind, Performer>>;

/** `act` of a platform that can do what `performers` names. */
export function performing(memory: ConnectorMemory, performers: Performers, abilities: Abilities) {
  return async (act: ConnectorAct): Promise<Acted> => {
    const perform = performers[act.kind];
    if (!perform) return byHand(abilities[act.kind].words);
    const name = await memory.name(act.target);
    if (!name) return byHand(`The desk does not know what this is called there. ${handWords[act.kind]}`);
    try {
      return (await perform(name.address, act)) ?? done;
    } catch (error) {
      const code = error instanceof Refusal ? error.code : undefined;
      if (code === 'not_found') return gone(act.kind);
      if (code === 'forbidden' || code === 'malformed')
        return byHand(`The platform did not let the desk do this. ${handWords[act.kind]}`);
      throw error;
    }
  };
}

/** Said of what was to be put away and is not there. */
export const notThere = 'This was not on the platform any more.';

const gone = (kind: ActKind): Acted =>
  undoKinds.has(kind)
    ? byHand('This is not on the platform any more, so it cannot be made as it was.')
    : { done: true, could: notThere };

/** Something that can be put away and brought back: how it is now, and both ways. */
export interface Switch {
  /** `detail` is what a way back needs to know */
  look(): Promise<{ away: boolean; detail?: string }>;
  putAway(): Promise<unknown>;
  bringBack(detail: string): Promise<unknown>;
}

interface Before {
  away: boolean;
  detail: string;
}

export async function putAway(memory: ConnectorMemory, target: string, thing: Switch): Promise<undefined> {
  const { away, detail = '' } = await thing.look();
  // The first look counts: what somebody else had put away before us stays so when we undo.
  await memory.keepBefore(target, JSON.stringify({ away, detail } satisfies Before));
  if (!away) await thing.putAway();
  return undefined;
}

export async function bringBack(memory: ConnectorMemory, target: string, thing: Switch): Promise<undefined> {
  const kept = await memory.before(target);
  if (kept === undefined) return undefined; // not ours, or brought back before its answer was lost
  const before: Before = JSON.parse(kept);
  if (!before.away && (await thing.look()).away) await thing.bringBack(before.detail);
  // From here on it is as it was; a crash now looks again and changes nothing.
  await memory.forgetBefore(target);
  return undefined;
}

/**
 * Words that no look can find again, such as an e-mail: what was begun and never answered is left to a person.
 * A clear no means that nothing went out; silence means that nobody knows.
 */
export async function writeOnce(memory: ConnectorMemory, act: string, send: () => Promise<unknown>) {
  const key = `told ${act}`;
  const known = await memory.before(key);
  if (known === 'sent') return undefined;
  if (known === 'begun') return byHand('It is not known whether these words went out. Please look there.');
  await memory.keepBefore(key, 'begun');
  try {
    await send();
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'unavailable') await memory.forgetBefore(key);
    throw error;
  }
  await memory.forgetBefore(key);
  await memory.keepBefore(key, 'sent');
  return undefined;
}

/** Abilities in words; kinds that are not named are done by hand, in the usual words. */
export function abilitiesOf(said: Partial<Record<ActKind, Ability | 'yes'>>): Abilities {
  const entries = (Object.keys(handWords) as ActKind[]).map((kind) => {
    const one = said[kind] ?? { does: 'no', words: handWords[kind] };
    return [kind, one === 'yes' ? { does: 'yes', words: '' } : one];
  });
  return Object.fromEntries(entries) as Abilities;
}

/** What `account` of an adapter does: what is known stays, what `find` finds is kept under the name of the gateway. */
export async function accountOf(
  memory: ConnectorMemory,
  platform: string,
  { sub }: AccountSought,
  find: () => Promise<{ address: string; url: string | null } | undefined>,
): Promise<string | undefined> {
  const locator = `account/${sub}`;
  if (await memory.name(locator)) return locator;
  const found = await find().catch((error) => {
    if (error instanceof Refusal && error.code === 'not_found') return undefined;
    throw error;
  });
  if (!found) return undefined;
  await memory.keepNames([{ locator, platform, ...found }]);
  return locator;
}

/** Names the account and the thing it wrote; the same as every adapter keeps them. */
export async function addressOf(memory: ConnectorMemory, locator: string): Promise<string> {
  const name = await memory.name(locator);
  if (!name) throw new Refusal('not_found');
  return name.address;
}
