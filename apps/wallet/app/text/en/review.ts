/** Two people look, because somebody with the same name and birth date has joined. */
export const review = {
  title: 'A person has to look',
  lead: 'Somebody with your name and birth date has joined. That may be you, or somebody else. Nobody may guess here, so two people at the registrar look at it.',
  ask: 'Let two people look',
  kept: 'What you showed waits sealed with the registrar, for two weeks at most. Then it is erased.',
  waiting: (day: string) =>
    `They have it now. Come back to this page in a day or two; until ${day} nothing is lost.`,
  now: 'What you can do now',
  words: 'If you joined before, your four words settle it at once.',
  useWords: 'Type my words',
  route: 'Another way to show who you are may settle it too.',
  useRoute: 'Another way',
  look: 'Look again',
  different: 'They say you are somebody new. You can join now.',
  goOn: 'Join',
  same: 'They say that you joined before. Come back by your four words, or ask for a reset.',
  more: 'It takes more than what you showed: a document, or somebody who vouches for you. Begin again in another way.',
};
