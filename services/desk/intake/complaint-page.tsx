/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /complain: what anybody who disagrees with this service fills in (Online Safety Act 2023 s.21). */
import type { FC } from 'hono/jsx';
import type { DeskConfig } from '../config.ts';
import type { ComplaintFields } from './complaint-form.ts';
import { capacityWords, complaintWords } from './form-words.ts';
import { Agreed, Box, Choice, Faults, Help, Words } from './public-page.tsx';
import { type Fault, wordsMax } from './report-form.ts';
import { placesMax } from './report-page.tsx';

const receiptChars = 40;

export const ComplaintPage: FC<{
  config: DeskConfig;
  fields: ComplaintFields;
  faults: readonly Fault[];
}> = ({ config, fields, faults }) => (
  <>
    <Faults faults={faults} />
    <Help config={config} lead="If you are in danger, or not well yourself">
      <p>You can do this first, and complain afterwards.</p>
    </Help>
    <p>
      A complaint is read by somebody who did not decide what you complain about, where there is one, and is
      answered in words. To tell us of something new, <a href="/report">report it</a> instead.
    </p>
    <form method="post" action="/complain" enctype="multipart/form-data" aria-label="Complaint">
      <input type="hidden" name="token" value={fields.token} />
      <Choice
        name="kind"
        faults={faults}
        legend="What is it about?"
        options={complaintWords}
        chosen={[fields.kind]}
      />
      <p class="hint">
        If we decided against you, the message with our reasons says how to appeal. An appeal can undo the
        decision; you can complain as well.
      </p>
      <fieldset class="step">
        <legend>What should we look at?</legend>
        <Words
          name="receipt"
          faults={faults}
          label="The code of your report, if you made one"
          value={fields.receipt}
          maxlength={receiptChars}
        />
        <Words
          name="at"
          faults={faults}
          label="Its address, if it has one"
          hint="Several: one on each line."
          rows={2}
          value={fields.at}
          maxlength={placesMax}
        />
        <Words
          name="what"
          faults={faults}
          label="What should we have done otherwise?"
          rows={5}
          value={fields.what}
          maxlength={wordsMax}
          required
        />
      </fieldset>
      <Choice
        name="capacity"
        faults={faults}
        legend="Who are you to this?"
        options={capacityWords}
        chosen={[fields.capacity]}
      />
      <fieldset class="step">
        <legend>Before you send it</legend>
        <Agreed
          name="goodFaith"
          faults={faults}
          text="I complain in good faith: I believe that what I say here is true."
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
          Send the complaint
        </button>
      </p>
    </form>
  </>
);
