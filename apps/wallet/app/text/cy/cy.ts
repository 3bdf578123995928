/**
 * The wallet in Welsh: a draft that nobody has reviewed, and says so on every screen. What it lacks is said in
 * English. Words for a crisis are not among it: they stay English until somebody has reviewed others.
 */
import type { Draft, Text } from '../text.ts';
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

export const cy: Draft<Text> = {
  lang: 'cy',
  ask,
  code,
  devices,
  enrolled,
  forget,
  history,
  home,
  inbox,
  reach,
  join,
  limits,
  locked,
  notices,
  recall,
  record,
  refused,
  reset,
  review,
  security,
  shell,
  steps,
  time,
  visit,
  vouched,
  wayBack,
  welcome,
  words,
};
