/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /report: one calm page on which anybody reports. No account, no name, no script. */
import type { FC } from 'hono/jsx';
import type { DeskConfig } from '../config.ts';
import { capacityWords, characteristicWords, reasonWords } from './form-words.ts';
import { Agreed, Box, Choice, Faults, Help, Pictures, Words } from './public-page.tsx';
import { contactMax, copyMax, type Fault, type ReportFields, wordsMax } from './report-form.ts';

export const placesMax = 8000;

export interface ReportPageProps {
  config: DeskConfig;
  fields: ReportFields;
  faults: readonly Fault[];
}

export const ReportPage: FC<ReportPageProps> = ({ config, fields, faults }) => (
  <>
    <Faults faults={faults} />
    <Help config={config} lead="If you are in danger, or not well yourself">
      <p>You can do this first, and report afterwards.</p>
    </Help>
    <p>
      You need no account, and you do not say who you are. People read every report. Whoever wrote what you
      report is not told that it was you.
    </p>
    <form method="post" action="/report" enctype="multipart/form-data" aria-label="Report">
      <input type="hidden" name="token" value={fields.token} />
      <fieldset class="step">
        <legend>Where is it?</legend>
        <Words
          name="at"
          faults={faults}
          label="Its address"
          hint="On most phones: Share, then Copy link. Several: one on each line. If there is no address, say how we can find it."
          rows={3}
          value={fields.at}
          maxlength={placesMax}
          required
        />
        <Words
          name="copy"
          faults={faults}
          label="What it says, if you can copy it"
          hint="It may be changed before we look."
          rows={3}
          value={fields.copy}
          maxlength={copyMax}
        />
      </fieldset>
      <Choice
        name="reasons"
        faults={faults}
        legend="What is wrong?"
        hint="You can choose several."
        several
        options={reasonWords}
        chosen={fields.reasons}
      />
      <Choice
        name="characteristics"
        faults={faults}
        legend="Hate against whom?"
        hint="If it is hate, and you can say. You can leave this out."
        several
        options={characteristicWords}
        chosen={fields.characteristics}
        class="for-hate"
      />
      <Intimate fields={fields} faults={faults} />
      <Choice
        name="capacity"
        faults={faults}
        legend="Who are you to this?"
        options={capacityWords}
        chosen={[fields.capacity]}
      />
      <fieldset class="step">
        <legend>What happened?</legend>
        <Words
          name="what"
          faults={faults}
          label="In your own words"
          hint="You can leave this out. You need not write what hurts to write."
          rows={5}
          value={fields.what}
          maxlength={wordsMax}
        />
      </fieldset>
      <Pictures faults={faults} stills={fields.stills} />
      <fieldset class="step">
        <legend>Before you send it</legend>
        <Agreed
          name="goodFaith"
          faults={faults}
          text="I report in good faith: I believe that what I say here is true."
          checked={fields.goodFaith}
        />
        <Box
          name="tell"
          text="Tell me what comes of it. I get an address where I can look; nobody writes to me."
          checked={fields.tell}
        />
      </fieldset>
      <p>
        <button type="submit" class="button">
          Send the report
        </button>
      </p>
    </form>
  </>
);

/** The five declarations of Online Safety Act 2023 s.20A(2). */
const Intimate: FC<Omit<ReportPageProps, 'config'>> = ({ fields, faults }) => (
  <Choice
    name="isIntimateImage"
    faults={faults}
    legend="An intimate picture, shown without consent"
    hint="If it shows you, or you act for the person it shows: with these five the law has us take it down within 48 hours (Online Safety Act, section 20A). Do not send us the picture itself."
    several
    options={{ yes: 'It is intimate, and whoever it shows did not agree to its being here.' }}
    chosen={fields.isIntimateImage ? ['yes'] : []}
    class="for-intimate"
  >
    <Box
      type="radio"
      name="madeBy"
      value="subject"
      id="field-madeBy"
      text="It shows me"
      checked={fields.madeBy === 'subject'}
    />
    <Box
      type="radio"
      name="madeBy"
      value="acting-for-subject"
      id="field-madeBy-other"
      text="I act for the person it shows"
      checked={fields.madeBy === 'acting-for-subject'}
    />
    <Box
      name="trueToBelief"
      text="As far as I know and believe, this report is true."
      checked={fields.trueToBelief}
    />
    <Box name="canBeFound" text="What I gave above is enough to find it." checked={fields.canBeFound} />
    <Words
      name="contact"
      faults={faults}
      label="How we can reach you"
      hint="An e-mail address or a telephone number. Only those who work on this see it; it is erased 30 days after the decision."
      value={fields.contact}
      maxlength={contactMax}
    />
  </Choice>
);
