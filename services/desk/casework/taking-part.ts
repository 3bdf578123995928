/**
 * Who had part in a decision, and whether two names are one: an appeal is heard, and a second word is given, by
 * somebody else. Whoever was renamed is known by the record; where there is none, a name counts however it is
 * written, and so does the name of somebody on the panel without its forum: a moderator of two forums is one.
 */
import type { Actor } from './event.ts';
import type { CaseState } from './state.ts';

/** Of `forum/Name` the forum; null for anybody who works here. */
export function forumOf(name: string): string | null {
  const slash = name.indexOf('/');
  return slash < 0 ? null : name.slice(0, slash);
}

/** Letters and digits, without case, width or accents: what remains is what a reader takes for the same name. */
const folded = (name: string): string =>
  name
    .slice(name.indexOf('/') + 1)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Whether a reader would take the two for one name. */
export const isSameName = (one: string, other: string): boolean => folded(one) === folded(other);

export function isSame(state: CaseState, name: string, actor: Pick<Actor, 'name' | 'staff'>): boolean {
  const records = Object.hasOwn(state.staff, name) ? (state.staff[name] ?? []) : [];
  return isSameName(name, actor.name) || (actor.staff !== undefined && records.includes(actor.staff));
}

export const isOneOf = (
  state: CaseState,
  names: readonly string[],
  actor: Pick<Actor, 'name' | 'staff'>,
): boolean => names.some((name) => isSame(state, name, actor));

/** Whether `actor` had part in the decision that stands. */
export const hadPart = (state: CaseState, actor: Pick<Actor, 'name' | 'staff'>): boolean =>
  state.decided !== null && isOneOf(state, [...state.decided.deciders, ...state.partIn], actor);

/** Everybody who had part in it, or heard an appeal against it. */
export const tookPart = ({ decided, partIn, appeals }: CaseState): string[] => [
  ...new Set([
    ...(decided ? [...decided.deciders, ...partIn] : []),
    ...appeals.flatMap((one) => one.heardBy ?? []),
  ]),
];

export function takesPart(state: CaseState, { name }: Actor): CaseState {
  return state.partIn.includes(name) ? state : { ...state, partIn: [...state.partIn, name] };
}

/** Remembers the record behind a name; a name that somebody else has now still stands for both. */
export function withStaff(state: CaseState, { name, staff }: Actor): CaseState {
  const known = Object.hasOwn(state.staff, name) ? (state.staff[name] ?? []) : [];
  if (staff === undefined || known.includes(staff)) return state;
  return { ...state, staff: { ...state.staff, [name]: [...known, staff] } };
}
