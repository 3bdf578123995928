/** Every no in English: what it is, and what can be done about it. Nobody is blamed. */
import type { RefusalTexts } from '../text.ts';

export const refused: RefusalTexts = {
  still_waiting: {
    title: 'You chose to wait',
    text: 'This wallet makes no new account before the time you chose.',
  },
  rules_changed: {
    title: 'The rules here have changed since you last showed that you are one person',
    text: 'What this place learns, and who could open your account, is above, as it is now. If that is all right, go on.',
  },
  present_again: {
    title: 'Your account shows once more that it is one person’s',
    text: 'That is asked once a month. Your wallet does it by itself: please try again.',
  },
  otherwise: { title: 'That did not work', text: 'Nothing was lost. Please try again.' },
  distrust: {
    title: 'Somebody said something that does not hold',
    text: 'The wallet checked it and stopped, to protect you. Nothing more leaves this device. Please try again later, and tell somebody you trust.',
  },
  policy_refused: {
    title: 'The rules of this network changed in a way this wallet does not accept',
    text: 'The guardians did not sign the change, so the wallet stops here to protect you. If this is a new practice run, let this device forget you and start again.',
  },
  request_refused: {
    title: 'This request is not from whom it says',
    text: 'Nobody on this network’s list has signed it. Nothing left this device. Go to the place yourself and sign in there.',
  },
  locked: { title: 'The wallet is locked', text: 'Open it again to go on.' },
  lock_closed: { title: 'That did not open it', text: 'Try again, or use another way.' },
  lock_wait: {
    title: 'Too many tries in a row',
    text: 'Please wait a little. Another way to open it works at once.',
  },
  proof_wanted: {
    title: 'Your passphrase first',
    text: 'Type the one you have now under “Your passphrase, to change anything here”. Nothing has changed.',
  },
  last_way: {
    title: 'This is the only way to open it',
    text: 'Add another way first, or choose that it opens without asking.',
  },
  history_closed: {
    title: 'Nothing opens with that',
    text: 'Either the passphrase is another one, or no history is kept. The wallet cannot tell which.',
  },
  passkey_stopped: { title: 'The passkey was not used', text: 'Nothing has changed. You can try again.' },
  passkey_without_key: {
    title: 'This passkey cannot open a wallet',
    text: 'It can sign you in at places, but this browser or device does not let it keep a key. Choose a passphrase instead, or a passkey of another kind.',
  },
  passphrase_words: {
    title: 'Please choose something else than four words of our list',
    text: 'Your four words are safe because nobody can try them often. Here they could be tried.',
  },
  not_ready: { title: 'Not ready yet', text: 'The network is still starting. Try again in a few seconds.' },
  too_many_requests: {
    title: 'Many people are coming at once from where you are',
    text: 'Nothing is wrong with you, and nothing was lost. Please wait a minute and try again.',
  },
  unavailable: {
    title: 'Somebody we need does not answer',
    text: 'Check your connection. Nothing was lost; try again in a little while.',
  },
  person_known: {
    title: 'You have joined before',
    text: 'There is one record for each person. Your four words bring you back to it.',
  },
  person_unsure: {
    title: 'Somebody with your name and birth date has joined',
    text: 'If that is you, your four words bring you back. If not, the registrar can look at it with you.',
  },
  person_unknown: { title: 'Nobody with this proof has joined yet', text: 'You can join now.' },
  route_unknown: {
    title: 'That way to prove who you are is not offered here',
    text: 'Nothing was kept. Choose another way.',
  },
  evidence_denied: {
    title: 'You stopped before it was done',
    text: 'That is fine. Nothing was kept. You can start again when you want.',
  },
  evidence_refused: {
    title: 'The proof was not accepted',
    text: 'Something in it did not hold, and we cannot tell you more. Please start again. Nothing was kept.',
  },
  evidence_unproven: {
    title: 'They could not confirm who you are',
    text: 'They do not tell us why. You did nothing wrong: people who moved, or have few papers, meet this often. Another document or another way may work.',
  },
  evidence_document: {
    title: 'They could not confirm who you are with that document',
    text: 'Start again and show another one, if you have one. Or choose another way.',
  },
  evidence_later: {
    title: 'They cannot confirm who you are just now',
    text: 'It may work later: tomorrow, or when they have written to you. You can also choose another way.',
  },
  evidence_insufficient: {
    title: 'That was not enough to join with',
    text: 'We need your name, your date of birth, and that they checked both. Start again and go through their identity check to its end, or choose another way.',
  },
  evidence_mismatch: {
    title: 'Two different people signed in',
    text: 'Perhaps somebody else was still signed in there. Sign them out, then start again as yourself.',
  },
  evidence_unavailable: {
    title: 'The service where you prove who you are does not answer',
    text: 'It is not your device. Try again in a while, or choose another way.',
  },
  too_young: {
    title: 'You can join from your thirteenth birthday',
    text: 'That is a rule to keep young people safe, and nothing about you was kept. If something online is worrying you, tell a grown-up you trust.',
  },
  evidence_pending: {
    title: 'Nobody has vouched for you yet',
    text: 'Keep this open while the person who vouches types your code.',
  },
  session_unknown: { title: 'This took too long', text: 'Please start again. Nothing was kept.' },
  session_state: { title: 'That step is done or not yet due', text: 'Please start again.' },
  words_wrong: {
    title: 'Those are not the words',
    text: 'Look at your paper: the order, and words that look alike.',
  },
  words_malformed: {
    title: 'Four words from the list are needed',
    text: 'One of them is not on our list.',
  },
  budget_spent: {
    title: 'No tries are left',
    text: 'Nobody can try any more, so nobody can guess. You can ask for a reset.',
  },
  budget_today_spent: {
    title: 'No tries are left today',
    text: 'Your words still count. Please come back tomorrow.',
  },
  token_spent: { title: 'That sign-in was used already', text: 'Sign in once more, then type your words.' },
  recall_missing: {
    title: 'No words were set',
    text: 'So there is nothing they could open. You can ask for a reset.',
  },
  reset_waiting: {
    title: 'The wait is not over',
    text: 'Come back when it is, and prove who you are again.',
  },
  reset_too_soon: { title: 'There was a reset in the last two years', text: 'It works once in two years.' },
  record_suspended: {
    title: 'Your record is suspended for now',
    text: 'The registrar has stopped renewing it, because of a death or a fraud that was reported. If that is wrong, tell the registrar: two people look at it, and nothing of yours is deleted meanwhile.',
  },
  record_ended: {
    title: 'This record was ended',
    text: 'Nothing more is renewed for it. If you want to come back, prove who you are and type your four words.',
  },
  vouched_refused: {
    title: 'This place does not take in people who were vouched for',
    text: 'Its rules say so. Elsewhere your record counts like any other. If you have a document, you can show it later: your record stays the same.',
  },
  device_removed: {
    title: 'This device was removed',
    text: 'Another device of yours removed it. Your four words bring you back; then look at your devices.',
  },
  devices_full: {
    title: 'You have as many devices as you can have',
    text: 'Remove one that you no longer use.',
  },
  end_waiting: { title: 'The wait is not over', text: 'Come back on the day that is named here.' },
  end_unasked: {
    title: 'Nobody is asking to end this record now',
    text: 'It was stopped, or nobody said it once more in time. Your record goes on.',
  },
  barred: {
    title: 'You are barred here',
    text: 'You can read the reasons, and appeal. Somebody else will hear it.',
  },
  suspended: { title: 'You are suspended here for now', text: 'You can read the reasons, and appeal.' },
  accounts_exhausted: {
    title: 'You have all the accounts you can have here',
    text: 'Sign in to one of them instead.',
  },
  slot_taken: { title: 'You have this account already', text: 'Sign in to it instead.' },
  claim_unknown: {
    title: 'This way to attach an account is over',
    text: 'Go back to the place and begin again there.',
  },
  claim_over: {
    title: 'The time to attach accounts is over',
    text: 'You can still make a new account there.',
  },
  account_attached: {
    title: 'That account belongs to a person already',
    text: 'If it is yours and you did not do this, tell the people who run the place.',
  },
  handle_taken: { title: 'That name is taken', text: 'Please choose another.' },
  account_unknown: {
    title: 'You have no such account here',
    text: 'You can make one, or choose another of your accounts.',
  },
  account_closed: { title: 'This account was closed', text: 'You can use another of your accounts here.' },
  nonce_expired: { title: 'This took too long', text: 'Go back to the place and sign in again.' },
  nonce_spent: { title: 'This was answered already', text: 'Go back to the place and sign in again.' },
  request_unknown: {
    title: 'The place no longer waits for this',
    text: 'Go back to it and sign in again.',
  },
  wrong_browser: {
    title: 'This question belongs to another browser',
    text: 'Somebody may have sent you their link. Nothing was given. Go to the place yourself.',
  },
  epoch_old: {
    title: 'Your credential is of an earlier period',
    text: 'The wallet fetches a new one. Please try again.',
  },
  checkpoint_old: { title: 'The log that we saw is too old', text: 'Please try again.' },
  appeal_over: {
    title: 'The time for an appeal is over',
    text: 'You still have the right to go to court.',
  },
};
