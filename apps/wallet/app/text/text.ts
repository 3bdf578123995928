/** The shape of a language. Functions take what varies, so that word order is free. */
import type { Step } from '../boundary/actions.ts';
import type { WalletCode } from '../boundary/rpc.ts';

export interface RefusalText {
  title: string;
  text: string;
}
type Words<K extends string> = Record<K, string>;
type Fill = (value: string) => string;
type Count = (n: number) => string;

export interface Text {
  lang: string;
  shell: Words<
    | 'name'
    | 'skip'
    | 'home'
    | 'limits'
    | 'exit'
    | 'practice'
    | 'loading'
    | 'back'
    | 'again'
    | 'unaudited'
    | 'menu'
  >;
  steps: Words<Step | 'working' | 'done'>;
  welcome: Words<'title' | 'lead' | 'join' | 'joinHint' | 'back' | 'backHint'> & { waiting: Fill };
  join: Words<'title' | 'two' | 'go' | 'going' | 'notNow' | 'who'> & {
    one: (evidence: string, registrar: string) => string;
    three: (t: number, n: number) => string;
    whoLead: Count;
  };
  enrolled: Words<'title' | 'lead' | 'joinedTitle' | 'name' | 'birthDate' | 'evidence' | 'next'> & {
    sealed: (t: number, n: number) => string;
  };
  words: Words<
    | 'title'
    | 'lead'
    | 'paper'
    | 'show'
    | 'shown'
    | 'list'
    | 'written'
    | 'print'
    | 'skip'
    | 'confirmTitle'
    | 'confirmLead'
    | 'confirm'
    | 'tick'
    | 'different'
    | 'seeAgain'
    | 'skipTitle'
    | 'skipYes'
    | 'skipNo'
    | 'kept'
    | 'signIn'
    | 'near'
  > & { skipText: Fill; nth: Count; unknown: Fill };
  home: Words<
    | 'title'
    | 'done'
    | 'has'
    | 'person'
    | 'renewal'
    | 'wordsSet'
    | 'wordsMissing'
    | 'wordsGo'
    | 'wordsNew'
    | 'accounts'
    | 'accountsText'
    | 'messages'
    | 'messagesText'
    | 'place'
    | 'slot'
    | 'read'
    | 'recent'
    | 'opened'
    | 'openedText'
    | 'openedGo'
    | 'device'
    | 'deviceText'
    | 'forget'
    | 'waitingGo'
  > & { waiting: Fill; attributes: Record<string, string>; values: Record<string, string> };
  ask: Words<
    | 'learnTitle'
    | 'learnPerson'
    | 'learnHandle'
    | 'neverTitle'
    | 'neverName'
    | 'neverDocuments'
    | 'holdsTitle'
    | 'neverElsewhere'
    | 'holds'
    | 'moderator'
    | 'openTitle'
    | 'openGrounds'
    | 'wayTitle'
    | 'wayNew'
    | 'wayOld'
    | 'handle'
    | 'handleHint'
    | 'handleWrong'
    | 'slotTitle'
    | 'slot'
    | 'go'
    | 'no'
    | 'join'
    | 'none'
    | 'noneTitle'
    | 'readReasons'
    | 'signInInstead'
    | 'newInstead'
  > & {
    title: Fill;
    from: (gateway: string, origin: string) => string;
    learnAttribute: (name: string, value: string) => string;
    open: (t: number, n: number) => string;
    nth: Count;
    going: Fill;
    refusedTitle: Fill;
  };
  recall: Words<
    | 'title'
    | 'lead'
    | 'two'
    | 'go'
    | 'wordsTitle'
    | 'wordsLead'
    | 'try'
    | 'again'
    | 'missing'
    | 'lost'
    | 'doneTitle'
    | 'done'
    | 'on'
  > & { one: Fill; budget: (all: number, day: number) => string; triesLeft: Count; today: Count };
  reset: Words<
    | 'title'
    | 'lead'
    | 'two'
    | 'three'
    | 'go'
    | 'waitingTitle'
    | 'still'
    | 'stopTitle'
    | 'stopText'
    | 'stop'
    | 'stopped'
  > & { one: Fill; waiting: Fill };
  inbox: Words<
    | 'none'
    | 'appeal'
    | 'appealLead'
    | 'track'
    | 'grounds'
    | 'send'
    | 'appealed'
    | 'reply'
    | 'replyLead'
    | 'replied'
    | 'getInTouch'
    | 'leaveAlone'
    | 'empty'
    | 'other'
    | 'choose'
  > & {
    title: Fill;
    standing: Words<'good' | 'warned' | 'restricted' | 'suspended' | 'barred' | 'closed'>;
    until: Fill;
    review: Fill;
    kinds: Words<'statement' | 'appeal-outcome' | 'hearing' | 'help' | 'notice'>;
    tracks: Words<'normal' | 'journalism' | 'intimate-image'>;
    appealUntil: Fill;
    wished: Words<'get-in-touch' | 'leave-alone'>;
  };
  notices: Words<'title' | 'none' | 'at' | 'by' | 'ground' | 'agreed' | 'entry' | 'late'> & {
    read: Count;
    some: Count;
  };
  forget: Words<'title' | 'text' | 'needWords' | 'noWords' | 'yes' | 'no' | 'done'>;
  limits: Words<'title' | 'lead' | 'state' | 'stateText'> & {
    items: [string, string][];
    open: (t: number, n: number) => string;
  };
  refused: { otherwise: RefusalText } & Partial<Record<WalletCode, RefusalText>>;
}
