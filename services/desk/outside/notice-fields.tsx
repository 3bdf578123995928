/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The fields of a notice: what Article 16(2) asks, in plain words. */
import { Field } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { displayText } from '../console/display-text.tsx';
import { Select } from '../console/finding-fields.tsx';
import type { NoticeDraft } from './notice.ts';

const excerptChars = 120;

/** An item of the case that may go with a notice. */
export interface Choice {
  locator: string;
  text: string;
}

export const DraftFields: FC<{
  evidence: readonly Choice[];
  draft?: NoticeDraft;
}> = ({ evidence, draft }) => (
  <>
    <Field name="company" label="Company" value={draft?.company ?? ''} maxlength={80} required />
    <Field
      name="email"
      label="Their e-mail address for notices"
      hint="If they take them by e-mail. Otherwise leave it empty and use their form."
      type="email"
      value={draft?.email ?? ''}
      maxlength={200}
      autocomplete="off"
    />
    <Select
      name="basis"
      label="Which kind of notice"
      selected={draft?.basis ?? 'dsa-16'}
      options={[
        ['dsa-16', 'Illegal content, in the EU (Digital Services Act, Article 16)'],
        ['osa-21', 'Complaint, in the UK (Online Safety Act, section 21)'],
        ['terms', 'Against their own terms'],
      ]}
    />
    <Field
      name="addresses"
      label="Exact addresses"
      hint="One on each line, beginning with https://"
      rows={3}
      value={draft?.addresses.join('\n') ?? ''}
      maxlength={20_000}
      required
    />
    <Field
      name="ground"
      label="Which law, or which of their terms"
      value={draft?.ground ?? ''}
      maxlength={300}
      required
    />
    <Field
      name="explanation"
      label="Why"
      hint="What the page says, to whom, and why that goes against it. Name nobody who reported it."
      rows={5}
      value={draft?.explanation ?? ''}
      maxlength={3000}
      required
    />
    {evidence.length > 0 ? (
      <fieldset class="group">
        <legend>Which of what we kept goes with it?</legend>
        {evidence.map(({ locator, text }) => (
          <div class="choice">
            <input
              type="checkbox"
              id={`evidence-${locator}`}
              name="evidence"
              value={locator}
              checked={draft?.evidence.includes(locator)}
            />
            <label for={`evidence-${locator}`}>
              {locator}: <bdi>{displayText(text).slice(0, excerptChars)}</bdi>
            </label>
          </div>
        ))}
      </fieldset>
    ) : null}
    <Field
      name="senderName"
      label="Who sends it"
      hint="The name of your forum or organisation. The company will see it."
      value={draft?.sender.name ?? ''}
      maxlength={120}
      required
    />
    <Field
      name="senderEmail"
      label="Where they can answer"
      type="email"
      value={draft?.sender.email ?? ''}
      maxlength={200}
      required
    />
    <div class="choice">
      <input type="checkbox" id="check-goodFaith" name="goodFaith" value="yes" required />
      <label for="check-goodFaith">We believe in good faith that this is accurate and complete</label>
    </div>
  </>
);
