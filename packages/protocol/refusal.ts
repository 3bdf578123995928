/**
 * The one table of refusals: every "no" that a service says to the outside is one of these codes, rendered
 * as RFC 9457 at the edge only (packages/kit/problem.ts). A refusal never repeats what was sent, and a
 * failed proof is always the same `presentation_refused`, without a reason.
 */

export const refusals = {
  // what was sent cannot be read
  malformed: { status: 400, title: 'The request is not of the expected shape.' },
  body_too_large: { status: 413, title: 'The request is larger than this address accepts.' },
  wrong_content_type: { status: 415, title: 'This address accepts JSON only.' },
  not_found: { status: 404, title: 'There is nothing at this address.' },
  too_many_requests: { status: 429, title: 'Too many requests. Please wait a little.' },
  unavailable: {
    status: 503,
    title: 'A party that this step needs did not answer. Nothing was lost; try again.',
  },
  not_ready: { status: 503, title: 'This service is not set up yet.' },
  ceremony_fault: { status: 409, title: 'The ceremony was broken off. A new one can begin.' },
  internal: { status: 500, title: 'Something went wrong here. Nothing was lost; try again.' },

  // who may
  unauthorised: { status: 401, title: 'Please sign in first.' },
  forbidden: { status: 403, title: 'This is not yours to do.' },
  signature_refused: { status: 403, title: 'The signature does not hold.' },
  party_unknown: { status: 403, title: 'The trust policy does not list this party.' },
  policy_mismatch: { status: 409, title: 'The request rests on another trust policy.' },

  // the log
  key_taken: { status: 409, title: 'This key was used for another entry.' },

  // enrolment and recall
  session_unknown: { status: 404, title: 'This session is not known or is over. Please start again.' },
  session_state: { status: 409, title: 'This step does not come next.' },
  route_unknown: { status: 404, title: 'There is no such way to prove who you are here.' },
  evidence_refused: { status: 403, title: 'The proof of who you are was not accepted.' },
  evidence_unproven: { status: 403, title: 'The provider could not confirm who you are.' },
  evidence_document: {
    status: 403,
    title: 'The provider could not confirm who you are with this document. Another one may work.',
  },
  evidence_later: { status: 403, title: 'The provider cannot confirm who you are now. It may work later.' },
  evidence_insufficient: { status: 403, title: 'What the provider said of you is not enough to join with.' },
  evidence_mismatch: { status: 403, title: 'What came back is not of the person who signed in.' },
  evidence_unavailable: {
    status: 503,
    title: 'The provider where people prove who they are does not answer.',
  },
  too_young: { status: 403, title: 'Joining is for people from thirteen years on.' },
  evidence_denied: { status: 403, title: 'You stopped before proving who you are. You can start again.' },
  person_known: { status: 409, title: 'You have joined before. Use your four words to come back.' },
  person_unknown: { status: 404, title: 'Nobody with this proof has joined yet. Join first.' },
  person_unsure: {
    status: 409,
    title: 'Somebody with your name and birth date has joined. If that is you, use your four words.',
  },
  evidence_pending: { status: 409, title: 'Nobody has vouched for you yet. Keep this open.' },
  code_unknown: {
    status: 404,
    title: 'This code is not known, or is over. Compare it with their screen, or ask for a new one.',
  },
  referee_limit: {
    status: 429,
    title: 'You or your organisation have vouched for as many people as is allowed for now.',
  },
  referee_paused: { status: 403, title: 'Your organisation does not vouch at present.' },
  own_word: { status: 403, title: 'Nobody vouches for themself.' },
  record_suspended: {
    status: 403,
    title: 'This record is suspended, so nothing is renewed for now. The registrar can tell you more.',
  },
  device_removed: { status: 403, title: 'This device was removed from the record.' },
  devices_full: { status: 409, title: 'The record has as many devices as it can have. Remove one first.' },
  end_unasked: { status: 409, title: 'Nobody has asked to end this record, or that has lapsed.' },
  end_waiting: { status: 409, title: 'The wait before the end is not over.' },
  record_ended: { status: 403, title: 'This record was ended.' },
  words_wrong: { status: 403, title: 'Those are not the words. Please look again.' },
  words_malformed: { status: 400, title: 'Four words from the list are needed.' },
  budget_spent: { status: 429, title: 'No tries are left. You can ask for a reset.' },
  budget_today_spent: { status: 429, title: 'No tries are left today. Please come back tomorrow.' },
  token_spent: { status: 409, title: 'This proof of who you are was used already.' },
  reset_waiting: { status: 409, title: 'The waiting time of the reset is not over.' },
  reset_too_soon: { status: 409, title: 'There was a reset in the last two years.' },
  recall_missing: { status: 404, title: 'No words were set for this record.' },

  // admission
  vouched_refused: { status: 403, title: 'This place does not take in people who were vouched for.' },
  request_unknown: { status: 404, title: 'This request is not known or is over. Please start again.' },
  nonce_expired: { status: 410, title: 'This took too long. Please start again.' },
  nonce_spent: { status: 409, title: 'This answer was used already.' },
  presentation_refused: { status: 403, title: 'The proof was not accepted.' },
  epoch_old: {
    status: 403,
    title: 'Your credential is of an earlier period. Your wallet can fetch a new one.',
  },
  present_again: {
    status: 409,
    title:
      'Once a period an account shows again that it is one person’s. Your wallet does it when you try again.',
  },
  checkpoint_old: { status: 403, title: 'The log that your wallet saw is too old. Please try again.' },
  barred: { status: 403, title: 'You are barred here. You can read the reasons and appeal.' },
  suspended: { status: 403, title: 'You are suspended here for now. You can read the reasons and appeal.' },
  accounts_exhausted: { status: 409, title: 'You have as many accounts here as one person may have.' },
  slot_taken: { status: 409, title: 'That account exists already. Sign in to it instead.' },
  handle_taken: { status: 409, title: 'That name is taken. Please choose another.' },
  account_unknown: { status: 404, title: 'There is no such account here.' },
  platform_left: { status: 410, title: 'Nobody signs in to this place through this gateway any more.' },
  account_closed: { status: 403, title: 'This account was closed.' },
  claim_unknown: {
    status: 404,
    title: 'This way to attach an account was used, or its time is over. Ask the place for a new one.',
  },
  claim_over: { status: 403, title: 'The time to attach accounts from before is over here.' },
  account_attached: { status: 409, title: 'That account belongs to a person already.' },
  wrong_browser: { status: 403, title: 'This answer belongs to another browser.' },

  // the desk
  case_unknown: { status: 404, title: 'There is no such case.' },
  already_claimed: { status: 409, title: 'Somebody else is working on this case.' },
  link_over: {
    status: 401,
    title: 'This link does not open anything: it was used, or its time is over. Ask for a new one.',
  },
  passkey_refused: { status: 403, title: 'The passkey was not accepted. Try again, or ask for a link.' },
  last_admin: { status: 409, title: 'There must be an admin. Make somebody else admin first.' },
  other_queue: { status: 403, title: 'This case waits in a queue that is not yours.' },
  not_claimed: { status: 409, title: 'Take the case first.' },
  move_not_allowed: { status: 409, title: 'A case in this state cannot do that.' },
  own_decision: { status: 403, title: 'Somebody else must hear an appeal against your decision.' },
  same_decider: { status: 403, title: 'A second person must decide this.' },
  second_decider_needed: { status: 409, title: 'This needs a second person.' },
  distress_no_sanction: {
    status: 403,
    title: 'Somebody in distress gets help. There is no sanction for this.',
  },
  step_not_taken: {
    status: 409,
    title: 'The policy of this place has no such step for this account, or none that lasts so long.',
  },
  person_not_held: {
    status: 409,
    title: 'By the policy of this place a sanction holds one account, and not its person.',
  },
  reasons_missing: { status: 400, title: 'A decision needs its reasons.' },
  proposal_changed: { status: 409, title: 'Something else is proposed now. Please read it first.' },
  already_decided: { status: 409, title: 'This was decided already.' },
  appeal_over: { status: 409, title: 'The time for an appeal is over.' },
  mail_refused: { status: 502, title: 'The mail server did not take this mail.' },
  rest_first: {
    status: 409,
    title: 'You have seen enough for now. Somebody else takes this; please rest.',
  },
  picture_refused: {
    status: 400,
    title: 'This picture cannot be kept. JPEG, PNG, WebP and GIF can, up to 8 MB each.',
  },
  peer_unknown: { status: 403, title: 'This desk is not one of the forums that agreed with us.' },
  not_asked: { status: 409, title: 'This is not what was asked, or not of whom.' },
  hold_over: { status: 409, title: 'The hold has lapsed.' },

  // disclosure
  ground_not_in_force: { status: 403, title: 'No opening is allowed on this ground.' },
  authority_unknown: { status: 403, title: 'The trust policy does not list this authority.' },
  not_logged: {
    status: 403,
    title: 'The log does not show this. Nothing is opened that is not on the record.',
  },
  not_enough_approvals: { status: 403, title: 'Not enough guardians have agreed.' },
  not_judged: { status: 404, title: 'This guardian has not decided yet.' },
  hearing_open: { status: 409, title: 'The holder of the account can still be heard.' },
  admission_refused: { status: 403, title: 'The account file does not hold.' },
  case_refused: { status: 403, title: 'This guardian refused the case.' },
  other_ciphertext: { status: 409, title: 'This case is about another account.' },
  record_refused: { status: 403, title: 'The record does not belong to this account.' },
  share_released: { status: 409, title: 'The share of this case was given already.' },
  notice_too_early: { status: 409, title: 'The notice date has not come.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type RefusalCode = keyof typeof refusals;

/** A clear no. `pointer` may name a field or a next step; never a value that was sent, never personal. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly pointer: string | undefined;

  constructor(code: RefusalCode, pointer?: string) {
    super(refusals[code].title);
    this.name = 'Refusal';
    this.code = code;
    this.status = refusals[code].status;
    this.pointer = pointer;
  }
}
