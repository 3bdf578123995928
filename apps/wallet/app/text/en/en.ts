/**
 * Every word of the wallet in English, a file for each screen: short, plain, kind. It says which words there are;
 * another language has the same shape.
 * Must never: promise more than SECURITY.md does.
 */
import { ask } from './ask.ts';
import { code } from './code.ts';
import { devices } from './devices.ts';
import { enrolled } from './enrolled.ts';
import { forget } from './forget.ts';
import { history } from './history.ts';
import { home } from './home.ts';
import { inbox } from './inbox.ts';
import { join } from './join.ts';
import { limits } from './limits.ts';
import { locked } from './locked.ts';
import { notices } from './notices.ts';
import { reach } from './reach.ts';
import { recall } from './recall.ts';
import { record } from './record.ts';
import { refused } from './refused.ts';
import { reset } from './reset.ts';
import { review } from './review.ts';
import { security } from './security.ts';
import { shell } from './shell.ts';
import { steps } from './steps.ts';
import { time } from './time.ts';
import { visit } from './visit.ts';
import { vouched } from './vouched.ts';
import { wayBack } from './way-back.ts';
import { welcome } from './welcome.ts';
import { words } from './words.ts';

export const en = {
  lang: 'en',
  shell,
  steps,
  time,
  welcome,
  join,
  vouched,
  review,
  enrolled,
  words,
  home,
  ask,
  recall,
  reset,
  wayBack,
  inbox,
  reach,
  notices,
  forget,
  limits,
  code,
  locked,
  security,
  history,
  visit,
  record,
  devices,
  refused,
};
