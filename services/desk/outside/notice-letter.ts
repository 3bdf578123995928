/**
 * The notice as the company reads it, as plain text: the four elements of Article 16(2), or the complaint that
 * s.21 lets anybody make, and what we ask for. Must never: name who reported, or whose account it is with us.
 */
import { displayText } from '../console/display-text.tsx';
import type { NoticeState } from './notice.ts';

export interface Evidence {
  locator: string;
  posted: string;
  hash: string;
  text: string;
}

const quoteCharsMax = 600;
const titles = {
  'dsa-16': 'Notice of illegal content (Regulation (EU) 2022/2065, Article 16)',
  'osa-21': 'Complaint about content (Online Safety Act 2023, section 21)',
  terms: 'Report of content that breaks your terms of service',
};
const grounds = {
  'dsa-16': 'Why it is illegal content',
  'osa-21': 'Why it is illegal or harmful to children',
  terms: 'Which of your terms it breaks',
};
const asks = {
  'dsa-16': [
    'Please confirm that you received this, tell us what you decide and why, and which ways there are to challenge it (Article 16(4) and (5)).',
    'Please decide without undue delay (Article 16(6)).',
  ],
  'osa-21': ['Please confirm that you received this, and tell us what you decide and why.'],
  terms: ['Please confirm that you received this, and tell us what you decide and why.'],
};

export const letterTitle = ({ draft, notice }: NoticeState): string =>
  `${titles[draft.basis]} – our reference ${notice.slice(0, 8)}`;

/** The whole letter. `day` is when it is sent. */
export function noticeLetter(state: NoticeState, evidence: readonly Evidence[], day: string): string {
  const { draft } = state;
  const parts = [
    [titles[draft.basis]],
    [`To: ${draft.company}`, `Date: ${day}`, `Our reference: ${state.notice}`],
    ['Where it is', ...draft.addresses],
    [grounds[draft.basis], draft.ground, draft.explanation],
    evidence.length > 0
      ? ['What we kept as evidence (SHA-256 of each, under our label)', ...evidence.map(evidenceWords)]
      : [],
    [
      'What we ask',
      ...asks[draft.basis],
      'Please keep the content, and what you know of where it came from, as evidence for the authorities.',
    ],
    ['We believe in good faith that what is said here is accurate and complete.'],
    [draft.sender.name, draft.sender.email],
  ];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => part.map(displayText).join('\n'))
    .join('\n\n');
}

function evidenceWords({ posted, hash, text }: Evidence): string {
  const short = text.length > quoteCharsMax ? `${text.slice(0, quoteCharsMax)} …` : text;
  return `- ${posted.slice(0, 10)}, ${hash}: “${short.replaceAll(/\s+/g, ' ').trim()}”`;
}

/** A reminder: short, and with the letter below it. */
export function reminderLetter(state: NoticeState, letter: string, day: string): string {
  const sent = (state.sentAt ?? day).slice(0, 10);
  const waiting = state.reference
    ? `You confirmed it under ${state.reference}; we have no answer yet.`
    : 'We have no answer yet.';
  return `We wrote to you on ${sent}. ${waiting} Please tell us what you decide.\n\n${state.draft.sender.name}\n\n---\n\n${letter}`;
}
