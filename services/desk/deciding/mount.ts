/** What the people who work here do, in a browser or as JSON. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { handOverAddress } from '../holder/hand-over-address.tsx';
import { askByHand } from '../panel/ask-by-hand.ts';
import type { DeskParts } from '../parts.ts';
import { assessCase, confirmDecision, decideCase, declineDecision } from './decide-case.ts';
import { claimCase, escalateCase, handOverCase, noteCase, refileCase, releaseCase } from './handle-case.ts';
import { hearAppeal } from './hear-appeal.ts';
import { confirmHold, liftHold, placeHold } from './hold-item.ts';
import { showCase } from './show-case.ts';
import { showDraft } from './show-draft.ts';
import { showNext, showQueue } from './show-queue.tsx';
import { welcome } from './welcome.ts';

export function mountDeciding(app: ServiceApp, parts: DeskParts): void {
  const { signIn } = parts;
  const staff = signIn.require(...staffRoles);
  app.get('/', welcome(parts), staff, showQueue(parts));
  app.use('/cases/*', welcome(parts), staff);
  app.get('/me', staff, (c) => c.json(signIn.session(c)));
  app.get('/next', staff, showNext(parts));
  app.get('/cases/:caseId', showCase(parts));
  app.post('/cases/:caseId/draft', showDraft(parts));
  const verbs = {
    claim: claimCase,
    release: releaseCase,
    'hand-over': handOverCase,
    escalation: escalateCase,
    kind: refileCase,
    notes: noteCase,
    assessment: assessCase,
    decision: decideCase,
    confirmation: confirmDecision,
    declination: declineDecision,
    holds: placeHold,
    'holds/:hold/confirmation': confirmHold,
    'holds/:hold/lift': liftHold,
    hearing: hearAppeal,
  };
  app.post('/cases/:caseId/addresses', handOverAddress(parts));
  app.post('/cases/:caseId/panel', askByHand(parts));
  for (const [path, verb] of Object.entries(verbs)) app.post(`/cases/:caseId/${path}`, verb(parts));
}
