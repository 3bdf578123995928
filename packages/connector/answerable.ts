/** A platform that speaks the protocol's own connector: acts and lookups pass as they are. */
import { callJson } from '@answerable/kit/http-client';
import { Refusal } from '@answerable/protocol/refusal';
import { connectorActed, connectorItem, pageRecord } from '@answerable/protocol/report/connector';
import type { z } from 'zod';
import type { Abilities, Ability, Platform } from './platform.ts';
import type { PlatformSettings } from './settings.ts';

const timeoutMs = 5_000;
const addressOfThing = /\/(post|page)s\/([A-Za-z0-9_-]{1,64})$/;

const whole: Ability = { does: 'yes', words: '' };
const ifKnown: Ability = {
  does: 'partly',
  words: 'If the platform knows this act; it says so if it does not.',
};
const abilities: Abilities = {
  'hide-item': whole,
  'restore-item': whole,
  'hold-page': whole,
  'shut-page': whole,
  'restore-page': whole,
  'suspend-account': whole,
  'restore-account': whole,
  'show-help': whole,
  'restrict-account': ifKnown,
  'end-restriction': ifKnown,
  'tell-account': ifKnown,
  'slow-replies': ifKnown,
  'restore-replies': ifKnown,
  'keep-as-memorial': ifKnown,
  'end-memorial': ifKnown,
};

export function answerable({
  origin,
  connectorToken,
}: Extract<PlatformSettings, { kind?: 'answerable' | undefined }>): Platform {
  const headers = { authorization: `Bearer ${connectorToken}` };
  const read = <T>(path: string, schema: z.ZodType<T>) =>
    callJson(`${origin}/moderation/${path}`, { headers, schema, timeoutMs });
  return {
    act: (body) =>
      callJson(`${origin}/moderation/acts`, { body, headers, schema: connectorActed, timeoutMs }),
    item: (locator) => read(`items/${locator}`, connectorItem),
    pageRecord: (locator) => read(`pages/${locator.slice('page/'.length)}/record`, pageRecord),
    async locate(url) {
      const [, kind, id] = (url.startsWith(`${origin}/`) && addressOfThing.exec(url)) || [];
      return kind && id ? `${kind}/${id}` : undefined;
    },
    // Such a forum knows its accounts by the very word that its gateway told it.
    account: async ({ sub }) => `account/${sub}`,
    async check() {
      // Nothing has this name: whoever answers so has taken the token.
      const answer = await read('items/post/none', connectorItem).catch((error) => error);
      const code = answer instanceof Refusal ? answer.code : undefined;
      if (code === 'not_found') return { reached: true, as: null, missing: [] };
      if (code === 'unauthorised') return { reached: true, as: null, missing: ['The connector token'] };
      return { reached: false, as: null, missing: [] };
    },
    abilities,
  };
}
