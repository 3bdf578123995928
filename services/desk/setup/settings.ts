/**
 * What the people of this desk have set about it: which platform, what kind of service. Asked in the set-up,
 * changed later by an admin; every change is a record in the ledger that says who, when and what. Whoever can
 * modify these tables can send the desk's acts to another platform, and cannot change what was decided.
 * Must never: show or record a token; a record says that it was changed.
 */
import { platformSettings } from '@answerable/connector/settings';
import type { Clock } from '@answerable/kit/clock';
import * as wire from '@answerable/protocol/wire';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { DeskConfig, DeskFile } from '../config.ts';
import { type Profile, profile } from '../law/profile.ts';
import { appendRecord, type LedgerRecord, readRecords } from '../ledger.ts';
import { figureSettings } from '../measures/figure-settings.ts';
import type { DeskTables } from '../schema.ts';
import { restBound } from '../shift/rest-policy.ts';
import { forum } from './forum-form.tsx';

/** The chain of changes to settings and to the people who work here. */
export const changesChain = 'changes';

const shapes = {
  forum,
  platform: platformSettings,
  profile,
  rest: restBound,
  figures: figureSettings,
  /** the set-up was gone through to its end */
  setUp: z.strictObject({ finished: wire.day }),
};
type Shapes = typeof shapes;
export type SettingName = keyof Shapes;
type Values = { [N in SettingName]: z.infer<Shapes[N]> };

const secretFields = new Set(['connectorToken', 'token', 'webhookSecret', 'adminPassword', 'secret']);

export interface Settings {
  /** What kind of service this is; before anybody has said so, the least that can be. */
  profile(): Profile;
  find<N extends SettingName>(name: N): Values[N] | undefined;
  /** The configuration with what was set in the browser; undefined until the set-up is done. */
  config(): DeskConfig | undefined;
  change<N extends SettingName>(who: string, name: N, value: Values[N]): Promise<void>;
  /** Every change so far, oldest first: of settings, and of who works here. */
  changes(): Promise<LedgerRecord[]>;
  /** Has `listener` called after each change. */
  onChange(listener: () => void): void;
}

export async function openSettings(db: Kysely<DeskTables>, file: DeskFile, clock: Clock): Promise<Settings> {
  const kept = await readAll(db);
  const listeners: (() => void)[] = [];
  const find = <N extends SettingName>(name: N) => kept[name];
  return {
    find,
    profile: () => kept.profile ?? leastProfile(file.countries ?? ['GB']),
    config() {
      const chosen = kept.setUp && kept.platform;
      const platform = file.platform ?? (chosen && { ...chosen, title: kept.forum?.title });
      if (!platform) return undefined;
      return {
        ...file,
        platform,
        countries: file.countries ?? kept.profile?.countries ?? ['GB'],
        oneModerator: file.oneModerator ?? kept.profile?.moderators === 'one',
      };
    },
    async change(who, name, value) {
      await db.transaction().execute(async (trx) => {
        const before = await trx
          .selectFrom('desk_setting')
          .select('value')
          .where('name', '=', name)
          .forUpdate()
          .executeTakeFirst();
        const row = { name, value: JSON.stringify(value) };
        await trx
          .insertInto('desk_setting')
          .values(row)
          .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
          .execute();
        const body = { kind: 'setting', setting: name, changed: differences(before?.value, value) };
        await appendRecord(trx, changesChain, { at: clock.now().toISOString(), who, body });
      });
      kept[name] = value;
      for (const listener of listeners) listener();
    },
    changes: () => readRecords(db, changesChain),
    onChange: (listener) => void listeners.push(listener),
  };
}

async function readAll(db: Kysely<DeskTables>): Promise<Partial<Values>> {
  const rows = await db.selectFrom('desk_setting').selectAll().execute();
  const known = rows.filter((row): row is typeof row & { name: SettingName } =>
    Object.hasOwn(shapes, row.name),
  );
  return Object.fromEntries(known.map(({ name, value }) => [name, shapes[name].parse(value)]));
}

const leastProfile = (countries: string[]): Profile => ({
  size: 'small',
  countries,
  functions: ['posts'],
  risks: [],
  childrenLikely: false,
  moderators: 'several',
});

/** Which fields have another value now; a secret one without its values. */
function differences(before: unknown, after: object): object[] {
  const [was, is] = [
    { ...(before as object) } as Record<string, unknown>,
    { ...after } as Record<string, unknown>,
  ];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
    .map((field) =>
      secretFields.has(field) ? { field } : { field, from: was[field] ?? null, to: is[field] ?? null },
    );
}
