/**
 * Offences as a moderator goes through them: each with its elements, one by one, and what each asks. An element
 * that is not shown is no reason to do nothing, but it is one against saying "illegal": the terms may still apply.
 */
import type { StatementOfReasons } from '@answerable/protocol/report/statement-of-reasons';

export interface OffenceGuide {
  id: 'encouraging-suicide' | 'threat' | 'harassment' | 'stirring-up-hatred' | 'intimate-image' | 'other';
  title: string;
  under: string;
  category: StatementOfReasons['category'];
  elements: readonly { id: 'capable' | 'intended' | 'aimedAtAnother'; ask: string }[];
}

export const offenceGuides: readonly OffenceGuide[] = [
  {
    id: 'harassment',
    title: 'Harassment',
    under: 'Protection from Harassment Act 1997, s.2',
    category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
    elements: [
      { id: 'capable', ask: 'Is it a course of conduct: at least twice, and harassing?' },
      { id: 'intended', ask: 'Did they know, or should they have known, that it harasses?' },
      { id: 'aimedAtAnother', ask: 'Is it aimed at another person?' },
    ],
  },
  {
    id: 'threat',
    title: 'Threat',
    under: 'Online Safety Act 2023, s.181',
    category: 'STATEMENT_CATEGORY_VIOLENCE',
    elements: [
      { id: 'capable', ask: 'Does it threaten death or serious harm?' },
      {
        id: 'intended',
        ask: 'Did they mean somebody to fear that it is carried out, or not care whether they would?',
      },
      { id: 'aimedAtAnother', ask: 'Is it aimed at another person?' },
    ],
  },
  {
    id: 'stirring-up-hatred',
    title: 'Stirring up hatred',
    under: 'Public Order Act 1986, parts 3 and 3A',
    category: 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH',
    elements: [
      { id: 'capable', ask: 'Are the words threatening (about race: or abusive or insulting)?' },
      {
        id: 'intended',
        ask: 'Is hatred meant to be stirred up (about race: or likely to be)? Quoting in order to object is not that.',
      },
      { id: 'aimedAtAnother', ask: 'Is it against people for their race, religion or sexual orientation?' },
    ],
  },
  {
    id: 'encouraging-suicide',
    title: 'Encouraging suicide or serious self-harm',
    under: 'Suicide Act 1961, s.2; Online Safety Act 2023, s.184',
    category: 'STATEMENT_CATEGORY_SELF_HARM',
    elements: [
      {
        id: 'capable',
        ask: 'Is it capable of encouraging somebody to take their life or to harm themselves seriously?',
      },
      { id: 'intended', ask: 'Is that what they intend?' },
      {
        id: 'aimedAtAnother',
        ask: 'Is it towards another person? Who speaks of themselves encourages nobody: choose distress above.',
      },
    ],
  },
  {
    id: 'intimate-image',
    title: 'Intimate image',
    under: 'Sexual Offences Act 2003, s.66B',
    category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
    elements: [
      { id: 'capable', ask: 'Does it show, or appear to show, somebody in an intimate state?' },
      { id: 'intended', ask: 'Was it shared without their consent?' },
      { id: 'aimedAtAnother', ask: 'Is it another person’s image?' },
    ],
  },
  {
    id: 'other',
    title: 'Another offence',
    under: '',
    category: 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC',
    elements: [
      { id: 'capable', ask: 'Is the act itself shown?' },
      { id: 'intended', ask: 'Is the intent shown that the offence asks for?' },
      { id: 'aimedAtAnother', ask: 'Is it aimed at another person?' },
    ],
  },
];
