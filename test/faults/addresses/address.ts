/** What an address of the sweep is, and what its messages are made of. */
import { toBase64url } from '@answerable/core/bytes';
import { drawWholeKey } from '@answerable/core/presentation/scenario';
import { randomBytes } from '@answerable/core/rng';
import type { RoleName } from '@answerable/practice-constellation/network';
import { type MessageLabel, messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import type { Json } from '../hostile.ts';
import type { Who } from '../network.ts';
import type { Stage } from '../stage.ts';

export interface Address {
  role: RoleName;
  /** as the route is written in the source */
  route: string;
  /** in place of its parameters */
  path?: (stage: Stage) => string;
  who?: Who;
  /** default POST */
  method?: 'PUT';
  /** a message that would be read, whatever is then said to it */
  message?: (stage: Stage) => Json | Promise<Json>;
  /** the message becomes a body: signed by whoever must */
  sign?: (stage: Stage) => { label: MessageLabel; key: Uint8Array };
  /** changes what must be fresh in each body */
  refresh?: (stage: Stage, body: Json) => Promise<Json>;
  /** what a browser brings along */
  fetch?: (stage: Stage) => typeof fetch;
  /** answers in the words of another specification, not in problem+json */
  foreign?: true;
}

export const hash = () => toBase64url(randomBytes(32));
export const id = () => toBase64url(randomBytes(16));
export const octets = (n: number) => toBase64url(randomBytes(n));
export const point = () => toBase64url(drawWholeKey().publicKey);
export const knownKey = randomBytes(32);
export const publicKnownKey = verifyingKeyOf(knownKey);
export const today = '2026-11-23';
export const now = () => new Date().toISOString();

export const byRegistrar = (label: MessageLabel) => (stage: Stage) => ({
  label,
  key: stage.keyOf('registrar'),
});
export const byAuthority = (label: MessageLabel) => (stage: Stage) => ({
  label,
  key: stage.keyOf('authority'),
});
export const bySelf = (label: MessageLabel) => () => ({ label, key: knownKey });

export const ofCase = (end: string) => (stage: Stage) => `/cases/${stage.caseId}${end}`;

export const askMessage = ({ post }: Stage) => ({
  v: 1,
  ask: id(),
  authority: 'authority',
  platform: 'commons',
  ground: 'threat-to-life',
  order: { reference: 'C-1/26', text: 'Who wrote this?', day: today },
  item: `post/${post}`,
});
export const signedAsk = (stage: Stage) =>
  signMessage(stage.keyOf('authority'), messageLabels.authorityAsk, askMessage(stage)) as unknown as Json;
