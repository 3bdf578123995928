/**
 * The parties as the right half shows them, in the words of PROTOCOL §0: what each holds and what it must not
 * be able to learn. The order is the order of the story.
 */
import type { RoleName } from '@answerable/practice-constellation/network';

export interface Party {
  id: string;
  title: string;
  /** whose databases the card shows */
  roles: readonly RoleName[];
  /** the tables that matter most, in this order; the others follow, put away */
  tables: readonly string[];
  /** what it is, in a few words */
  is: string;
  /** what it must not be able to learn; of the forums of the ban: what they do learn */
  never: string;
  world: 'answerable' | 'ban';
}

export const parties: readonly Party[] = [
  {
    id: 'registrar',
    title: 'Registrar',
    roles: ['registrar'],
    tables: ['record', 'leaf', 'tag'],
    is: 'Checked once who you are. Keeps one record a person, with the name sealed.',
    never: 'your accounts, where you have them, and what you do there',
    world: 'answerable',
  },
  {
    id: 'gateway-commons',
    title: 'Gateway of Commons',
    roles: ['gateway-commons'],
    tables: ['person', 'account', 'sanction'],
    is: 'Lets people in to Commons. Keeps one pseudonym a person, of use here only.',
    never: 'who you are, or your pseudonym anywhere else',
    world: 'answerable',
  },
  {
    id: 'commons',
    title: 'Commons',
    roles: ['commons'],
    tables: ['account', 'post', 'act'],
    is: 'The forum. Keeps accounts and posts.',
    never: 'the person, or which two accounts are one person',
    world: 'answerable',
  },
  {
    id: 'gateway-lantern',
    title: 'Gateway of Lantern',
    roles: ['gateway-lantern'],
    tables: ['person', 'account', 'sanction'],
    is: 'The same for a second forum. Compare its pseudonyms with those above.',
    never: 'who you are, or your pseudonym anywhere else',
    world: 'answerable',
  },
  {
    id: 'lantern',
    title: 'Lantern',
    roles: ['lantern'],
    tables: ['account', 'post'],
    is: 'A second forum, so that there is something to link.',
    never: 'the person, or their account at Commons',
    world: 'answerable',
  },
  {
    id: 'desk',
    title: 'Desk',
    roles: ['desk'],
    tables: ['report', 'case_file', 'event'],
    is: 'Moderators. Keeps reports, decisions with reasons, appeals.',
    never: 'the person; which accounts are one, outside a case',
    world: 'answerable',
  },
  {
    id: 'keepers',
    title: 'Keepers',
    roles: ['keeper-1', 'keeper-2', 'keeper-3'],
    tables: ['recall_key', 'daily_count'],
    is: 'Three organisations that help the same person to be found again. Each counts, and no more.',
    never: 'names, secrets, or whose tag they work on',
    world: 'answerable',
  },
  {
    id: 'guardians',
    title: 'Guardians',
    roles: ['guardian-1', 'guardian-2', 'guardian-3'],
    tables: ['case_file', 'share_release', 'case_notice'],
    is: 'Three named organisations. Two of them together can open one account, on the record.',
    never: 'anything, when fewer than two agree',
    world: 'answerable',
  },
  {
    id: 'authority',
    title: 'Authority',
    roles: ['authority'],
    tables: [],
    is: 'Asks in public for one account, and holds its own key.',
    never: 'any other account of that person',
    world: 'answerable',
  },
  {
    id: 'commons-of-the-ban',
    title: 'Commons under the ban',
    roles: ['commons-of-the-ban'],
    tables: ['account', 'post'],
    is: 'The same forum, holding names, as the motion asked.',
    never: 'your name, beside every word you write',
    world: 'ban',
  },
  {
    id: 'lantern-of-the-ban',
    title: 'Lantern under the ban',
    roles: ['lantern-of-the-ban'],
    tables: ['account', 'post'],
    is: 'The second forum under the same rule.',
    never: 'the same name, so that anybody can lay the two side by side',
    world: 'ban',
  },
];

/** Every card, the log's too, with those that matter in a chapter first. */
export function inOrder<T extends { id: string }>(cards: readonly T[], first: readonly string[]): T[] {
  const place = ({ id }: T) => (first.includes(id) ? first.indexOf(id) : first.length);
  return [...cards].sort((a, b) => place(a) - place(b));
}
