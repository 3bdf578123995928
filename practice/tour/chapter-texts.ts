/** What the tour says of each chapter, and how long it takes. Three minutes in all. */
import { type Chapter, chapters } from '@answerable/practice-story/step';

export interface ChapterText {
  id: Chapter;
  title: string;
  /** address of its page */
  path: string;
  seconds: number;
  lead: string;
  /** cards to show first */
  watch: readonly string[];
}

export const chapterTexts: readonly ChapterText[] = [
  {
    id: 'join',
    title: chapters.join,
    path: '/',
    seconds: 45,
    lead: 'Prove once who you are, then go in as nobody. The forum learns that you are one real person, and not which one.',
    watch: ['registrar', 'gateway-commons', 'commons', 'gateway-lantern', 'lantern', 'log'],
  },
  {
    id: 'abuse',
    title: chapters.abuse,
    path: '/abuse',
    seconds: 45,
    lead: 'One person hounds another from three accounts. The desk sees three accounts and one person, and answers with reasons that can be read and appealed.',
    watch: ['desk', 'commons', 'gateway-commons'],
  },
  {
    id: 'return',
    title: chapters.return,
    path: '/return',
    seconds: 30,
    lead: 'A decision that holds: a new browser, a new address, another document or a lost phone change nothing. Whoever is new is welcome.',
    watch: ['gateway-commons', 'registrar', 'keepers'],
  },
  {
    id: 'steal',
    title: chapters.steal,
    path: '/steal',
    seconds: 20,
    lead: 'A thief takes every database, every key and every journal, in both worlds. What does he know in the morning?',
    watch: ['commons', 'lantern', 'gateway-commons', 'gateway-lantern', 'registrar'],
  },
  {
    id: 'open',
    title: chapters.open,
    path: '/open',
    seconds: 40,
    lead: 'One account, one reason, two of three guardians, and one line in public that nobody can take back.',
    watch: ['log', 'guardians', 'authority', 'desk'],
  },
];

export const intro = [
  'Some people ask that everybody online give their name, so that abuse can be answered; others ask that nobody must, so that people stay safe.',
  'That is a false choice.',
  'Here is a forum where nobody is named and everybody answers for what they do: try it, and watch what every party then really holds.',
];

/** “about 45 seconds” */
export const lengthOf = ({ seconds }: ChapterText): string => `${seconds} seconds`;
