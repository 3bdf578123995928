/**
 * What the policy of our platform promises about being judged there, as the gateway of this trust domain says it:
 * which steps are taken, and how soon. Asked for now and then, and kept for when the gateway is away. Whoever can
 * modify the table can have the desk offer a step; the gateway refuses it all the same.
 * Must never: hold up a case because the gateway does not answer.
 */
import type { StepHere } from '@answerable/protocol/platform/steps';
import { Refusal } from '@answerable/protocol/refusal';
import { type PromisesResponse, promisedSubsMax } from '@answerable/protocol/report/promises';
import type { Kysely } from 'kysely';
import type { DeskParts } from '../parts.ts';
import type { DeskTables } from '../schema.ts';
import { cannotHold, type NotHeld } from './cannot-hold.ts';
import type { Promised } from './promises-schema.ts';

const lookMs = 60_000;
/** Until the gateway has answered once: it may start after us. */
const firstMs = 2_000;
const rememberedMax = 5_000;

export interface Promises {
  /** Of the policy in force, as far as we have heard; undefined without a gateway. */
  now(): Promised | undefined;
  /** The steps that may be taken against each account; an account is absent if nobody has said. */
  stepsFor(subs: readonly string[]): Promise<ReadonlyMap<string, readonly StepHere[]>>;
  /** What it promises and this desk cannot hold, as it is set up now. */
  notHeld(): Promise<NotHeld[]>;
  /** Asks again if that was long ago. */
  look(): Promise<void>;
}

type Parts = Pick<DeskParts, 'config' | 'gateway' | 'journal' | 'settings' | 'panel'>;

export function createPromises(db: Kysely<DeskTables>, parts: () => Parts): Promises {
  const heard = new Map<string, Promised>();
  const remembered = new Map<string, readonly StepHere[]>();
  let nextMs = 0;
  let said = '';
  let unknown = '';
  const platform = () => parts().config.platform.name;

  async function ask(subs: readonly string[]): Promise<PromisesResponse | undefined> {
    try {
      return await parts().gateway?.promises(platform(), subs);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // Away; or it knows no platform of this name, and then holds nobody to a policy of it.
      if (error.code === 'not_found') sayUnknown();
      return undefined;
    }
  }

  function sayUnknown(): void {
    if (unknown !== platform())
      parts().journal.warn('the gateway knows no platform by the name that ours has here');
    unknown = platform();
  }

  async function keep({ accounts: _, ...promised }: PromisesResponse): Promise<void> {
    const [name, text] = [platform(), JSON.stringify(promised)];
    const known = heard.get(name);
    heard.set(name, promised);
    await sayWhatCannotBeHeld();
    if (known && JSON.stringify(known) === text) return;
    const row = { platform: name, promised: text };
    await db
      .insertInto('platform_promise')
      .values(row)
      .onConflict((conflict) => conflict.column('platform').doUpdateSet(row))
      .execute();
  }

  async function notHeld(): Promise<NotHeld[]> {
    const { config, settings, panel } = parts();
    const promised = heard.get(platform());
    if (!promised) return [];
    const oneModerator = config.oneModerator ?? settings.profile().moderators === 'one';
    const forums = (await panel.peers()).length;
    return cannotHold(promised, { ...config, oneModerator, forums });
  }

  /** Once for each set of them. */
  async function sayWhatCannotBeHeld(): Promise<void> {
    const what = (await notHeld()).map((one) => one.what);
    if (what.join() !== said)
      for (const kind of what)
        parts().journal.warn('the policy promises what this desk cannot hold', { kind });
    said = what.join();
  }

  async function readKept(): Promise<void> {
    for (const { platform: name, promised } of await db.selectFrom('platform_promise').selectAll().execute())
      heard.set(name, promised);
  }

  function remember(sub: string, steps: readonly StepHere[]): void {
    const [oldest] = remembered.keys();
    if (remembered.size >= rememberedMax && oldest !== undefined) remembered.delete(oldest);
    remembered.set(sub, steps);
  }

  return {
    notHeld,
    now: () => heard.get(platform()),
    async stepsFor(subs) {
      const asked = [...new Set(subs)];
      if (asked.length === 0 || !parts().gateway) return new Map();
      for (let from = 0; from < asked.length; from += promisedSubsMax) {
        const answer = await ask(asked.slice(from, from + promisedSubsMax));
        // Away: what it said before counts, and it is not waited for again.
        if (!answer) break;
        for (const { sub, steps } of answer.accounts) remember(sub, steps);
      }
      const known = asked.flatMap((sub): [string, readonly StepHere[]][] => {
        const steps = remembered.get(sub) ?? heard.get(platform())?.steps;
        return steps ? [[sub, steps]] : [];
      });
      return new Map(known);
    },
    async look() {
      if (!parts().gateway || performance.now() < nextMs) return;
      nextMs = performance.now() + firstMs;
      if (heard.size === 0) await readKept();
      const answer = await ask([]);
      if (!answer) return;
      nextMs = performance.now() + lookMs;
      await keep(answer);
    },
  };
}
