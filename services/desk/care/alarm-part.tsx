/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** On every case: the one button for when somebody may die. */
import { ButtonLink } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CasePageProps } from '../console/case-page.tsx';

export const AlarmPart: FC<CasePageProps> = ({ view }) => (
  <p>
    <ButtonLink href={`/alarms/${view.caseId}`} kind="stop">
      {view.alarm ? 'Somebody may die: what to do now' : 'Somebody may die'}
    </ButtonLink>
  </p>
);
