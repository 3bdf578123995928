/** What is asked of several cases at once: the same finding and decision for each, and only the lightest ones. */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import type { Form } from '../deciding/staff-verb.ts';
import { bulkMax } from './bulk-policy.ts';

const filled = (max: number) => wire.text(max).refine((text) => text.trim() !== '');

export const bulkChoice = z.strictObject({ cases: z.array(wire.id).min(1).max(bulkMax) });

const nothing = z.strictObject({
  cases: bulkChoice.shape.cases,
  about: z.literal('nothing'),
  note: wire.text(1000),
});
const conduct = z.strictObject({
  cases: bulkChoice.shape.cases,
  about: z.literal('conduct'),
  /** `hide`: what was posted is hidden; `hide-and-warn`: and its author is warned */
  measure: z.enum(['hide', 'hide-and-warn']),
  clause: filled(200),
  ground: filled(200),
  explanation: filled(800),
  facts: filled(1500),
});
export const bulkRequest = z.discriminatedUnion('about', [nothing, conduct]);
export type BulkRequest = z.infer<typeof bulkRequest>;

export function bulkOfForm(form: Form): unknown {
  const cases = [...new Set(form.all('cases'))];
  if (form.one('about') !== 'conduct') return { cases, about: form.one('about'), note: form.one('note') };
  return {
    cases,
    about: 'conduct',
    measure: form.one('measure'),
    clause: form.one('clause'),
    ground: form.one('ground'),
    explanation: form.one('explanation'),
    facts: form.one('facts'),
  };
}
