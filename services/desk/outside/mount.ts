/** Notices to other companies: what staff write, and what everybody may see of how they are answered. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { showAnswerTimes, showAnswerTimesCsv } from './show-answer-times.tsx';
import { showBeginning, showEvidence, showLetter, showNotice, showNotices } from './show-notices.tsx';
import { theirNotices } from './their-notices.ts';
import { beginNotice, moveOutsideNotice, noticeVerbs } from './write-notice.ts';

export function mountOutside(app: ServiceApp, parts: DeskParts): void {
  const { signIn } = parts;
  const reading = signIn.require(...staffRoles);
  const deciding = signIn.require('moderator', 'admin');
  app.get('/public/outside-notices', showAnswerTimes(parts));
  app.get('/public/outside-notices.csv', showAnswerTimesCsv(parts));
  app.get('/outside', welcome(parts), reading, showNotices(parts));
  app.use('/outside/:notice/*', welcome(parts), reading, theirNotices(parts));
  app.get('/outside/:notice', welcome(parts), reading, showNotice(parts));
  app.get('/outside/:notice/letter.txt', reading, showLetter(parts));
  app.get('/outside/:notice/evidence.json', reading, showEvidence(parts));
  app.get('/cases/:caseId/outside-notices', deciding, showBeginning(parts));
  app.post('/cases/:caseId/outside-notices', deciding, beginNotice(parts));
  const { draft, sent, chased, acknowledged, answered, closed } = noticeVerbs;
  app.post('/outside/:notice/draft', deciding, moveOutsideNotice(parts, draft));
  app.post('/outside/:notice/sent', deciding, moveOutsideNotice(parts, sent));
  app.post('/outside/:notice/chased', deciding, moveOutsideNotice(parts, chased));
  app.post('/outside/:notice/acknowledged', deciding, moveOutsideNotice(parts, acknowledged));
  app.post('/outside/:notice/answered', deciding, moveOutsideNotice(parts, answered));
  app.post('/outside/:notice/closed', deciding, moveOutsideNotice(parts, closed));
}
