/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * One case: subject left, history right on a wide screen; on a narrow one the same, one after another. Each part
 * is a file of its own and shows nothing where it has nothing to say; here they only get their order. What may
 * be done is what the transition would allow; on a case about somebody's distress there is nothing here by
 * which a sanction could be chosen.
 */
import type { Refusal } from '@answerable/protocol/refusal';
import type { FC } from 'hono/jsx';
import { AlarmPart } from '../care/alarm-part.tsx';
import { WelfarePart } from '../care/welfare-part.tsx';
import type { Draft } from '../deciding/case-screen.tsx';
import type { CaseView } from '../deciding/case-view.ts';
import { ToldPart } from '../holder/told-part.tsx';
import { EvidencePart } from '../intake/evidence-part.tsx';
import { OutsidePart } from '../outside/outside-part.tsx';
import { PanelPart } from '../panel/panel-part.tsx';
import { HandsPart, PlatformLinksPart } from '../platforms/hands-part.tsx';
import { LookPart } from '../platforms/look-part.tsx';
import { PrecedentsPart } from '../precedents/precedents-part.tsx';
import { RulesPart } from '../rules/rules-part.tsx';
import { RestNotice } from '../shift/shift-page.tsx';
import { AfterDeathPart } from '../vigil/request-part.tsx';
import { AccountsPart } from './accounts-part.tsx';
import { AppealPart } from './appeal-part.tsx';
import { ComplaintPart } from './complaint-part.tsx';
import { DecidedPart } from './decided-part.tsx';
import { DecisionPart } from './decision-part.tsx';
import { HistoryPart, NotePart } from './history-part.tsx';
import { HoldsPart } from './holds-part.tsx';
import { ItemsPart, RecordsPart, ReportsPart } from './items-part.tsx';
import { PassPart } from './pass-part.tsx';
import { ProposalPart } from './proposal-part.tsx';
import { RefusalPart } from './refusal-page.tsx';
import { StandingPart } from './standing-part.tsx';
import { ThumbPart } from './thumb-part.tsx';

export interface CasePageProps {
  view: CaseView;
  csrf: string;
  now: string;
  countries: readonly string[];
  /** what was typed into one of the forms a moment ago */
  draft: Draft | null;
  /** why it was not done */
  refusal: Refusal | null;
}
type Part = FC<CasePageProps>;

const RestPart: Part = ({ view, now }) => <RestNotice rest={view.beside.rest} now={now} />;

/** First what cannot wait, over the whole width. */
const above: readonly Part[] = [RefusalPart, RestPart, StandingPart, AlarmPart];
/** Left: what it is about, then what is to be done about it. */
const subject: readonly Part[] = [
  AfterDeathPart,
  WelfarePart,
  DecidedPart,
  HandsPart,
  ProposalPart,
  HoldsPart,
  PanelPart,
  ItemsPart,
  LookPart,
  RecordsPart,
  ReportsPart,
  EvidencePart,
  AppealPart,
  ToldPart,
  ComplaintPart,
  DecisionPart,
  PassPart,
];
/** Right: what is known around it. */
const history: readonly Part[] = [
  AccountsPart,
  RulesPart,
  PrecedentsPart,
  PlatformLinksPart,
  OutsidePart,
  HistoryPart,
  NotePart,
];

export const CasePage: FC<CasePageProps> = (props) => {
  const show = (parts: readonly Part[]) => parts.map((Shown) => <Shown {...props} />);
  return (
    <>
      {show(above)}
      <div class="two">
        <div>{show(subject)}</div>
        <div>{show(history)}</div>
      </div>
      <ThumbPart {...props} />
    </>
  );
};
