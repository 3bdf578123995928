/** The name under which somebody works here, in cases and in decisions. */
import { workingNameBut } from '@answerable/kit/working-name';

/** Cases call others by these. */
export const workingName = workingNameBut(['desk', 'holder', 'reporter', 'platform', 'gateway']);
