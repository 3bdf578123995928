/**
 * Any platform that can take a signed POST (docs/platforms/other.md): one address for acts, lookups and the check.
 * The body is `{ ask, … }`; the signature is over the time and the body, so that nobody can send it again later.
 * The other side does an act once by its id, and answers as the protocol's own connector does.
 */
import { realClock, unixSeconds } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { connectorActed, connectorItem, pageRecord } from '@answerable/protocol/report/connector';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import { z } from 'zod';
import { createCaller } from './call.ts';
import { abilitiesOf } from './perform.ts';
import type { Ability, Platform } from './platform.ts';
import type { SettingsOf } from './settings.ts';
import { signatureHeader, signTimed } from './webhook-signature.ts';

const locatorShape = z.object({
  locator: z
    .string()
    .max(200)
    .regex(/^[a-z]+\/[A-Za-z0-9_-]+$/)
    .nullable(),
});
const checked = z.object({ as: z.string().max(100).nullable() });
const ifKnown: Ability = {
  does: 'partly',
  words: 'If the platform knows this act; it says so if it does not.',
};
const abilities = abilitiesOf({
  'hide-item': ifKnown,
  'restore-item': ifKnown,
  'hold-page': ifKnown,
  'shut-page': ifKnown,
  'restore-page': ifKnown,
  'suspend-account': ifKnown,
  'restore-account': ifKnown,
  'restrict-account': ifKnown,
  'end-restriction': ifKnown,
  'show-help': ifKnown,
  'tell-account': ifKnown,
  'slow-replies': ifKnown,
  'restore-replies': ifKnown,
  'keep-as-memorial': ifKnown,
  'end-memorial': ifKnown,
});

export function webhook({ name, origin, path, secret }: SettingsOf<'webhook'>): Platform {
  const call = createCaller(origin, {});
  const ask = <T>(body: { ask: string } & Record<string, unknown>, schema: z.ZodType<T>) => {
    const seconds = unixSeconds(realClock);
    const headers = { [signatureHeader]: signTimed(secret, JSON.stringify(body), seconds) };
    return call(path, { body, headers, schema });
  };
  // Whoever is behind the address need not know what it is called here.
  const ours = (item: ItemSnapshot): ItemSnapshot => ({ ...item, platform: name });
  return {
    act: (act) => ask({ ask: 'act', ...act }, connectorActed),
    item: async (locator) => ours(await ask({ ask: 'item', locator }, connectorItem)),
    async pageRecord(locator) {
      const record = await ask({ ask: 'page-record', locator }, pageRecord);
      return { ...record, page: ours(record.page), posts: record.posts.map(ours) };
    },
    async locate(url, kind) {
      const { locator } = await ask({ ask: 'locate', url, kind }, locatorShape);
      return locator ?? undefined;
    },
    // Whoever is behind the address was told `sub` at sign-in, and knows what it stands for there.
    account: async ({ sub }) => `account/${sub}`,
    async check() {
      try {
        return { reached: true, as: (await ask({ ask: 'check' }, checked)).as, missing: [] };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const said = error.code === 'unauthorised' || error.code === 'forbidden';
        return { reached: said, as: null, missing: said ? ['The shared secret'] : [] };
      }
    },
    abilities,
  };
}
