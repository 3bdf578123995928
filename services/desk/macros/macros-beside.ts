/** Which reasons can be put into the decision of a case: by name and version, as the form sends them back. */
import type { DeskParts } from '../parts.ts';
import { nameOf } from './macro.ts';

export async function macrosBeside({ macros }: DeskParts) {
  const all = await macros.all();
  return all.filter((one) => !one.retired).map((one) => ({ name: nameOf(one), title: one.words.title }));
}
