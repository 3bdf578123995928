/** The figures for the people who work here, and for everybody where an admin has said so; and practice cases. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { changeFigureSettings, figuresCsv, showFigures } from './show-figures.tsx';
import { addGolden, answerPractice, retireGolden, showAnswered, showPractice } from './show-practice.tsx';
import { publicCsv, showPublicFigures } from './show-public-figures.tsx';

export function mountMeasures(app: ServiceApp, parts: DeskParts): void {
  const staff = parts.signIn.require(...staffRoles);
  app.get('/public/figures', showPublicFigures(parts));
  app.get('/public/figures.csv', publicCsv(parts));
  app.get('/figures', welcome(parts), staff, showFigures(parts));
  app.post('/figures/settings', parts.signIn.require('admin'), changeFigureSettings(parts));
  app.get('/figures/:plot', staff, figuresCsv(parts));
  const admin = parts.signIn.require('admin');
  app.get('/practice', welcome(parts), staff, showPractice(parts));
  app.post('/practice/cases', admin, addGolden(parts));
  app.post('/practice/cases/:golden/retirement', admin, retireGolden(parts));
  app.get('/practice/:golden', staff, showAnswered(parts));
  app.post('/practice/:golden', staff, answerPractice(parts));
}
