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
    is: 'Checked once who you are. Keeps one record a person, with the name sealed.',
    never: 'your accounts, where you have them, and what you do there',
    world: 'answerable',
  },
  {
    id: 'gateway-commons',
    title: 'Gateway of Commons',
    roles: ['gateway-commons'],
    is: 'Lets people in to Commons. Keeps one pseudonym a person, of use here only.',
    never: 'who you are, or your pseudonym anywhere else',
    world: 'answerable',
  },
  {
    id: 'commons',
    title: 'Commons',
    roles: ['commons'],
    is: 'The forum. Keeps accounts and posts.',
    never: 'the person, or which two accounts are one person',
    world: 'answerable',
  },
  {
    id: 'gateway-lantern',
    title: 'Gateway of Lantern',
    roles: ['gateway-lantern'],
    is: 'The same for a second forum. Compare its pseudonyms with those above.',
    never: 'who you are, or your pseudonym anywhere else',
    world: 'answerable',
  },
  {
    id: 'lantern',
    title: 'Lantern',
    roles: ['lantern'],
    is: 'A second forum, so that there is something to link.',
    never: 'the person, or their account at Commons',
    world: 'answerable',
  },
  {
    id: 'desk',
    title: 'Desk',
    roles: ['desk'],
    is: 'Moderators. Keeps reports, decisions with reasons, appeals.',
    never: 'the person; which accounts are one, outside a case',
    world: 'answerable',
  },
  {
    id: 'keepers',
    title: 'Keepers',
    roles: ['keeper-1', 'keeper-2', 'keeper-3'],
    is: 'Three organisations that help the same person to be found again. Each counts, and no more.',
    never: 'names, secrets, or whose tag they work on',
    world: 'answerable',
  },
  {
    id: 'guardians',
    title: 'Guardians',
    roles: ['guardian-1', 'guardian-2', 'guardian-3'],
    is: 'Three named organisations. Two of them together can open one account, on the record.',
    never: 'anything, when fewer than two agree',
    world: 'answerable',
  },
  {
    id: 'authority',
    title: 'Authority',
    roles: ['authority'],
    is: 'Asks in public for one account, and holds its own key.',
    never: 'any other account of that person',
    world: 'answerable',
  },
  {
    id: 'commons-of-the-ban',
    title: 'Commons under the ban',
    roles: ['commons-of-the-ban'],
    is: 'The same forum, holding names, as the motion asked.',
    never: 'your name, beside every word you write',
    world: 'ban',
  },
  {
    id: 'lantern-of-the-ban',
    title: 'Lantern under the ban',
    roles: ['lantern-of-the-ban'],
    is: 'The second forum under the same rule.',
    never: 'the same name, so that anybody can lay the two side by side',
    world: 'ban',
  },
];
