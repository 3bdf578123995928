/**
 * Sentences by what they do, for measuring rules where detectors fail: those that are nothing against anybody come
 * first (SAFETY, "Hate and abuse"). Written for this desk; few, and in English only.
 */
export interface FunctionalClass {
  name: string;
  /** whether a rule should hold */
  against: boolean;
  sentences: readonly string[];
}

export const classes: readonly FunctionalClass[] = [
  {
    name: 'Counter-speech that quotes',
    against: false,
    sentences: [
      'Whoever wrote “nobody would miss you” under her post should be ashamed.',
      'Saying "kill yourself" to a stranger is never a joke. Stop.',
      '> go and die\nThis is what they sent me. Please help me report it.',
      'He told me “I know where you live”. Can a moderator look?',
      'Do not answer people who write "do it already"; report them.',
    ],
  },
  {
    name: 'Own distress',
    against: false,
    sentences: [
      'I feel as if nobody would miss me.',
      'Some nights I do not want to be here any more.',
      'I keep thinking about dying and I am scared.',
      'I cannot do this any longer.',
    ],
  },
  {
    name: 'Recovery and memorial',
    against: false,
    sentences: [
      'A year ago I wanted to die. I am glad that I stayed.',
      'We miss him every day. He killed himself in March.',
      'The helpline saved my life, and I know where you live there is one too.',
    ],
  },
  {
    name: 'Negation',
    against: false,
    sentences: [
      'Nobody here thinks that the world is better without you.',
      'I would never tell anybody to go and die.',
      'It is not true that no one would miss you.',
    ],
  },
  {
    name: 'Everyday words',
    against: false,
    sentences: [
      'If you want to paint the shed, just do it then.',
      'This exam will kill me.',
      'You are dead right about the bus times.',
      'I will find you a better link tomorrow.',
    ],
  },
  {
    name: 'Goading',
    against: true,
    sentences: [
      'Go on, do it already.',
      'Nobody would miss you.',
      'k1ll yourself',
      'The world is better without you, you know that.',
    ],
  },
  {
    name: 'Threats',
    against: true,
    sentences: ['I know where you live.', 'Watch your back tonight.', 'I will find you.'],
  },
];
