/** The words of the public forms: short, kind, and the same everywhere. */
import type { ComplaintKind } from '@answerable/protocol/report/complaint';
import type { Report } from '@answerable/protocol/report/report';

export const reasonWords: Record<Report['reasons'][number], string> = {
  threat: 'Somebody is threatened',
  'worried-about-them': 'I am worried about somebody: they may hurt themselves',
  'promotes-suicide': 'It pushes people to hurt or kill themselves',
  'intimate-image': 'An intimate picture or video, shown without consent',
  abuse: 'Somebody is bullied or abused',
  'pile-on': 'Many go for one person',
  hate: 'Hate against people for who they are',
  other: 'Something else',
};

export const characteristicWords: Record<Report['characteristics'][number], string> = {
  race: 'Race, colour, nationality or origin',
  religion: 'Religion or belief',
  sex: 'Sex',
  'sexual-orientation': 'Sexual orientation',
  disability: 'Disability',
  'gender-reassignment': 'Being transgender',
};

export const capacityWords: Record<Report['capacity'], string> = {
  user: 'I use this place',
  subject: 'It is about me',
  'targeted-group': 'It is about a group that I belong to',
  parent: 'I look after a child whom it is about, or who uses this place',
  'assisting-adult': 'I help another adult to use this place, and report for them',
  'trusted-body': 'I report for an organisation that protects people',
  'affected-person': 'It touches me in another way. I have no account here',
};

/** Online Safety Act 2023 s.21(4)(a) to (e). */
export const complaintWords: Record<ComplaintKind, string> = {
  content: 'Something is still there that is against the law or the rules.',
  duty: 'This service does not do what it must: take down what is illegal, make reporting easy, respect free speech and privacy.',
  'taken-down': 'Something that I wrote or shared was taken down.',
  sanctioned: 'I was warned, restricted, suspended or barred.',
  'proactive-technology': 'A machine hid what I wrote, or showed it to fewer people.',
};
