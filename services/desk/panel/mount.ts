/** The panel: what other desks send, and what the people here do for other forums. */
import type { ServiceApp } from '@answerable/kit/service';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { giveVerdict } from './give-verdict.ts';
import { addForum, removeForum } from './peers.ts';
import { showPanel, showRequest } from './show-panel.tsx';
import { takeAnswer } from './take-answer.ts';
import { takeRequest, takeWithdrawal } from './take-request.ts';

export function mountPanel(app: ServiceApp, parts: DeskParts): void {
  const { signIn } = parts;
  app.post('/panel/requests', takeRequest(parts));
  app.post('/panel/withdrawals', takeWithdrawal(parts));
  app.post('/panel/answers', takeAnswer(parts));
  const hearing = signIn.require('appeals', 'admin');
  const admin = signIn.require('admin');
  app.get('/panel', welcome(parts), hearing, showPanel(parts));
  app.post('/panel/forums', admin, addForum(parts));
  app.post('/panel/forums/:name/removal', admin, removeForum(parts));
  app.get('/panel/requests/:request', welcome(parts), hearing, showRequest(parts));
  app.post('/panel/requests/:request/verdict', hearing, giveVerdict(parts));
}
